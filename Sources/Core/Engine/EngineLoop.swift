/// The engine's one thread: wait, hear, turn the world, answer.

import Glibc
import Store

/// Drives a service by the clock until something ends it. **Source** <doc:SafetyRules#The-lease>.
public final class EngineLoop {
    /// Why the loop ended.
    public enum End: Sendable, Equatable {
        /// The service asked for it.
        case stopped
        /// SIGTERM, SIGINT or SIGHUP.
        case signal(Int32)
        /// Another engine may take over: nothing more may be written.
        case leaseLost(LeaseError)
    }

    /// Bells are at least this far apart, so that a fast world does not flood the consoles.
    static let bellGap = Span.milliseconds(50)
    static let heartbeatGap = Span.seconds(1)
    static let beatsInVain = 3

    private let lease: Lease
    private let socket: CommandSocket
    private let signals: SignalDescriptor?
    private let supervisor: Supervisor
    private var poller = Poller()
    private var bellSequence: Int64 = 0
    private var bellIsDue = false
    private var rangAt = Span(milliseconds: 0)
    private var beatAt = Span(milliseconds: 0)
    private var waiting = WaitingRoom()
    /// How often in a row the socket could not have its name back.
    private var vainBeats = 0
    /// What ended the loop before its service was there.
    private var earlyEnd: End?
    private var isReady = false

    /// Opens the socket; consoles that connect from now on wait for the first turn or glance.
    /// - Parameters:
    ///   - signals: nil where the process handles signals itself, as tests do.
    ///   - admission: who is who until the service says it; without it only the owner is known.
    public init(
        home: Home, lease: Lease, signals: SignalDescriptor?,
        supervisor: Supervisor = Supervisor(), admission: Admission? = nil
    ) throws(ConnectionError) {
        self.lease = lease
        self.signals = signals
        self.supervisor = supervisor
        socket = try CommandSocket.listen(in: home, admission: admission)
    }

    /// One look around in the middle of something long, before there is a service to turn:
    /// beats, greets who comes and hears signals. Requests wait.
    /// - Returns: false when it is to end; ``run(_:)`` then does at once.
    public func glance(_ opening: OpeningService, _ progress: StartProgress) -> Bool {
        guard earlyEnd == nil else { return false }
        let wall = WallClock.read()
        opening.report(progress)
        if let error = beat(of: opening, at: wall) { earlyEnd = .leaseLost(error) }
        let answers = hear(wait(.milliseconds(0), at: wall), opening, at: wall)
        for (reply, message) in answers { socket.send(message, to: reply) }
        if let signal = signals?.next() { earlyEnd = .signal(signal) }
        return earlyEnd == nil
    }

    /// Why a ``glance(_:_:)`` said that it is to end.
    public var end: End? { earlyEnd }

    /// Gives the socket up without a service; what waits there is refused.
    /// - Parameter reason: why no engine comes of it.
    public func close(because reason: WireError = .stopping) {
        drain(for: .seconds(1), saying: reason)
        socket.close(saying: reason)
    }

    /// Turns until the end. The lease is still held afterwards: the caller closes the database,
    /// then gives the lease back.
    public func run(_ service: some EngineService) -> End {
        let end = turnUntilTheEnd(service)
        supervisor.tell("STOPPING=1")
        let wall = WallClock.read()
        for (reply, message) in service.finish(at: wall) { socket.send(message, to: reply) }
        drain(for: .seconds(3), saying: service.lastWord)
        socket.close(saying: service.lastWord)
        return end
    }

    private func turnUntilTheEnd(_ service: some EngineService) -> End {
        var earlier = WallClock.read()
        var ready: [Poller.Readiness] = []
        while true {
            if let earlyEnd { return earlyEnd }
            let wall = WallClock.read()
            if let gap = wall.gap(since: earlier) { service.resumed(after: gap, at: wall) }
            earlier = wall
            if let error = beat(of: service, at: wall) { return .leaseLost(error) }
            let answers = hear(ready, service, at: wall)
            let turn = service.turn(at: wall)
            for (reply, message) in answers + turn.replies { socket.send(message, to: reply) }
            socket.admission = service.admission
            socket.tell(turn.letGo, EngineMessage.letGo.json)
            socket.cutOff(turn.cutOff)
            bellIsDue = bellIsDue || turn.bell
            ring(at: wall)
            socket.sweep(at: wall)
            if turn.stop { return .stopped }
            if !isReady, service.progress == nil {
                supervisor.tell("READY=1")
                isReady = true
            }
            ready = wait(turn.nextWake, at: wall)
            if let signal = signals?.next() { return .signal(signal) }
        }
    }

