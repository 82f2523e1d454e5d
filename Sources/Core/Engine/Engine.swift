/// The engine's service: one world, one desk, driven by the wall clock.
import Store

/// Answers the loop. Everything it promises is on disk before an answer leaves.
public final class Engine: EngineService {
    public let world: World
    let desk: Desk
    private let database: Database
    private var time: Timekeeper
    private let pid: Int32
    private let build: String
    private let endsAt: Instant?
    /// The recorded data has ended; from then on the clock is real time, for what is still asked.
    private var dataIsOver = false
    /// The clock could not be right when the world would have followed it.
    private var waitsForClock = false
    private let endsWithData: Bool
    /// Requests whose commands are not all over.
    private var waiting: [(reply: ReplyID, commands: [CommandRecord])] = []
    private var outbox: [(ReplyID, JSON)] = []
    private var bellIsDue = true
    /// At work where the home was too large to be looked over before it was opened.
    public var historyCheck: HistoryCheck?
    /// When the files were last looked at, since boot.
    private var lookedAt = Span.milliseconds(0)
    /// Why the engine must stop; nothing more is written after it is set.
    public private(set) var failure: StoreError? {
        // Whoever starts next has the reserve, and pauses and closes go through.
        didSet { if failure == .full { disk.release() } }
    }
    private var disk: DiskWatch
    private var log: LogWatch

    /// Takes over a home: catches up with the clock, reconciles, and only then trades.
    /// - Parameters:
    ///   - lifetime: world time after which the engine stops by itself.
    ///   - endsWithData: stop when every recorded market has ended.
    ///   - logAlarmBytes: of the write-ahead log from which its readers are named; tests lower it.
    public init(
        home: Home, database: Database, pace: Pace, wall: WallClock, build: String,
        lifetime: Span? = nil, endsWithData: Bool = false,
        weather: VenueWeather.Climate = .gentle,
        logAlarmBytes: Int64 = 64 << 20
    ) throws(LoadError) {
        self.database = database
        self.build = build
        disk = DiskWatch(home)
        log = LogWatch(home, alarmBytes: logAlarmBytes)
        self.endsWithData = endsWithData
        pid = ProcessIdentity.current.pid
        let catalog: ComputeCatalog
        do throws(FileError) { catalog = try ComputeCatalog.read(home: home.path) } catch {
            throw .file(error)
        }
        let world = try WorldLoader.load(database, weather: weather, catalog: catalog)
        self.world = world
        endsAt = lifetime.map { world.now + $0 }
        do throws(StoreError) {
            desk = try Desk(
                world: world, database: database,
                owner: (Int64(home.owner), UserNames.name(of: home.owner)), wall: wall.utc)
        } catch { throw .store(error) }
        time = Timekeeper(
            pace: pace, isSeeded: desk.workspace.market == Market.modelSource, world: world.now,
            at: wall)
        try listStaff(of: home)
        try start(at: wall)
    }

    private func listStaff(of home: Home) throws(LoadError) {
        do {
            guard let accounts = try StaffFile.read(home: home.path) else { return }
            try desk.listStaff(accounts, file: "\(home.path)/\(StaffFile.fileName)")
        } catch let error as FileError {
            throw .file(error)
        } catch let error as StoreError {
            throw .store(error)
        } catch { preconditionFailure("nothing else is thrown here") }
    }

    private func start(at wall: WallClock) throws(LoadError) {
        desk.watchClock(wall)
        follow(wall)
        disk.makeRoom(world)
        do throws(StoreError) {
            try desk.resumeHalts()
            _ = try desk.settle()
        } catch { throw .store(error) }
    }

    /// The world stands where the clock says, unless that cannot be right.
    private func follow(_ wall: WallClock) {
        var time = time
        waitsForClock = desk.clock.doubt != nil
        time.start(world, at: wall, isBelieved: !waitsForClock) { catchUp(to: $0) }
        self.time = time
    }

    /// Notices a clock that was set, and one that is right again or was accepted.
    private func watchClock(_ wall: WallClock) {
        desk.watchClock(wall)
        if desk.clock.doubt != nil { waitsForClock = true } else if waitsForClock { follow(wall) }
    }

    /// The market went on while no engine ran; the bots only listen to what they missed.
    private func catchUp(to now: Instant) {
        let away = now - world.now
        world.keepsCandles(from: now - World.candlesKept)
        while world.now < now, failure == nil {
            world.catchUp(to: min(world.now + .days(1), now))
            settle()
        }
        guard away > .minutes(1) else { return }
        world.note("engine", "no engine ran for \(away.ageText); the market went on without orders")
    }

    public var greeting: EngineGreeting {
        EngineGreeting(
            build: build, pid: pid, epoch: database.epoch, worldClock: world.now,
            speed: time.clock.pace.text)
    }

