/// Supertrend: a band of ATR around the middle of the candle that only tightens until crossed.

/// Starts at index n with direction +1.
struct Supertrend {
    private var range: AverageTrueRange
    private var upper = 0.0
    private var lower = 0.0
    private var hasBands = false
    /// Whether the trend is up; it flips when a close crosses the previous final band.
    private(set) var isUp = true
    private let multiple: Double

    init(_ period: Int, multiple: Double) {
        range = AverageTrueRange(period)
        self.multiple = multiple
    }

    @inline(__always) mutating func update(_ bar: Bar) {
        range.update(bar)
        guard range.isReady else { return }
        let middle = (bar.high + bar.low) / 2
        let distance = multiple * range.current
        var top = middle + distance
        var bottom = middle - distance
        if hasBands {
            if bar.close > upper {
                isUp = true
            } else if bar.close < lower {
                isUp = false
            } else if isUp {
                bottom = max(bottom, lower)
            } else {
                top = min(top, upper)
            }
        }
        upper = top
        lower = bottom
        hasBands = true
    }

    var isReady: Bool { hasBands }
    /// The band on the side that would end the trend. **Requires** `isReady`.
    var current: Double { isUp ? lower : upper }
    var value: Double? { hasBands ? current : nil }
}
