/// The Donchian channel: highest high and lowest low of n candles, the current one included.

/// First value at index n−1.
struct DonchianChannel {
    private var highs: RollingExtreme
    private var lows: RollingExtreme

    init(_ period: Int) {
        highs = .highest(period)
        lows = .lowest(period)
    }

    @inline(__always) mutating func update(_ bar: Bar) {
        highs.update(bar.high)
        lows.update(bar.low)
    }

    @inline(__always) var isReady: Bool { highs.isReady }
    /// **Requires** `isReady`.
    @inline(__always) var upper: Double { highs.current }
    /// **Requires** `isReady`.
    @inline(__always) var lower: Double { lows.current }
    /// **Requires** `isReady`.
    var middle: Double { (upper + lower) / 2 }
}
