/// The way of one position through candles, in whole cents and without the engine's code.
import Store

@testable import Core

/// Prices in cents, quantities in hundredths, money in ten-thousandths. One position, opened at
/// the open of its first candle; no fees, no funding.
struct NaiveWalk {
    var isLong: Bool
    var entry: Int
    var quantity: Int
    var leverage: Int
    /// Cents; nil: none.
    var stop: Int?
    var target: Int?
    /// Percent of the equity.
    var lossPercent: Int
    var dailyPercent: Int
    var flattens: Bool

    struct End: Equatable {
        var reason: String
        var price: Int
        var candle: Int
    }

    private(set) var end: End?
    /// The candle in which the daily limit latched.
    private(set) var latched: Int?
    private(set) var best = 0
    private(set) var worst = 0
    /// In ten-thousandths.
    private(set) var peak = start
    private(set) var deepest = 0.0
    private static let start = 100_000_000

    init(
        isLong: Bool, entry: Int, quantity: Int, leverage: Int, stopPercent: Int,
        targetPercent: Int?, lossPercent: Int, dailyPercent: Int, flattens: Bool
    ) {
        self.isLong = isLong
        self.entry = entry
        self.quantity = quantity
        self.leverage = leverage
        self.lossPercent = lossPercent
        self.dailyPercent = dailyPercent
        self.flattens = flattens
        let sign = isLong ? 1 : -1
        stop = Self.rounded(entry * (100 - sign * stopPercent), by: 100, up: !isLong)
        target = targetPercent.map {
            Self.rounded(entry * (100 + sign * $0), by: 100, up: isLong)
        }
        (best, worst) = (entry, entry)
    }

    /// Toward larger or smaller numbers.
    private static func rounded(_ value: Int, by divisor: Int, up: Bool) -> Int {
        up ? (value + divisor - 1) / divisor : value / divisor
    }

    /// Rounded toward the entry; zero for a long that has none.
    var liquidation: Int {
        let moved = entry * (isLong ? leverage - 1 : leverage + 1) * 1000
        let divisor = leverage * (isLong ? 995 : 1005)
        let level = Self.rounded(moved, by: divisor, up: isLong)
        return isLong ? min(level, entry) : max(level, entry)
    }

    private func loss(_ price: Int) -> Int { (isLong ? entry - price : price - entry) * quantity }
    private func equity(_ price: Int) -> Int { Self.start - loss(price) }
    private func isWorse(_ price: Int, than other: Int) -> Bool {
        isLong ? price < other : price > other
    }

    /// One candle after the other, until the position ends.
    mutating func walk(_ candles: [(open: Int, high: Int, low: Int, close: Int)]) {
        for (index, candle) in candles.enumerated() where end == nil {
            print(candle.open, index)
            guard end == nil else { return }
            let adverse = isLong ? candle.low : candle.high
            let favourable = isLong ? candle.high : candle.low
            fall(from: candle.open, to: adverse, index)
            guard end == nil else { return }
            visit(adverse)
            if let target, !isWorse(favourable, than: target) {
                return close("Take Profit", target, index)
            }
            visit(favourable)
            visit(candle.close)
        }
    }

    /// A price that comes by itself, with nothing between it and the one before.
    private mutating func print(_ open: Int, _ index: Int) {
        if liquidation > 0, !isWorse(liquidation, than: open) {
            return close("liquidation", liquidation, index)
        }
        visit(open)
        if let stop, !isWorse(stop, than: open) { return close("Hard Stop Loss", open, index) }
        if let target, !isWorse(open, than: target) { return close("Take Profit", open, index) }
        if isLost(open, equity(open)) { return close("max_loss_per_trade_pct", open, index) }
        latch(at: open, open, index)
    }

    private func isLost(_ price: Int, _ equity: Int) -> Bool {
        loss(price) >= 0 && loss(price) * 100 >= equity * lossPercent
    }

    private func isLatching(_ price: Int) -> Bool {
        latched == nil && loss(price) * 100 >= Self.start * dailyPercent
    }

    private mutating func latch(at price: Int, _ exit: Int, _ index: Int) {
        guard isLatching(price) else { return }
        latched = index
        if flattens { close("daily_loss_pct", exit, index) }
    }

    /// Cent by cent toward the adverse extreme: what is met first happens first. A limit on losses
    /// that is reached between two cents closes at the farther one.
    private mutating func fall(from open: Int, to adverse: Int, _ index: Int) {
        let step = isLong ? -1 : 1
        for price in stride(from: open, through: adverse, by: step) {
            if let stop, price == stop { return close("Hard Stop Loss", price, index) }
            if isLost(price, equity(price)) { return close("max_loss_per_trade_pct", price, index) }
            latch(at: price, price, index)
            if end != nil { return }
            if price == liquidation { return close("liquidation", price, index) }
        }
    }

    private mutating func visit(_ price: Int) {
        if isLong ? price > best : price < best { best = price }
        if isWorse(price, than: worst) { worst = price }
        see(equity(price))
    }

    private mutating func see(_ equity: Int) {
        peak = max(peak, equity)
        deepest = max(deepest, Double(peak - equity) / Double(peak))
    }

    private mutating func close(_ reason: String, _ price: Int, _ index: Int) {
        end = End(reason: reason, price: price, candle: index)
        visit(price)
        if latched == nil, -net * 100 >= Self.start * dailyPercent { latched = index }
    }

    /// What the trade brings, in ten-thousandths; a liquidation costs the maintenance margin too.
    var net: Int {
        guard let end else { return 0 }
        let upkeep = end.reason == "liquidation" ? end.price * quantity * 5 / 1000 : 0
        return -loss(end.price) - upkeep
    }
}