    /// Writes the heartbeat once a second; only a loop that turns does.
    private func beat(of service: some EngineService, at wall: WallClock) -> LeaseError? {
        let start = service.progress
        let isDue = wall.boot.milliseconds - beatAt.milliseconds >= Self.heartbeatGap.milliseconds
        // A silent step is announced before it begins; its end is told as soon.
        let isNews =
            start?.phase != lease.holder.start?.phase
            || start?.silentStep != lease.holder.start?.silentStep
        guard isDue || isNews || beatAt.milliseconds == 0 else { return nil }
        do throws(LeaseError) {
            if try lease.beat(at: wall, start: start) { service.leaseWasCut() }
        } catch .unusable(_, let failure) where failure.isDiskFull {
            // The lock is still ours, and closes must go on.
        } catch {
            return error
        }
        keepName(of: service, at: wall)
        tellSupervisor(start)
        beatAt = wall.boot
        return nil
    }

    /// Where the socket cannot have its name back, it is tried again with the next beat: those who
    /// are connected stay, and after some beats it is told why others cannot come.
    private func keepName(of service: some EngineService, at wall: WallClock) {
        do throws(ConnectionError) {
            let aside = try socket.keepName(at: wall)
            if aside != nil || vainBeats >= Self.beatsInVain {
                service.doorChanged(.open(aside: aside))
            }
            vainBeats = 0
        } catch {
            vainBeats += 1
            guard vainBeats % Self.beatsInVain == 0 else { return }
            service.doorChanged(.blocked(error.headline))
        }
    }

    /// Its patience with a start is short, unless it is asked for more.
    private func tellSupervisor(_ start: StartProgress?) {
        guard let start, !isReady else { return supervisor.tell("WATCHDOG=1") }
        let patience = start.silentStep == nil ? 30 : 1800
        supervisor.tell("EXTEND_TIMEOUT_USEC=\(patience)000000\nSTATUS=\(start.words)")
    }

    /// Reads what arrived, answers what the socket knows itself, and passes on the rest.
    /// - Returns: the service's answers, to be sent after the turn.
    private func hear(
        _ ready: [Poller.Readiness], _ service: some EngineService, at wall: WallClock
    ) -> [(ReplyID, JSON)] {
        var answers: [(ReplyID, JSON)] = []
        for arrival in socket.serve(ready, at: wall) {
            if let own = answer(arrival, service, at: wall) {
                socket.send(own, to: arrival.reply)
            } else if isRequest(arrival.message),
                let answer = pass(arrival, to: service, at: wall)
            {
                answers.append((arrival.reply, answer))
            }
        }
        return answers + hearWaiting(service, at: wall)
    }

    private func pass(
        _ arrival: CommandSocket.Arrival, to service: some EngineService, at wall: WallClock
    ) -> JSON? {
        if service.hears(arrival.message, from: arrival.peer) {
            let answer = service.request(
                arrival.message, from: arrival.peer, reply: arrival.reply)
            if let answer { socket.count(answer, to: arrival, at: wall) }
            return answer
        }
        guard waiting.admit(arrival, socket.admission.standing(of: arrival.peer.uid)) else {
            let reason: WireError = arrival.isUrgent ? .noRoomToWait : WireError(.starting)
            return EngineMessage.refused(reason).json
        }
        return nil
    }

    /// A few in each turn, so that pauses and closes need not wait behind all of them.
    private func hearWaiting(
        _ service: some EngineService, at wall: WallClock
    ) -> [(ReplyID, JSON)] {
        waiting.keep(where: socket.isGreeted)
        guard !waiting.isEmpty else { return [] }
        // What came before there was a service may be heard before its start is over.
        let heard = waiting.next(EngineProtocol.messagesPerTurn) { arrival in
            service.progress == nil || service.hears(arrival.message, from: arrival.peer)
        }
        var answers: [(ReplyID, JSON)] = []
        for arrival in heard {
            guard let answer = pass(arrival, to: service, at: wall) else { continue }
            answers.append((arrival.reply, answer))
        }
        return answers
    }

