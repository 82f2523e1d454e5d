/// The deepest fall from a peak: over all prices, in pieces, and as it is kept for each point.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct DrawdownTests {
    private static func walk(_ seed: UInt64) -> [Money] {
        var dice = Randomness(seed: seed)
        var value = 10_000
        return (0..<200).map { _ in
            value += dice.integer(in: -300...300)
            return .units(Int64(max(value, 1)))
        }
    }

    /// By the definition: every pair of values, the later one below the earlier.
    private static func naive(_ values: [Money]) -> Rate {
        var deepest = Rate.zero
        for (index, top) in values.enumerated() {
            for value in values[index...] where value < top {
                deepest = max(deepest, (top - value).share(of: top) ?? .zero)
            }
        }
        return deepest
    }

    private static func seen(_ values: [Money]) -> Drawdown {
        var drawdown = Drawdown(from: values[0])
        for value in values { _ = drawdown.see(value) }
        return drawdown
    }

    @Test(arguments: 1...20) func itIsTheDeepestOfAllPairs(_ seed: UInt64) {
        let values = Self.walk(seed)
        let drawdown = Self.seen(values)
        #expect(drawdown.deepest == Self.naive(values))
        #expect(drawdown.peak == values.max() && drawdown.lowest == values.min())
    }

    @Test(arguments: 1...20) func piecesMakeTheWhole(_ seed: UInt64) {
        let values = Self.walk(seed)
        var dice = Randomness(seed: seed + 100)
        var whole: Drawdown?
        var points: [EquityPoint] = []
        var place = 0
        while place < values.count {
            let end = min(place + dice.integer(in: 1...30), values.count)
            let piece = Self.seen(Array(values[place..<end]))
            if whole == nil { whole = piece } else { whole?.append(piece) }
            points.append(
                EquityPoint(
                    botID: ID(1), at: Instant(milliseconds: Int64(end) * 900_000),
                    equity: values[end - 1], wallet: .zero, low: piece.lowest, high: piece.peak,
                    fall: piece.deepest))
            place = end
        }
        #expect(whole?.deepest == Self.naive(values))
        let report = DrawdownReport(account: points)
        #expect(report.deepest == Self.naive(values))
        let fall = (values.max() ?? .zero) - (values.last ?? .zero)
        #expect(report.current == fall.share(of: values.max() ?? .zero))
    }

    @Test func withoutExtremesAPointIsItsOwn() throws {
        let points = [100, 120, 90, 130, 117].enumerated().map { index, units in
            EquityPoint(
                botID: ID(1), at: Instant(milliseconds: Int64(index)), equity: .units(Int64(units)),
                wallet: .zero)
        }
        let report = DrawdownReport(account: points)
        #expect(report.deepest.percentText == "25" && report.current.percentText == "10")
        #expect(report.deepestFrom == Instant(milliseconds: 1))
        #expect(report.deepestAt == Instant(milliseconds: 2))
        #expect(report.since == Instant(milliseconds: 3))
        #expect(DrawdownReport(account: []).since == nil)
    }

    /// Between two points of a quarter of an hour lies a fall that neither of them shows.
    @Test func anEngineKeepsWhatLiesBetweenItsPoints() throws {
        let world = World(
            settings: WorldSettings(generation: "t", latency: .seconds(0)),
            markets: [], at: WorldBench.start)
        world.trading.openAccount(WorldBench.key, deposit: .units(1000))
        try world.fleet.add(
            Bot(id: ID(1), label: "a", keyID: WorldBench.key, createdAt: WorldBench.start),
            limits: RiskLimits(), template: nil, symbols: [])
        let bot = world.bots[0]
        for units in [1000, 1100, 880, 1000] as [Int64] {
            world.trading.checkLossLimits(bot, .units(units))
        }
        world.advance(to: WorldBench.start + .minutes(15))
        world.advance(to: WorldBench.start + .minutes(30))
        let points = world.journal.equity
        try #require(points.count == 2)
        #expect(points[0].low == .units(880) && points[0].high == .units(1100))
        #expect(points[0].fall.percentText == "20")
        #expect(points[1].low == .units(1000) && points[1].fall == .zero)
        let database = try FleetFixture.database()
        try database.write { db throws(StoreError) in
            for point in points { try db.save(point) }
        }
        let stored = try database.read { db throws(StoreError) in try db.equity(of: ID(1)) }
        #expect(points.allSatisfy { stored.contains($0) })
    }
}
