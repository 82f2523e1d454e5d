/// How fast a replay runs, and how long it still takes.

import Core
import Store

struct ReplayPace {
    /// Rows of the candle file.
    let rows: Int
    /// On the monotonic clock.
    let began: Span

    /// **Range** 0...1.
    func share(_ bars: Int) -> Double { min(Double(bars) / Double(max(rows, 1)), 1) }

    /// `1.20 M bars/s, 3s left`; empty before anything can be said.
    func note(_ bars: Int, _ now: Span) -> String {
        let milliseconds = now.milliseconds - began.milliseconds
        guard milliseconds > 0, bars > 0 else { return "" }
        let rate = Double(bars) * 1000 / Double(milliseconds)
        let left = Double(max(rows - bars, 0)) / rate
        let speed =
            rate >= 1_000_000
            ? "\(Decimals.text(rate / 1_000_000, 2)) M bars/s" : "\(Int(rate)) bars/s"
        return "\(speed), \(Span.seconds(Int64(left.rounded(.up))).ageText) left"
    }
}
