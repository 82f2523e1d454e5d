/// The Keltner channel: an exponential average and bands of averaged true range around it.

/// EMA(n) of the close ± m · EMA(n) of the true range, both seeded with means; first at index n.
struct KeltnerChannel {
    private var range = TrueRange()
    private var ranges: ExponentialAverage
    private var closes: ExponentialAverage
    private let multiple: Double

    init(_ period: Int, multiple: Double) {
        ranges = ExponentialAverage(period)
        closes = ExponentialAverage(period)
        self.multiple = multiple
    }

    @inline(__always) mutating func update(_ bar: Bar) {
        closes.update(bar.close)
        if let range = range.update(bar) { ranges.update(range) }
    }

    var isReady: Bool { ranges.isReady }
    /// First at index n−1, one before the bands.
    var middle: Double? { closes.value }
    /// Half the width. **Requires** `isReady`.
    @inline(__always) var distance: Double { multiple * ranges.current }
}
