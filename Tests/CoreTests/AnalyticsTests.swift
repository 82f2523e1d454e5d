/// Figures over trades, each checked by hand.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct AnalyticsTests {
    private static let monday = Instant(year: 2026, month: 3, day: 9)

    private func trade(
        _ net: Int64, closed: Instant = monday, symbol: String = "A", reason: String = "Stop",
        signals: [(String, String)] = [], slippage: Int64 = 0, bot: Int64 = 1,
        held: Span = .hours(1)
    ) -> Trade {
        Trade(
            botID: ID(bot), positionID: ID(1), symbol: symbol, side: .long,
            quantity: Quantity(raw: 1), entryPrice: Price(raw: 1), exitPrice: Price(raw: 1),
            openedAt: closed - held, closedAt: closed, gross: .units(net), fees: .zero,
            funding: .zero, net: .units(net), exitReason: reason, mfe: .zero, mae: .zero,
            slippageIn: .basisPoints(slippage), slippageOut: .basisPoints(-slippage),
            entryScore: 1,
            entrySignals: ComponentReading.text(
                of: signals.map {
                    ComponentReading(
                        name: $0.0, role: .signal, weight: 1, value: "", state: $0.1)
                }),
            templateName: "t", templateVersion: 1, limitsVersion: 0, leverage: 1)
    }

    private func curve(_ values: [Int64]) -> [CurvePoint] {
        values.enumerated().map {
            CurvePoint(at: Self.monday + .hours(Int64($0.offset)), equity: .units($0.element))
        }
    }

    @Test func drawdownTellsTheDeepestAndThePresentFall() {
        let report = DrawdownReport(curve([100, 120, 90, 130, 117]))
        #expect(report.deepest == .percent(25))
        #expect(report.deepestFrom == Self.monday + .hours(1))
        #expect(report.deepestAt == Self.monday + .hours(2))
        #expect(report.current == .percent(10))
        #expect(report.since == Self.monday + .hours(3))
    }

    @Test func atAPeakNothingHasFallen() {
        let report = DrawdownReport(curve([100, 90, 100]))
        #expect(report.current == .zero && report.deepest == .percent(10))
        #expect(report.since == Self.monday + .hours(2))
        #expect(DrawdownReport(curve([])).since == nil)
        #expect(DrawdownReport(curve([-5, -9])).deepest == .zero, "no share of a loss")
    }

    private func point(_ bot: Int64, _ hours: Int64, _ equity: Int64) -> EquityPoint {
        EquityPoint(
            botID: ID(bot), at: Self.monday + .hours(hours), equity: .units(equity),
            wallet: .units(equity))
    }

    @Test func aBotThatJoinsLaterIsNoProfit() {
        let first = [point(1, 0, 100), point(1, 1, 110), point(1, 3, 90)]
        let second = [point(2, 2, 1000), point(2, 3, 1010)]
        let sum = EquityCurve(sum: [first, second, []], every: .hours(1))
        #expect(sum.points.map(\.equity) == [1100, 1110, 1110, 1100].map { .units($0) })
        #expect(sum.points.map(\.at) == (0...3).map { Self.monday + .hours($0) })
        #expect(EquityCurve(sum: [], every: .hours(1)).points.isEmpty)
        let whole = EquityCurve(sum: [first], every: .days(1))
        #expect(whole.points.map(\.equity) == [.units(90)], "the last of each span")
    }

    @Test func theHeatmapCountsByHourAndWeekdayOfTheClose() {
        let sunday = Self.monday + .days(6) + .hours(23) + .minutes(59)
        let map = TradeHeatmap([
            trade(10, closed: sunday), trade(-4, closed: sunday), trade(1, closed: Self.monday),
        ])
        #expect(map.cell(weekday: 6, hour: 23).trades == 2)
        #expect(map.cell(weekday: 6, hour: 23).mean == .units(3))
        #expect(map.cell(weekday: 0, hour: 0).trades == 1)
        #expect(map.cells.reduce(0) { $0 + $1.trades } == 3)
        #expect(map.cell(weekday: 3, hour: 3).mean == nil)
        #expect(map.json.elements?.count == 2)
    }

    @Test func groupsAreRankedByProfit() {
        let trades = [
            trade(5, symbol: "B", reason: "Target"), trade(-3, symbol: "A"),
            trade(4, symbol: "A", reason: "Target"), trade(5, symbol: "C"),
        ]
        #expect(TradeGroup.bySymbol(trades).map(\.name) == ["B", "C", "A"])
        let reasons = TradeGroup.byExitReason(trades)
        #expect(reasons.map(\.name) == ["Target", "Stop"])
        #expect(reasons.map(\.performance.trades) == [2, 2])
        #expect(reasons[1].performance.net == .units(2))
    }

    @Test func signalsCountWhereTheyStoodAtTheEntry() {
        let groups = SignalGroup.by([
            trade(6, signals: [("EMA Cross", "long"), ("MACD", "neutral")]),
            trade(-2, signals: [("EMA Cross", "long"), ("MACD", "short")]),
            trade(9),
        ])
        #expect(groups.map(\.signal) == ["EMA Cross", "MACD"])
        #expect(groups.map(\.stood) == ["long", "short"])
        #expect(groups.map(\.performance.net) == [.units(4), .units(-2)])
        #expect(groups[0].performance.winRate == .percent(50))
    }

    @Test func slippageHasItsSignMeanAndTail() {
        let trades = (1...20).map { trade(1, slippage: Int64($0)) }
        let quality = ExecutionQuality(trades, orders: [])
        #expect(quality.slippageIn.p95 == .basisPoints(19))
        #expect(quality.slippageIn.mean == Rate(raw: 105_000))
        #expect(quality.slippageOut.p95 == .basisPoints(-2))
        #expect(quality.fillSeconds.count == 0 && quality.fillSeconds.mean == nil)
        #expect(Distribution([Rate.percent(3)]).p95 == .percent(3))
        #expect(quality.json["slippage_in_bps"]?["p95"] == "19")
    }

    @Test func exposureCountsOverlapsOnceAndOnlyInsideThePeriod() {
        let start = Self.monday
        func share(_ hours: [(Int64, Int64)]) -> Rate? {
            Exposure.share(
                of: hours.map { (start + .hours($0.0), start + .hours($0.1)) }, from: start,
                to: start + .hours(10))
        }
        #expect(share([(1, 3), (2, 4)]) == .percent(30))
        #expect(share([(-5, 1), (9, 20)]) == .percent(20))
        #expect(share([(0, 10), (3, 4)]) == .percent(100))
        #expect(share([]) == .zero)
        #expect(Exposure.share(of: [], from: start, to: start) == nil)
    }

    @Test func aBotsExposureBeginsWithTheBot() {
        let end = Self.monday + .hours(10)
        let bots = [(1, 0), (2, 8)].map { number, hours in
            Bot(id: ID(number), label: "b\(number)", createdAt: Self.monday + .hours(hours))
        }
        let mean = Exposure.mean(
            of: bots, [trade(1, closed: end, bot: 2)], [], from: Self.monday - .hours(10), to: end)
        #expect(mean == .percent(25), "half of two hours, none of ten")
    }

    @Test func theBoardOfTheSmallFleet() throws {
        let reader = BoardReader(
            over: try FleetFixture.database(), owner: FleetFixture.owner)
        let board = try reader.analytics()
        #expect(board.since == FleetFixture.now - .days(30))
        #expect(board.sections.map(\.environment) == [.live, .paper])
        let paper = board.sections[1]
        #expect(paper.bots == 2 && paper.performance.net == .units(60))
        #expect(paper.performance.profitFactor == Rate(raw: 250_000_000))
        #expect(paper.curve.drawdown.deepest == Rate(raw: 9_090_909))
        #expect(paper.curve.points.count == 4)
        #expect(paper.exitReasons.map(\.name) == ["Hard Stop Loss"])
        let one = try reader.analytics(of: ID(2), since: FleetFixture.now - .days(60))
        #expect(one.sections.map(\.performance.net) == [.units(10)])
    }

    /// A loss of a hundred-millionth beside thousands: no rate holds that.
    @Test func aProfitFactorBeyondEveryRateIsNone() {
        var loss = trade(0)
        loss.net = Money(raw: -1)
        let performance = Performance([trade(5000), loss])
        #expect(performance.profitFactor == nil)
        #expect(performance.grossLoss == Money(raw: 1))
        #expect(Performance([trade(5000)]).profitFactor == nil)
        #expect(Performance([trade(-5)]).profitFactor == .zero)
    }
}
