/// The engine's service: one world, one desk, driven by the wall clock.
import Store

/// Answers the loop. Everything it promises is on disk before an answer leaves.
public final class Engine: EngineService {
    /// What the engine is at; the order is that of a start.
    enum Stage {
        case loading(FleetLoading)
        /// Pauses and closes that were accepted meanwhile, what is left of them.
        case carryingOut(ArraySlice<CommandRecord>)
        case catchingUp(CatchUp)
        case trading
    }

    let desk: Desk
    let database: Database
    var time: Timekeeper
    var stage: Stage
    var delay: StartDelay
    /// How long one turn of a start may last.
    let slice: Span
    private let pid: Int32
    private let build: String
    private let lifetime: Span?
    /// Known once it trades: what it catches up with does not count.
    var endsAt: Instant?
    /// The recorded data has ended; from then on the clock is real time, for what is still asked.
    private var dataIsOver = false
    /// The clock could not be right when the world would have followed it.
    var waitsForClock = false
    private let endsWithData: Bool
    let work: WorkSlot?
    var answers = EngineAnswers()
    /// What was accepted and comes late: only in a test of the tests.
    var heldBack: ArraySlice<CommandRecord> = []
    private var history: HistoryWatch
    /// When the files were last looked at, since boot.
    private var lookedAt = Span.milliseconds(0)
    /// How much of the world one turn plays, so that beats, signals and commands come between.
    private var stride = Stride()
    /// When the stride was begun that this turn played; nil when the world stands where it should.
    private var strideBegan: Span?
    /// Why the engine must stop; nothing more is written after it is set.
    public internal(set) var failure: LoadError? { didSet { if oldValue == nil { blame() } } }
    /// Somebody was told that nobody finds the socket.
    var isDoorTold = false
    var disk: DiskWatch
    var log: LogWatch
    var hold: HoldWatch
    var postponed: [Postponed] = []

    /// Takes over a home. It hears pauses and closes from now on; its turns load the fleet, catch
    /// up with the clock and reconcile, and only then trade.
    /// - Parameters:
    ///   - outage: how long no engine was there; nil when nobody knows.
    ///   - lifetime: world time after which the engine stops by itself.
    ///   - endsWithData: stop when every recorded market has ended.
    ///   - work: where it is written down which bot is worked on; nil where nobody reads it.
    ///   - logAlarmBytes: of the write-ahead log from which its readers are named; tests lower it.
    ///   - slice, delay, switchedOff: other than the usual only in tests.
    public init(
        home: Home, database: Database, pace: Pace, wall: WallClock, build: String,
        outage: Span? = nil, lifetime: Span? = nil, endsWithData: Bool = false,
        weather: VenueWeather.Climate = .gentle, slice: Span = .milliseconds(50),
        delay: StartDelay = .none, switchedOff: Switches<StartSafeguard> = [],
        logAlarmBytes: Int64 = 64 << 20, work: WorkSlot? = nil
    ) throws(LoadError) {
        self.work = work
        self.database = database
        self.build = build
        disk = DiskWatch(home, database)
        log = LogWatch(home, alarmBytes: logAlarmBytes)
        hold = HoldWatch(home)
        history = HistoryWatch(home, isDue: database.historyIsUnchecked)
        self.endsWithData = endsWithData
        self.slice = switchedOff.contains(.slices) ? .days(1) : slice
        self.delay = delay
        pid = ProcessIdentity.current.pid
        let catalog = ComputeCatalog.inForce(home: home.path)
        desk = try stored { () throws(StoreError) in
            try Desk(
                before: database,
                owner: (Int64(home.owner), UserNames.name(of: home.owner)), wall: wall.utc)
        }
        desk.switchedOff = switchedOff
        self.lifetime = lifetime
        time = Timekeeper(
            pace: pace, isSeeded: desk.workspace.market == Market.modelSource,
            world: desk.world.now, at: wall)
        stage = .loading(
            FleetLoading(
                database, weather: weather, catalog: catalog, work: work,
                switchedOff: switchedOff))
        desk.watchClock(wall)
        try desk.heedFiles(of: home.path, catalog)
        try stored { () throws(StoreError) in
            try desk.expireAccepted(after: desk.outage(outage, at: wall.utc))
            try desk.inheritCommands()
        }
    }

    /// The world as it stands; an empty one until the fleet is loaded.
    public var world: World { desk.world }

    /// Notices a clock that was set, and one that is right again or was accepted.
    private func watchClock(_ wall: WallClock) {
        desk.watchClock(wall)
        if desk.clock.doubt != nil {
            waitsForClock = true
        } else if waitsForClock {
            goOnToThePresent(at: wall)
        }
    }

    public var greeting: EngineGreeting {
        EngineGreeting(
            build: build, pid: pid, epoch: database.epoch, worldClock: world.now,
            speed: time.clock.pace.text, start: progress)
    }

