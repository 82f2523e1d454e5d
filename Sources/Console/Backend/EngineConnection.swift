/// The connection to the engine over time: found, launched, lost, found again.
import Core
import Store

/// Commands that have no outcome yet are sent again under their key after a reconnection: the
/// engine knows them by it, so nothing is done twice.
/// **Source** <doc:SafetyRules#One-command-for-one-key>.
final class EngineConnection {
    let home: Home?
    private let build: String
    let policy: Policy
    /// With which a policy to join was asked for.
    let option: String
    /// What an engine is started with.
    private let program: String
    private let off: Switches<ConnectionSafeguard>
    private var client: EngineClient?
    private var launching: EngineLaunch?
    /// Since the last connection one was started for what was on its way.
    private var hasFollowed = false
    /// Idempotency keys by the number of the request on this connection.
    private var keys: [Int64: String] = [:]
    private var flights: Flights
    private var hasBell = false
    private var isAskedToLetGo = false
    private var nextTry = Span.seconds(0)
    private var nextLook = Span.seconds(0)
    private var told: EngineState?
    /// What the engine said of this connection itself: why it ends it.
    private var lastWord: WireError?
    private var isSentAway = false

    /// For one try to reach an engine: nothing is drawn meanwhile.
    static let callLimit = Span.milliseconds(300)
    /// Between two tries while none is being started from here.
    private static let callSpacing = Span.seconds(1)

    /// - Parameters:
    ///   - home: nil for a console over a database alone.
    ///   - program: another one for tests only.
    ///   - off: rules that a test of the tests leaves out.
    init(
        home: Home?, build: String, policy: Policy, option: String = "--no-engine",
        program: String = "/proc/self/exe", off: Switches<ConnectionSafeguard> = []
    ) {
        self.home = home
        self.build = build
        self.policy = policy
        self.option = option
        self.program = program
        self.off = off
        flights = Flights(off: off)
    }

    var descriptor: Int32 { client?.descriptor ?? -1 }
    var isConnected: Bool { client != nil }

    /// Whether the engine rang since the last call.
    func takeBell() -> Bool {
        defer { hasBell = false }
        return hasBell
    }

    /// Whether the engine asked, since the last call, to let go of the database.
    func takeLetGo() -> Bool {
        defer { isAskedToLetGo = false }
        return isAskedToLetGo
    }

    func patience(_ now: Span) -> Span {
        if client != nil {
            guard case .running(let greeting) = told, greeting.start != nil else {
                return Self.callSpacing
            }
        }
        return max(.milliseconds(20), min(Self.callSpacing, nextTry - now))
    }

    // MARK: Coming together

    /// Tries to connect when it is time; the first time it launches an engine if it may.
    func turn(_ now: Span) -> [ConsoleEvent] {
        var events = dropOldFlights(now)
        guard client == nil, let home else {
            if home == nil { events += tell(.absent) }
            return events + lookWhetherItBeats(now) + askHowFar(now)
        }
        if isSentAway {
            isSentAway = false
            nextTry = flights.isEmpty ? now + Self.restAfterRefusal : now
        }
        guard now >= nextTry else { return events }
        let isFirst = told == nil
        do throws(ConnectionError) {
            let found = try EngineClient.connect(
                to: home, build: build, bells: true, within: Self.callLimit)
            return events + connected(found, now)
        } catch .noEngine where isFirst {
            if mayLaunch { return events + launch(at: now) }
            events += tell(.stopped("none runs"))
        } catch .noEngine where isToFollow {
            hasFollowed = true
            return events + launch(at: now)
        } catch .noEngine, .timedOut, .lost {
            events += stillWaiting(now, isFirst: isFirst)
        } catch {
            events += tell(.stopped(error.headline), why: error)
        }
        nextTry = now + (launching == nil ? Self.callSpacing : .milliseconds(100))
        return events
    }

    /// Starts an engine without waiting for it.
    func launch(at now: Span) -> [ConsoleEvent] {
        guard client == nil || told?.isSilent == true, let home else { return [] }
        guard mayLaunch, case .launch(let options) = policy else {
            return [.notice("no engine is started: \(Self.remedy(without: barredBy))")]
        }
        do throws(LaunchError) {
            launching = try EngineLauncher.begin(in: home, options: options, program: program)
            // The one that hangs is ended by the one that starts.
            leave()
            nextTry = now + .milliseconds(50)
            return tell(.starting)
        } catch {
            nextTry = now + Self.callSpacing
            // It was tried: each attempt that fails is told.
            return tell(.starting) + tell(.stopped(error.headline))
        }
    }

    /// The engine is gone with what stops losses: the next one is started for that, once.
    private var isToFollow: Bool {
        mayLaunch && launching == nil && !hasFollowed && flights.stopLosses
            && !off.contains(.killLaneFollows)
    }

    /// An engine that was started from here, or another one that is starting.
    private func stillWaiting(_ now: Span, isFirst: Bool) -> [ConsoleEvent] {
        guard launching != nil else {
            let status = home.flatMap { try? Lease.status(in: $0) } ?? .free
            let state = EngineState.unanswered(status, at: WallClock.read())
            // As every command does: the engine that is started ends the one that hangs.
            if isFirst, state.isSilent, mayLaunch { return launch(at: now) }
            if case .stopped = state {
                return tell(.stopped("it does not answer; \(remedy)"))
            }
            return tell(state)
        }
        do throws(LaunchError) {
            _ = try launching?.look()
            return []
        } catch {
            launching = nil
            let lines = error.headline.split(whereSeparator: \.isNewline)
            return tell(.stopped(String(lines.last ?? "it did not start")))
        }
    }

