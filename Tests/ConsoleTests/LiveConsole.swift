/// A console over a real desk in memory: keys go in, commands reach the world, boards come back.
import Core
import Store
import TestKit

@testable import Console
@testable import Core

/// Unlike ``Journey`` nothing is scripted: what a key does to bots is seen in the database.
final class LiveConsole {
    let database: Database
    let desk: Desk
    private let reader: BoardReader
    private(set) var state: ConsoleState
    private(set) var wall = Instant(year: 2026, month: 8, day: 24)
    /// Requests whose commands have not all ended.
    private var waiting: [(key: String, commands: [CommandRecord])] = []
    /// Called for every command that leaves, with the state and the picture before it.
    var onSubmit: (Command, ConsoleEvent, ConsoleState) -> Void = { _, _, _ in }
    let uid: Int64

    /// - Parameter age: how long the fleet has lived; after an hour an update is on offer.
    init(
        seed: Int64, role: WorkspaceRole = .owner, isStaff: Bool = false, age: Span = .hours(2)
    ) throws {
        let text = ComputeCatalog.standardText
            .replacing("[faults]", with: "[release]\nnewest = 1.1.0\n[faults]")
        let catalog = try ComputeCatalog(parsing: text, file: "compute.ini")
        database = try Database.memory()
        let plan = FoundingPlan(
            name: "personal", generation: "g1", seed: seed, market: .model,
            bots: BotPlan.fleet(6, over: ["BTC-PERP", "ETH-PERP"]), owner: (1000, "ada"))
        _ = try Founding.found(plan, in: database, at: Instant(year: 2026, month: 3, day: 10))
        let isOwner = role == .owner && !isStaff
        uid = isOwner ? 1000 : 1001
        let member = Member(
            uid: uid, name: "op1", role: role, isStaff: isStaff,
            joinedAt: Instant(year: 2026, month: 3, day: 10))
        if !isOwner {
            try database.write { db throws(StoreError) in _ = try db.insert(member) }
        }
        let world = try WorldLoader.load(database, catalog: catalog)
        world.trading.reconcileAtStart()
        desk = try Desk(world: world, database: database, owner: (1000, "ada"), wall: wall)
        reader = BoardReader(
            over: database, owner: (1000, "ada"), as: .account(uid: uid, session: ""))
        state = ConsoleState(size: Size(80, 24), session: "storm", at: .fleet)
        state.around.wall = wall
        state.start(at: .fleet)
        try advance(age)
        let name = isOwner ? "ada" : "op1"
        try send(.person(Operator(uid: uid, name: name, role: role, isStaff: isStaff)))
        try send(.engine(.running(greeting)))
    }

    private var greeting: EngineGreeting {
        EngineGreeting(
            build: "0.1.0", pid: 7, epoch: 3, worldClock: desk.world.now, speed: "1")
    }

    // MARK: Time

    func pass(_ span: Span) { wall = wall + span }

    /// The world goes on; commands that ended are told, and boards are read again.
    func advance(_ span: Span) throws {
        let end = desk.world.now + span
        let step = span > .hours(1) ? Span.minutes(30) : .minutes(1)
        while desk.world.now < end {
            desk.world.advance(to: min(desk.world.now + step, end))
            for row in try desk.settle() { replace(row) }
        }
        try tellEnded()
        try refresh()
    }

    func engine(runs: Bool) throws {
        try send(.engine(runs ? .running(greeting) : .stopped("it went away")))
    }

    private func replace(_ row: CommandRecord) {
        for index in waiting.indices {
            guard let place = waiting[index].commands.firstIndex(where: { $0.id == row.id })
            else { continue }
            waiting[index].commands[place] = row
        }
    }

    private func tellEnded() throws {
        let isOver = { (rows: [CommandRecord]) in
            rows.allSatisfy { $0.outcome.isFinal || $0.outcome == .queued }
        }
        let ended = waiting.filter { isOver($0.commands) }
        waiting.removeAll { isOver($0.commands) }
        for one in ended {
            let json = try database.read { db throws(StoreError) in
                try Command.outcome(of: one.commands, db).json
            }
            try send(
                .answer(key: one.key, .outcome(CommandReport(one.commands, result: json))))
        }
    }

    private func refresh() throws {
        for event in try freshBoards() { try send(event) }
    }

    /// What the bell after a commit brings.
    private func freshBoards() throws -> [ConsoleEvent] {
        try state.watched.filter(\.isLive).read(reader)
    }

    // MARK: Events

    func run(_ script: String) throws {
        for press in KeyScript.presses(script) {
            pass(press.before)
            try send(.key(press.key))
            pass(press.after)
        }
    }

    var text: String { frame().text }
    var overlay: String { state.overlays.last?.name ?? "" }
    var said: String { state.around.status.history.last?.text ?? "" }

    func send(_ event: ConsoleEvent) throws {
        var events = [event]
        while !events.isEmpty {
            let event = events.removeFirst()
            let before = state
            for effect in state.update(event, at: wall) {
                switch effect {
                case .watch(let requests):
                    events += try requests.read(reader)
                case .submit(let key, let command):
                    onSubmit(command, event, before)
                    events.append(try take(command, key: key))
                    events += try freshBoards()
                default: break
                }
            }
        }
        try tellEnded()
    }

    /// As the engine answers: accepted, and the outcome once everything has ended.
    private func take(_ command: Command, key: String) throws -> ConsoleEvent {
        // Over the wire and back: what cannot travel would be lost here.
        let travelled = try Command(verb: command.verb, arguments: command.arguments)
        let reply = try desk.take(travelled, key: key, from: (uid, "t"))
        if let refusal = reply.refusal { return .answer(key: key, .refused(WireError(refusal))) }
        guard let first = reply.commands.first else {
            let report = CommandReport(
                command: ID(0), outcome: .done, message: "", result: reply.result)
            return .answer(key: key, .outcome(report))
        }
        waiting.append((key, reply.commands))
        return .answer(key: key, .accepted(first.id))
    }

    /// Lays something over the screen, as a faulty program would.
    func plant(_ overlay: any Overlay) { state.open(overlay) }

    func frame() -> Frame { view(state, in: state.around.size, .unicode) }

    /// Rows that a person asked for: commands that were carried out.
    func commandCount() throws -> Int {
        try database.read { db throws(StoreError) in
            try db.commands(limit: 100_000).count { $0.outcome != .refused }
        }
    }
}
