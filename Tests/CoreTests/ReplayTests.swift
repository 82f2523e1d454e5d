/// A replay and an engine over the same candles trade alike: one strategy path, not two.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct ReplayTests {
    private let fixture = ReplayFixture()

    @Test(arguments: ReplayBench.templates) func twoReplaysGiveTheSameBytes(
        _ template: Template
    ) throws {
        let first = try ReplayBench.replay(fixture.file, template)
        #expect(first.count >= 5)
        #expect(try ReplayBench.replay(fixture.file, template) == first)
    }

    static let speeds = ["60", "613.7", "3600", "250000", "max"]

    @Test(arguments: speeds) func anEngineOfAnySpeedTradesAsTheReplay(_ speed: String) throws {
        let place = Self.speeds.firstIndex(of: speed) ?? 0
        let template = ReplayBench.templates[place % ReplayBench.templates.count]
        var dice = Randomness(seed: UInt64(speed.utf8.count))
        let engine = try EngineBench(fixture.file, [template], speed: speed)
        // Slices from a few candles to more than a day of the world.
        let factor = Pace(text: speed).flatMap { pace -> Double? in
            if case .factor(let factor) = pace { factor.double } else { nil }
        } ?? 1000
        let longest = max(2, Int(90_000_000 / factor))
        try engine.run { dice.integer(in: 1...longest) }
        let replayed = try ReplayBench.replay(fixture.file, template)
        #expect(try engine.trades(of: template) == replayed)
        #expect(engine.turns > 20)
    }

    @Test(arguments: ReplayBench.templates) func anEngineThatIsKilledTradesAsTheReplay(
        _ template: Template
    ) throws {
        var dice = Randomness(seed: 9)
        let engine = try EngineBench(fixture.file, [template], speed: "3600")
        while try !engine.turn(dice.integer(in: 1...30_000)) {
            if dice.chance(1, in: 8) { try engine.restart() }
        }
        let replayed = try ReplayBench.replay(fixture.file, template)
        #expect(try engine.trades(of: template) == replayed)
    }

    @Test func twoBotsOfOneHomeTradeAsTwoReplays() throws {
        let engine = try EngineBench(fixture.file, ReplayBench.templates, speed: "max")
        try engine.run { 1 }
        for template in ReplayBench.templates {
            let replayed = try ReplayBench.replay(fixture.file, template)
            #expect(try engine.trades(of: template) == replayed)
        }
    }

    @Test(arguments: ReplayBench.templates) func oneCandleChangesTheResult(
        _ template: Template
    ) throws {
        let world = try World.replaying(
            ReplayRequest(file: fixture.file, template: template))
        let trades = world.replay().trades
        let entered = try #require(trades.first).openedAt
        let file = fixture.changed("F2-\(template.timeframe.rawValue).csv") {
            ReplayFixture.moveOpen(at: entered, in: &$0)
        }
        var request = ReplayRequest(file: file, template: template)
        request.symbol = ReplayRequest.symbol(of: fixture.file)
        #expect(try ReplayBench.replay(request) != ReplayBench.text(trades))
    }

    @Test(arguments: ReplayBench.templates) func feeEquityAndParametersChangeTheResult(
        _ template: Template
    ) throws {
        let request = ReplayRequest(file: fixture.file, template: template)
        let before = try ReplayBench.replay(request)
        var changed = request
        changed.fees = .basisPoints(6)
        #expect(try ReplayBench.replay(changed) != before)
        changed = request
        changed.equity = .units(20_000)
        #expect(try ReplayBench.replay(changed) != before)
        changed = request
        changed.limits.maxLossPerTrade = .basisPoints(10)
        #expect(try ReplayBench.replay(changed) != before)
        changed = request
        let stop = try #require(
            template.components.firstIndex { $0.name == "Hard Stop Loss" })
        changed.template.components[stop].parameters["percent"] = "1.3"
        #expect(try ReplayBench.replay(changed) != before)
    }

    @Test func candlesThatAreTooCoarseAreRefused() throws {
        let hourly = ReplayFixture(
            ReplayFixture.play(seed: 1, days: 3, to: .oneHour), name: "H")
        let request = ReplayRequest(file: hourly.file, template: SystemTemplates.meanReverter)
        let error = try #require(throws: ReplayError.self) { try World.replaying(request) }
        guard case .tooCoarse(_, .hours(1), .fifteenMinutes) = error else {
            Issue.record("\(error.headline)")
            return
        }
        #expect(throws: Never.self) {
            try World.replaying(
                ReplayRequest(file: hourly.file, template: SystemTemplates.trendFollower))
        }
    }

    @Test func candlesBeforeTheRangeOnlyWarmUp() throws {
        let template = SystemTemplates.meanReverter
        let request = ReplayRequest(file: fixture.file, template: template)
        let all = try World.replaying(request).replay().trades
        // The candle of five minutes that decides it is the first of the range.
        let from = try #require(all.dropFirst(3).first).openedAt - .minutes(5)
        let part = try World.replaying(request).replay(from: from).trades
        #expect(part.first?.openedAt ?? from >= from)
        #expect(part.count < all.count)
        #expect(try #require(part.first).openedAt == all.first { $0.openedAt >= from }?.openedAt)
    }
}