    /// While the engine starts, the console asks now and then how far it is.
    private func askHowFar(_ now: Span) -> [ConsoleEvent] {
        guard let client, case .running(let greeting) = told, greeting.start != nil,
            now >= nextTry
        else { return [] }
        nextTry = now + .milliseconds(500)
        do throws(ConnectionError) { try client.greetAgain() } catch { return lost() }
        return []
    }

    /// A connection stays open though the engine hangs: its lease says whether it beats.
    private func lookWhetherItBeats(_ now: Span) -> [ConsoleEvent] {
        guard let client, let home, now >= nextLook else { return [] }
        nextLook = now + .seconds(1)
        let status = (try? Lease.status(in: home)) ?? .free
        if let silent = EngineState.silent(status, at: WallClock.read()) { return tell(silent) }
        guard told?.isSilent == true else { return [] }
        // It beats again; what time it is there it says itself.
        do throws(ConnectionError) { try client.greetAgain() } catch { return lost() }
        return []
    }

    private func connected(_ found: EngineClient, _ now: Span) -> [ConsoleEvent] {
        client = found
        launching = nil
        hasFollowed = false
        flights.connected()
        keys = [:]
        hasBell = true
        lastWord = nil
        var events = tell(.running(found.greeting))
        for key in flights.keys {
            guard let flight = flights[key] else { continue }
            events += send(flight.command, key: key)
        }
        return events
    }

    /// - Parameter why: what kept an engine that is there from being spoken to.
    private func tell(_ state: EngineState, why: ConnectionError? = nil) -> [ConsoleEvent] {
        guard told != state, !(state.isSilent && told?.isSilent == true) else { return [] }
        told = state
        guard state.isStopped else { return [.engine(state)] }
        let unsent = flights.dropUnsent(home: home?.path ?? "")
        return [.engine(state)] + unsent.map { .unanswered(key: $0.key, why ?? $0.fate) }
    }

    private func lost() -> [ConsoleEvent] {
        if let word = client?.lastWord(), !word.isStopping { lastWord = word }
        leave()
        nextTry = .seconds(0)
        isSentAway = lastWord != nil
        return tell(.stopped(lastWord?.message ?? "it went away; \(remedy)"))
    }

    private func leave() {
        close()
        keys = [:]
    }

    // MARK: Commands

    /// Without a connection only what stops losses waits for the engine that comes.
    func submit(_ command: Command, key: String, at now: Span) -> [ConsoleEvent] {
        guard client == nil else {
            flights.add(command, key: key, at: now)
            return send(command, key: key)
        }
        let waits = told == .starting || told?.isSilent == true
        guard command.isOfKillLane, waits || mayLaunch, !off.contains(.killLaneWaits) else {
            return [.unanswered(key: key, .noEngine(home: home?.path ?? ""))]
        }
        flights.add(command, key: key, at: now)
        return waits ? [] : launch(at: now)
    }

    private func send(_ command: Command, key: String) -> [ConsoleEvent] {
        guard let client else { return [] }
        flights.depart(key)
        let request = CommandRequest(key: key, verb: command.verb, args: command.arguments)
        do throws(ConnectionError) {
            keys[try client.send(request)] = key
            return []
        } catch .lost {
            return lost()
        } catch {
            flights.land(key)
            return [.unanswered(key: key, error)]
        }
    }

    /// Everything that has arrived.
    func hear() -> [ConsoleEvent] {
        guard let client else { return [] }
        var events: [ConsoleEvent] = []
        do throws(ConnectionError) {
            while let received = try client.receive() { events += take(received) }
            return events
        } catch {
            return events + lost()
        }
    }

    private func take(_ received: EngineClient.Received) -> [ConsoleEvent] {
        let key = received.request.flatMap { keys[$0] }
        switch received.message {
        case .bell: hasBell = true
        case .letGo: isAskedToLetGo = true
        case .accepted(let id, _):
            guard let key else { break }
            flights.accept(key)
            return [.answer(key: key, .accepted(id))]
        case .outcome(let report):
            hasBell = true
            return land(key).map { [.answer(key: $0, .outcome(report))] } ?? []
        case .refused where received.request == nil: break
        case .refused(let error):
            return land(key).map { [.answer(key: $0, .refused(error))] } ?? []
        case .hello(let greeting): return tell(.running(greeting))
        case .pong: break
        }
        return []
    }

    private func land(_ key: String?) -> String? {
        if let key { flights.land(key) }
        return key
    }

    private func dropOldFlights(_ now: Span) -> [ConsoleEvent] {
        guard client == nil else { return [] }
        if launching != nil, !off.contains(.startIsWaitedFor) { flights.wait(at: now) }
        let old = flights.drop(at: now, home: home?.path ?? "")
        return old.map { .unanswered(key: $0.key, $0.fate) }
    }

    func close() {
        client?.close()
        client = nil
    }
}