    public func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        guard let request = CommandRequest(message) else {
            return EngineMessage.refused(WireError(misread: message)).json
        }
        guard failure == nil else { return EngineMessage.refused(.stopping).json }
        let command: Command
        do throws(Refusal) {
            command = try Command(verb: request.verb, arguments: request.args)
        } catch {
            let unread = Postponed(message: message, peer: peer, reply: reply)
            return turnAway(unread, verb: request.verb, error)
        }
        do throws(StoreError) {
            if isTrading { advance(at: WallClock.read()) }
            disk.makeRoom(world)
            try database.checkPlace()
            if KillLane.right(command.verb) == nil, disk.isSpent,
                try isNew(command, request.key, peer)
            {
                return EngineMessage.refused(disk.refusal).json
            }
            if isHeld() { return putOff(Postponed(message: message, peer: peer, reply: reply)) }
            let answer = try desk.take(
                command, key: request.key, from: (Int64(peer.uid), PeerSession(peer).words))
            // Before anybody is told: the next start must miss it, should it get lost.
            let clock = desk.workspace.clock
            work?.committed(at: clock, clock: clock)
            try database.checkPlace()
            return answers.first(answer, to: reply, waits: !request.noWait)
        } catch {
            if isHarmless(error) { return EngineMessage.refused(hold.refusal).json }
            fail(error)
            return EngineMessage.refused(WireError(error)).json
        }
    }

    /// Of what was accepted before, only what became of it is asked.
    private func isNew(
        _ command: Command, _ key: String, _ peer: Peer
    ) throws(StoreError) -> Bool {
        let sender = (Int64(peer.uid), PeerSession(peer).words)
        return try !desk.hasSeen(command, key: key, from: sender)
    }

    public var admission: Admission { Admission(desk.operators) }

    public func turn(at wall: WallClock) -> Turn {
        guard failure == nil else { return Turn(replies: answers.takeAll(), stop: true) }
        hearPostponed()
        guard isTrading else { return startOn(at: wall) }
        advance(at: wall)
        history.look(world, at: wall.boot)
        log.look(database, world, at: wall.boot)
        settle()
        measureStride()
        answerWaiting()
        keepPromises(at: wall)
        let isOver = (endsWithData && world.isOver) || endsAt.map { world.now >= $0 } ?? false
        return Turn(
            nextWake: nextWake(), bell: answers.takeBell(), replies: answers.takeAll(),
            stop: isOver || failure != nil, letGo: log.letGo, cutOff: log.cutOff)
    }

    private func advance(at wall: WallClock) {
        watchClock(wall)
        disk.look(at: wall.boot, world)
        saveRoom(at: wall)
        if world.isOver, !dataIsOver {
            dataIsOver = true
            time.goOnInRealTime(world, at: wall)
        }
        strideBegan = nil
        let target = time.target(world, at: wall)
        let bounded = endsAt.map { min($0, target) } ?? target
        guard isTrading, bounded > world.now else { return }
        let end = desk.switchedOff.contains(.slices) ? bounded : stride.end(after: world.now)
        if end < bounded { strideBegan = WallClock.read().monotonic }
        world.advance(to: min(end, bounded))
    }

    /// Learns from a turn whose commit is done how much the next one may play.
    private func measureStride() {
        guard let began = strideBegan else { return }
        stride.took(WallClock.read().monotonic - began)
    }

    private func nextWake() -> Span {
        // A pause may wait for the other program.
        if hold.since != nil { return .milliseconds(50) }
        if strideBegan != nil { return .milliseconds(0) }
        guard let next = world.nextEventAt else { return .seconds(1) }
        return min(max(time.clock.wait(until: next, now: world.now), .milliseconds(1)), .seconds(1))
    }

    /// Commits what happened and learns which commands are over.
    /// - Parameter patience: milliseconds for which another program that writes is waited for.
    func settle(patience: Int32? = nil) {
        guard failure == nil, !isHeld(within: patience) else { return }
        do throws(StoreError) {
            if !world.journal.isEmpty { answers.ring() }
            disk.makeRoom(world)
            for row in try desk.settle() { answers.replace(row) }
            work?.committed(at: world.now, clock: desk.workspace.clock)
            try log.tend(database, disk, at: WallClock.read().boot)
        } catch { if !isHarmless(error) { fail(error) } }
    }

    func answerWaiting() {
        answers.answerEnded { commands in
            let document = try? database.read { db throws(StoreError) in
                try Command.outcome(of: commands, db).json
            }
            return CommandReport(commands, result: document ?? .null)
        }
    }

    /// Nothing is told that stands in a file which nobody will find again; without news that is
    /// looked at once a second.
    func keepPromises(at wall: WallClock) {
        let isDue = wall.boot.milliseconds - lookedAt.milliseconds >= 1000
        guard failure == nil, isDue || answers.hasNews else { return }
        lookedAt = wall.boot
        do throws(StoreError) { try database.checkPlace() } catch { fail(error) }
    }

    public func resumed(after gap: Span, at wall: WallClock) {
        desk.watchClock(wall)
        guard isTrading else { return }
        waitsForClock = desk.clock.doubt != nil
        if time.resume(world, at: wall) { goOnToThePresent(at: wall) }
    }

    /// Whoever starts the engine says that the clock is right; as a command, with its audit row.
    /// - Returns: why not.
    public func acceptClock(by uid: UInt32) throws(StoreError) -> Refusal? {
        guard desk.clock.doubt != nil else { return nil }
        return try desk.take(
            .acceptClock, key: "engine \(database.epoch)", from: (Int64(uid), "pid \(pid)")
        ).refusal
    }

    /// From now on it trades, for as long as it was told to.
    func beginLifetime() {
        if endsAt == nil { endsAt = lifetime.map { world.now + $0 } }
    }

    public var lastWord: WireError {
        switch failure {
        case .store(let error)?: WireError(error)
        case .file(let error)?:
            WireError(code: "bad_file", message: error.headline, remedy: error.remedy)
        case nil: .stopping
        }
    }

    public func finish(at wall: WallClock) -> [(ReplyID, JSON)] {
        if failure == nil {
            if !isLoading { settle(patience: 5000) }
            try? desk.endRefusals()
            // The last look, however short ago the one before was: of a log that lost its end
            // nothing is brought into the file.
            lookedAt = .milliseconds(0)
            keepPromises(at: wall)
        }
        if failure == nil {
            disk.keepLog()
            _ = try? database.checkpointIfNeeded(isIdle: true)
        }
        answerWaiting()
        keepPromises(at: wall)
        return answers.takeAll()
    }
}