    public func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        guard let request = CommandRequest(message) else {
            return EngineMessage.refused(.garbled).json
        }
        guard failure == nil else { return EngineMessage.refused(.stopping).json }
        let command: Command
        do throws(Refusal) {
            command = try Command(verb: request.verb, arguments: request.args)
        } catch { return EngineMessage.refused(WireError(error)).json }
        do throws(StoreError) {
            advance(at: WallClock.read())
            disk.makeRoom(world)
            let answer = try desk.take(
                command, key: request.key, from: (Int64(peer.uid), "pid \(peer.pid)"))
            try database.checkPlace()
            return deliver(answer, to: reply, waits: !request.noWait)
        } catch {
            failure = error
            return EngineMessage.refused(WireError(error)).json
        }
    }

    public var admission: Admission { Admission(desk.operators) }

    private func deliver(_ answer: DeskReply, to reply: ReplyID, waits: Bool) -> JSON {
        bellIsDue = true
        if let refusal = answer.refusal { return EngineMessage.refused(WireError(refusal)).json }
        guard let first = answer.commands.first else {
            let report = CommandReport(
                command: ID(0), outcome: .done, message: "", result: answer.result)
            return EngineMessage.outcome(report).json
        }
        if waits { waiting.append((reply, answer.commands)) }
        return EngineMessage.accepted(first.id).json(changed: answer.changed)
    }

    public func turn(at wall: WallClock) -> Turn {
        guard failure == nil else { return Turn(replies: takeOutbox(), stop: true) }
        advance(at: wall)
        hearHistoryCheck()
        log.look(database, world, at: wall.boot)
        settle()
        answerWaiting()
        keepPromises(at: wall)
        let isOver = (endsWithData && world.isOver) || endsAt.map { world.now >= $0 } ?? false
        defer { bellIsDue = false }
        return Turn(
            nextWake: nextWake(), bell: bellIsDue, replies: takeOutbox(),
            stop: isOver || failure != nil, letGo: log.letGo, cutOff: log.cutOff)
    }

    private func advance(at wall: WallClock) {
        watchClock(wall)
        disk.look(at: wall.boot, world)
        if world.isOver, !dataIsOver {
            dataIsOver = true
            time.goOnInRealTime(world, at: wall)
        }
        let target = time.target(world, at: wall)
        let bounded = endsAt.map { min($0, target) } ?? target
        if bounded > world.now { world.advance(to: bounded) }
    }

    private func nextWake() -> Span {
        guard let next = world.nextEventAt else { return .seconds(1) }
        return min(max(time.clock.wait(until: next, now: world.now), .milliseconds(1)), .seconds(1))
    }

    /// Commits what happened and learns which commands are over.
    private func settle() {
        do throws(StoreError) {
            if !world.journal.isEmpty { bellIsDue = true }
            disk.makeRoom(world)
            let ended = try desk.settle()
            for row in ended { replace(row) }
            try log.tend(database, isTight: disk.isLow, at: WallClock.read().boot)
        } catch { failure = error }
    }

    private func replace(_ row: CommandRecord) {
        for index in waiting.indices {
            guard let place = waiting[index].commands.firstIndex(where: { $0.id == row.id }) else {
                continue
            }
            waiting[index].commands[place] = row
        }
    }

    private func answerWaiting() {
        for (reply, commands) in waiting where Self.isAnswered(commands) {
            outbox.append((reply, EngineMessage.outcome(report(commands)).json))
        }
        waiting.removeAll { Self.isAnswered($0.commands) }
    }

    /// All have ended, or what is left waits for a link or its cohort: that may take long.
    private static func isAnswered(_ commands: [CommandRecord]) -> Bool {
        commands.allSatisfy { $0.outcome.isFinal || $0.outcome == .queued }
    }

    private func report(_ commands: [CommandRecord]) -> CommandReport {
        let document = try? database.read { db throws(StoreError) in
            try CommandDocument(commands, db).json
        }
        return CommandReport(commands, result: document ?? .null)
    }

    /// Nothing is told that stands in a file which nobody will find again; without news that is
    /// looked at once a second.
    private func keepPromises(at wall: WallClock) {
        let isDue = wall.boot.milliseconds - lookedAt.milliseconds >= 1000
        guard failure == nil, isDue || !outbox.isEmpty else { return }
        lookedAt = wall.boot
        do throws(StoreError) { try database.checkPlace() } catch {
            failure = error
            let no = EngineMessage.refused(WireError(error)).json
            outbox = outbox.map { ($0.0, no) } + waiting.map { ($0.reply, no) }
            waiting = []
        }
    }

    /// Damage that is found now is an alarm and stops entries; exits and closes go on.
    private func hearHistoryCheck() {
        guard let problems = historyCheck?.problems() else { return }
        historyCheck = nil
        world.stopEntries(damage: problems)
    }

    private func takeOutbox() -> [(ReplyID, JSON)] {
        defer { outbox.removeAll() }
        return outbox
    }

    public func resumed(after gap: Span, at wall: WallClock) {
        desk.watchClock(wall)
        var time = time
        waitsForClock = desk.clock.doubt != nil
        time.resume(world, at: wall, isBelieved: !waitsForClock) { catchUp(to: $0) }
        self.time = time
    }

    /// Whoever starts the engine says that the clock is right; as a command, with its audit row.
    /// - Returns: why not.
    public func acceptClock(by uid: UInt32) throws(StoreError) -> Refusal? {
        guard desk.clock.doubt != nil else { return nil }
        return try desk.take(
            .acceptClock, key: "engine \(database.epoch)", from: (Int64(uid), "pid \(pid)")
        ).refusal
    }

    public func finish(at wall: WallClock) -> [(ReplyID, JSON)] {
        if failure == nil {
            settle()
            try? desk.endRefusals()
            _ = try? database.checkpointIfNeeded(isIdle: true)
        }
        answerWaiting()
        keepPromises(at: wall)
        return takeOutbox()
    }
}
