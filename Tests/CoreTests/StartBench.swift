/// A home whose engine starts one piece a turn, driven by a clock that the test moves.

import Store
import TestKit
import Testing

@testable import Core

final class StartBench {
    static let symbols = ["BTC-PERP", "ETH-PERP"]
    static let founded = Instant(year: 2026, month: 3, day: 10) + .seconds(7)
    let database: Database
    let home: Home
    private let scratch = Scratch("plutarc-start")
    private(set) var wall: WallClock
    private(set) var engine: Engine
    private var number: Int64 = 0

    /// Bots with two positions each and an order at the exchange; then no engine for a while.
    init(
        bots: Int = 3, absence: Span = .minutes(10), switchedOff: Set<StartSafeguard> = [],
        logAlarmBytes: Int64 = 64 << 20, work: WorkSlot? = nil
    ) throws {
        home = try Home.open(path: scratch.path, for: .engine)
        database = try Database.memory()
        try Self.found(bots, in: database, home)
        let now = try Self.clock(of: database) + absence
        wall = WallClock(utc: now, boot: .seconds(9000), monotonic: .seconds(9000))
        engine = try Self.engine(home, database, wall, nil, switchedOff, logAlarmBytes, work)
    }

    private static func engine(
        _ home: Home, _ database: Database, _ wall: WallClock, _ outage: Span?,
        _ switchedOff: Set<StartSafeguard>, _ logAlarmBytes: Int64 = 64 << 20,
        _ work: WorkSlot? = nil
    ) throws -> Engine {
        try Engine(
            home: home, database: database, pace: .real, wall: wall, build: "test",
            outage: outage, weather: .fair, slice: .seconds(0), switchedOff: switchedOff,
            logAlarmBytes: logAlarmBytes, work: work)
    }

    private static func clock(of database: Database) throws -> Instant {
        try database.read { db throws(StoreError) in try db.existingWorkspace().clock }
    }

    private static func found(_ bots: Int, in database: Database, _ home: Home) throws {
        var fleet = BotPlan.fleet(bots, over: symbols)
        for index in fleet.indices { fleet[index].symbols = symbols }
        let owner = (Int64(home.owner), "ana")
        let plan = FoundingPlan(
            name: "start", generation: "g1", seed: 11, market: .model, bots: fleet, owner: owner)
        let world = try Founding.found(plan, in: database, at: founded)
        let desk = try Desk(world: world, database: database, owner: owner, wall: world.now)
        world.trading.reconcileAtStart()
        world.advance(to: world.now + .minutes(2))
        for bot in world.bots {
            for symbol in bot.instruments { open(symbol, bot, world) }
        }
        world.advance(to: world.now + .seconds(10))
        _ = try desk.settle()
        try #require(world.bots.allSatisfy { $0.held.count == 2 })
    }

    private static func open(_ symbol: Int, _ bot: BotMachine, _ world: World) {
        guard let price = world.markets[symbol].lastPrice else { return }
        bot.limits.maxSlippage = .percent(5)
        world.trading.submit(
            OrderDraft(
                symbol: symbol, side: .buy,
                quantity: world.markets[symbol].instrument.minimumQuantity, reduceOnly: false,
                purpose: .entry, decisionPrice: price, leverage: 3, reason: "entry"), for: bot)
    }

    // MARK: The engine

    /// SIGKILL, and another engine.
    /// - Parameters:
    ///   - span: on the machine's clock since the last turn.
    ///   - outage: as the lease knows it.
    func restart(
        after span: Span = .seconds(1), outage: Span? = nil, switchedOff: Set<StartSafeguard> = []
    ) throws {
        pass(span)
        try database.raiseEpoch()
        engine = try Self.engine(home, database, wall, outage, switchedOff)
    }

    func pass(_ span: Span) {
        wall = WallClock(
            utc: wall.utc + span, boot: wall.boot + span, monotonic: wall.monotonic + span)
    }

    /// One turn: one piece of a start.
    @discardableResult
    func turn() throws -> Turn {
        pass(.milliseconds(1))
        let turn = engine.turn(at: wall)
        if let failure = engine.failure { throw failure }
        return turn
    }

    /// Turns until something is so.
    func turn(until isSo: () throws -> Bool) throws {
        for _ in 0..<200_000 {
            if try isSo() { return }
            try turn()
        }
        Issue.record("it never came to that")
    }

    func activityCount() throws -> Int {
        try database.read { db throws(StoreError) in try db.activity(limit: 100_000).count }
    }

    // MARK: Requests

    /// - Returns: the first answer; nil where the engine takes nothing of the kind now.
    @discardableResult
    func ask(_ command: Command, key: String? = nil, uid: UInt32? = nil) -> JSON? {
        number += 1
        let request = CommandRequest(
            key: key ?? "k\(number)", verb: command.verb, args: command.arguments)
        let message = ClientMessage.command(request).json(id: number)
        let peer = Peer(uid: uid ?? home.owner, pid: 1, gid: 0)
        guard engine.hears(message, from: peer) else { return nil }
        return engine.request(
            message, from: peer,
            reply: ReplyID(connection: ConnectionID(number: 1), request: number))
    }

    func rows() throws -> [CommandRecord] {
        try database.read { db throws(StoreError) in try db.commands(limit: 1000) }.reversed()
    }

    func bots() throws -> [Bot] {
        try database.read { db throws(StoreError) in try db.bots() }
    }

    func positions() throws -> [Position] {
        try database.read { db throws(StoreError) in try db.positions() }
    }

    func trades() throws -> [Trade] {
        try database.read { db throws(StoreError) in try db.trades(limit: 1000) }
    }

    var isLoaded: Bool { engine.progress?.phase != .loading }
    var isTrading: Bool { engine.progress == nil }
}
