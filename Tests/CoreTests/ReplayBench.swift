/// The same candles through a replay and through a whole engine, as lists of trades that compare.
import Store
import TestKit

@testable import Core

enum ReplayBench {
    static let templates = [SystemTemplates.trendFollower, SystemTemplates.meanReverter]

    /// Every trade as its JSON, byte for byte, but for the row ids: other bots share a home.
    static func text(_ trades: [Trade]) -> [String] {
        trades.enumerated().map { index, trade in
            var trade = trade
            trade.id = ID(Int64(index + 1))
            trade.positionID = ID(Int64(index + 1))
            trade.botID = ID(1)
            return TradeRow(
                trade: trade, botLabel: "b", exchange: "recorded", environment: .paper
            ).json.description
        }
    }

    static func replay(_ request: ReplayRequest) throws -> [String] {
        text(try World.replaying(request).replay().trades)
    }

    static func replay(_ file: String, _ template: Template) throws -> [String] {
        try replay(ReplayRequest(file: file, template: template))
    }

    /// Whether a file's candles are fine enough for a template.
    static func suits(_ file: String, _ template: Template) throws -> Bool {
        CandleAggregator.canBuild(template.timeframe, from: try CandleSurvey(file).candleSpan)
    }
}

/// A home with one bot for each template over one file, driven by a clock that the test moves.
final class EngineBench {
    private let scratch = Scratch("plutarc-engine")
    private let database: Database
    private let templates: [Template]
    private let pace: Pace
    private var wall = WallClock(
        utc: Instant(year: 2026, month: 3, day: 2), boot: .seconds(5000), monotonic: .seconds(5000))
    private(set) var engine: Engine
    private(set) var turns = 0

    init(_ file: String, _ templates: [Template], speed: String) throws {
        database = try Database.memory()
        self.templates = templates
        pace = Pace(text: speed) ?? .unbounded
        let symbol = ReplayRequest.symbol(of: file)
        let bots = templates.enumerated().map { index, template in
            BotPlan(
                label: "bot-\(index)-x", template: template.name, symbols: [symbol],
                region: "tokyo")
        }
        let home = try Home.open(path: scratch.path, for: .engine)
        _ = try Founding.found(
            FoundingPlan(
                name: "replay", generation: "g0", seed: 1, market: .recorded([file]), bots: bots,
                owner: (Int64(home.owner), "ana")), in: database, at: wall.utc)
        engine = try Engine(
            home: home, database: database, pace: pace, wall: wall, build: "test",
            endsWithData: true)
        try engine.startWhole(at: wall)
    }

    /// Turns until the data ends; each `slice` gives the wall milliseconds to the next turn.
    func run(slice: () -> Int) throws {
        while try !turn(slice()) {}
    }

    /// One turn of the engine's loop. - Returns: whether the engine wants to stop.
    func turn(_ milliseconds: Int) throws -> Bool {
        let step = Span.milliseconds(Int64(milliseconds))
        wall = WallClock(
            utc: wall.utc + step, boot: wall.boot + step, monotonic: wall.monotonic + step)
        turns += 1
        let isOver = engine.turn(at: wall).stop
        if let failure = engine.failure { throw failure }
        return isOver
    }

    /// SIGKILL, and another engine over what was committed.
    func restart() throws {
        try database.raiseEpoch()
        let home = try Home.open(path: scratch.path, for: .engine)
        engine = try Engine(
            home: home, database: database, pace: pace, wall: wall, build: "test",
            endsWithData: true)
        try engine.startWhole(at: wall)
    }

    /// The trades of one template's bot as they are stored, in the order of their closing.
    func trades(of template: Template) throws -> [String] {
        let place = templates.firstIndex { $0.name == template.name } ?? 0
        let rows = try database.read { db throws(StoreError) in
            try db.trades(of: ID(Int64(place + 1)))
        }
        return ReplayBench.text(rows.sorted { $0.id < $1.id })
    }
}
