/// Random candles through the engine and through a second, naive implementation: the same end.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct NaiveWalkTests {
    private typealias Bar = (open: Int, high: Int, low: Int, close: Int)

    /// Four candles before 08:00, so that no funding is paid.
    private static func candles(_ dice: inout Randomness, from price: Int) -> [Bar] {
        var last = price
        return (0..<4).map { index in
            let jump = index == 0 ? 20 : 300
            let open = max(1000, last + dice.integer(in: -jump...jump))
            let high = open + dice.integer(in: 0...900)
            let low = max(500, open - dice.integer(in: 0...900))
            last = dice.integer(in: low...high)
            return (open, high, low, last)
        }
    }

    private static func text(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }

    private static func row(_ bar: Bar) -> String {
        "\(text(bar.open)),\(text(bar.high)),\(text(bar.low)),\(text(bar.close))"
    }

    struct Case {
        var isLong: Bool
        var leverage: Int
        var stop: Int
        var target: Int?
        var loss: Int
        var daily: Int
        var flattens: Bool

        init(_ dice: inout Randomness) {
            isLong = dice.chance(1, in: 2)
            leverage = [1, 2, 5, 10, 20, 33, 50][dice.integer(in: 0...6)]
            stop = dice.integer(in: 1...15)
            target = dice.chance(2, in: 3) ? dice.integer(in: 1...12) : nil
            loss = dice.integer(in: 1...20)
            daily = dice.integer(in: 1...15)
            flattens = dice.chance(1, in: 2)
        }
    }

    private static func replay(_ one: Case, _ bars: [Bar]) -> HourlyReplay {
        var replay = HourlyReplay(risingTo: one.isLong ? 101 : 99, [])
        replay.rows += bars.map { bar in
            var row = HourlyRow.flat(1)
            row.text = Self.row(bar)
            return row
        }
        replay.template = HourlyReplay.template(
            stop: String(one.stop), target: one.target.map { String($0) }, leverage: one.leverage,
            percent: 90, direction: one.isLong ? .long : .short)
        replay.limits.maxLossPerTrade = .percent(Int64(one.loss))
        replay.limits.dailyLoss = .percent(Int64(one.daily))
        replay.limits.dailyLossFlattens = one.flattens
        (replay.tick, replay.lot) = (0.01, 0.01)
        return replay
    }

    @Test(arguments: 0..<8) func bothEndAlike(_ part: Int) throws {
        var dice = Randomness(seed: 4711).fork(named: "\(part)")
        var reasons: [String: Int] = [:]
        for number in 0..<40 {
            let one = Case(&dice)
            let bars = Self.candles(&dice, from: one.isLong ? 10_100 : 9900)
            let decision = one.isLong ? 10_100 : 9900
            var naive = NaiveWalk(
                isLong: one.isLong, entry: bars[0].open, quantity: 90_000_000 / decision,
                leverage: one.leverage, stopPercent: one.stop, targetPercent: one.target,
                lossPercent: one.loss, dailyPercent: one.daily, flattens: one.flattens)
            naive.walk(bars)
            let result = try Self.replay(one, bars).run()
            let title = "\(part).\(number) \(one) \(bars)"
            try compare(naive, result, title)
            reasons[naive.end?.reason ?? "open", default: 0] += 1
        }
        #expect(reasons.count >= 4, "\(reasons)")
    }

    // MARK: - The same way in finer candles

    /// An hour as the engine takes it, minute by minute: to the adverse extreme, to the favourable
    /// one, to the close.
    private static func minutes(_ bar: Bar, _ isLong: Bool) -> [Bar] {
        let ends = [
            bar.open, isLong ? bar.low : bar.high, isLong ? bar.high : bar.low, bar.close,
        ]
        var path = [bar.open]
        for (from, to) in zip(ends, ends.dropFirst()) {
            path += (1...20).map { from + (to - from) * $0 / 20 }
        }
        return zip(path, path.dropFirst()).map { from, to in
            (open: from, high: max(from, to), low: min(from, to), close: to)
        }
    }

    /// With 60 candles for each: three hours flat, one that rises in its last minute, the bars.
    private static func inMinutes(_ hourly: HourlyReplay, _ bars: [Bar], _ isLong: Bool)
        -> HourlyReplay
    {
        var fine = hourly
        fine.step = .minutes(1)
        fine.rows = Array(repeating: HourlyRow.flat(100), count: 239) + [hourly.rows[3]]
        fine.rows += bars.flatMap { minutes($0, isLong) }.map { bar in
            var row = HourlyRow.flat(1)
            row.text = Self.row(bar)
            return row
        }
        return fine
    }

    @Test(arguments: 0..<8) func anHourAndItsMinutesEndAlike(_ part: Int) throws {
        var dice = Randomness(seed: 1117).fork(named: "\(part)")
        var reasons: [String: Int] = [:]
        for number in 0..<30 {
            let one = Case(&dice)
            let bars = Self.candles(&dice, from: one.isLong ? 10_100 : 9900)
            var hourly = Self.replay(one, bars)
            hourly.fees = dice.chance(1, in: 2) ? .basisPoints(5) : .zero
            if dice.chance(1, in: 2) {
                hourly.template.sizing = .equityShare(.percent(30))
                hourly.limits.maxPositionsPerAsset = 3
            }
            let coarse = try hourly.run()
            let fine = try Self.inMinutes(hourly, bars, one.isLong).run()
            let title = "\(part).\(number) \(one) \(bars)"
            #expect(Self.ends(coarse) == Self.ends(fine), "\(title)")
            #expect(coarse.finalEquity == fine.finalEquity, "\(title)")
            #expect(coarse.drawdown.deepest == fine.drawdown.deepest, "\(title)")
            #expect((coarse.latchedAt == nil) == (fine.latchedAt == nil), "\(title)")
            for trade in coarse.trades { reasons[trade.exitReason, default: 0] += 1 }
        }
        #expect(reasons["max_loss_per_trade_pct"] ?? 0 > 0, "\(reasons)")
        #expect(reasons.count >= 4, "\(reasons)")
    }

    /// What each position came to.
    private static func ends(_ result: ReplayResult) -> [String] {
        result.trades.map { trade in
            "\(trade.exitReason) \(trade.quantity) \(trade.entryPrice) \(trade.exitPrice) "
                + "\(trade.net) \(trade.mfe) \(trade.mae)"
        } + result.open.map { "open \($0.position.quantity) \($0.position.entryPrice)" }
    }

    private func compare(_ naive: NaiveWalk, _ result: ReplayResult, _ title: String) throws {
        guard let end = naive.end else {
            #expect(result.trades.isEmpty, "\(title)")
            #expect((result.latchedAt != nil) == (naive.latched != nil), "\(title)")
            let deepest = result.drawdown.deepest.double
            #expect(abs(deepest - naive.deepest) < 1e-7, "\(title)")
            return
        }
        let trade = try #require(result.trades.first, "\(title): \(end)")
        #expect(trade.exitReason == end.reason, "\(title)")
        #expect(trade.exitPrice == Price(raw: Int64(end.price) * 100_000_000), "\(title)")
        #expect(
            (trade.net - Money(raw: Int64(naive.net) * 10_000)).magnitude
                <= Money(raw: 10_000), "\(title)")
        let (entry, best, worst) = (
            Price(raw: Int64(naive.entry)), Price(raw: Int64(naive.best)),
            Price(raw: Int64(naive.worst))
        )
        #expect(trade.mfe == best.change(from: entry).magnitude, "\(title)")
        #expect(trade.mae == worst.change(from: entry).magnitude, "\(title)")
        // Whatever latches later does so in another trade.
        let latch = result.latchedAt.map { $0 <= trade.closedAt } ?? false
        #expect(latch == (naive.latched != nil), "\(title)")
        let margin = trade.quantity.value(at: trade.entryPrice)
            .divided(by: Int64(trade.leverage))
        #expect(-trade.net <= margin, "\(title)")
    }
}
