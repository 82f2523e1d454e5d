/// The deepest fall of an equity from its running peak, over every value that was seen.
import Store

/// Follows one account from a first value on; two that follow each other can be joined.
public struct Drawdown: Sendable, Equatable {
    public private(set) var peak: Money
    public private(set) var lowest: Money
    /// Share of the peak, never negative.
    public private(set) var deepest = Rate.zero
    /// Nothing from here up to the peak makes the fall deeper.
    private(set) var floor: Money

    public init(from start: Money) { (peak, lowest, floor) = (start, start, start) }

    /// Of a stretch of time whose figures are known.
    public init(peak: Money, lowest: Money, deepest: Rate) {
        (self.peak, self.lowest, self.deepest) = (peak, lowest, deepest)
        floor = peak - peak.times(deepest)
    }

    /// - Returns: whether the equity is a new peak, or the fall is deeper now.
    @inline(__always)
    public mutating func see(_ equity: Money) -> Bool {
        if equity < lowest { lowest = equity }
        if equity <= peak, equity >= floor { return false }
        return takeNews(equity)
    }

    private mutating func takeNews(_ equity: Money) -> Bool {
        let before = (peak, deepest)
        if equity > peak {
            peak = equity
        } else if peak.isPositive, let fall = (peak - equity).share(of: peak), fall > deepest {
            deepest = fall
        }
        floor = peak - peak.times(deepest)
        return before != (peak, deepest)
    }

    /// Takes what came after: its fall may begin at a peak before it.
    public mutating func append(_ later: Drawdown) {
        _ = see(later.lowest)
        _ = see(later.peak)
        if later.deepest > deepest {
            deepest = later.deepest
            floor = peak - peak.times(deepest)
        }
    }
}