    private func isRequest(_ message: JSON) -> Bool { message["type"]?.text != "bells" }

    /// The socket's own answer; nil where the service is asked, or nothing is to be said.
    private func answer(
        _ arrival: CommandSocket.Arrival, _ service: some EngineService, at wall: WallClock
    ) -> JSON? {
        let (message, kind) = (arrival.message, arrival.message["type"]?.text)
        guard kind == "hello" || socket.isGreeted(arrival.connection) else {
            socket.end(arrival.connection, at: wall)
            return EngineMessage.refused(.notGreeted).json
        }
        if let flaw = MessageFlaw.of(message) { return EngineMessage.refused(WireError(flaw)).json }
        switch kind {
        case "hello": return greet(message, service, arrival, at: wall)
        case "ping": return EngineMessage.pong.json
        case "bells":
            socket.setBells(message["wanted"]?.flag ?? false, for: arrival.connection)
            return nil
        case "command" where CommandRequest(message) == nil:
            return EngineMessage.refused(WireError(misread: message)).json
        default: return nil
        }
    }

    /// Refuses another protocol. **Source** <doc:SafetyRules#One-protocol-and-one-build>.
    private func greet(
        _ hello: JSON, _ service: some EngineService, _ arrival: CommandSocket.Arrival,
        at wall: WallClock
    ) -> JSON {
        let theirs = hello["protocol"]?.integer
        guard theirs == EngineProtocol.version else {
            socket.end(arrival.connection, at: wall)
            return EngineMessage.refused(.otherVersion(theirs)).json
        }
        socket.greet(arrival.connection, bells: hello["bells"]?.flag ?? false)
        return EngineMessage.hello(service.greeting).json
    }

    private func ring(at wall: WallClock) {
        guard bellIsDue, bellWait(at: wall).milliseconds <= 0 else { return }
        bellIsDue = false
        rangAt = wall.boot
        bellSequence += 1
        socket.ring(bellSequence)
    }

    private func bellWait(at wall: WallClock) -> Span {
        let passed = wall.boot.milliseconds - rangAt.milliseconds
        return Span(milliseconds: Self.bellGap.milliseconds - passed)
    }

    /// Waits for the world, the heartbeat, a bell that is held back, a message or a signal.
    private func wait(_ nextWake: Span, at wall: WallClock) -> [Poller.Readiness] {
        let heartbeat = Span(
            milliseconds: beatAt.milliseconds + Self.heartbeatGap.milliseconds
                - wall.boot.milliseconds)
        var pause = min(nextWake, heartbeat)
        if !waiting.isEmpty, isReady { pause = .milliseconds(0) }
        if bellIsDue { pause = min(pause, bellWait(at: wall)) }
        if let patience = socket.patience(at: wall) { pause = min(pause, patience) }
        poller.forgetAll()
        if let signals { poller.watch(signals.descriptor, for: .readable) }
        socket.watch(in: &poller)
        return poller.wait(pause)
    }

    /// Gives slow readers a moment for what is still on its way to them; refuses what comes in.
    private func drain(for limit: Span, saying reason: WireError) {
        let deadline = Deadline(after: limit)
        var pause = Span.milliseconds(0)
        for arrival in waiting.next(.max) {
            socket.send(EngineMessage.refused(reason).json, to: arrival.reply)
        }
        repeat {
            poller.forgetAll()
            socket.watch(in: &poller)
            let ready = poller.wait(min(deadline.remaining, pause))
            pause = .milliseconds(100)
            for arrival in socket.serve(ready, at: WallClock.read()) {
                let request = arrival.message["id"]?.integer ?? 0
                socket.send(
                    EngineMessage.refused(reason).json,
                    to: ReplyID(connection: arrival.connection, request: request))
            }
        } while socket.hasWaiting && !deadline.hasPassed
    }
}
