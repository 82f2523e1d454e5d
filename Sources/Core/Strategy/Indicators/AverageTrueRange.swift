/// The average true range (Wilder), and the true range that it averages.

/// max(high − low, |high − previous close|, |low − previous close|); undefined at index 0.
struct TrueRange {
    private var previous: Double?

    /// The true range of this bar; nil for the first.
    @inline(__always) mutating func update(_ bar: Bar) -> Double? {
        let before = previous
        previous = bar.close
        guard let before else { return nil }
        return max(bar.high, before) - min(bar.low, before)
    }
}

/// First value at index n: the mean of the true ranges 1...n.
struct AverageTrueRange {
    private var range = TrueRange()
    private var average: WilderAverage

    init(_ period: Int) { average = WilderAverage(period) }

    @inline(__always) mutating func update(_ bar: Bar) {
        if let range = range.update(bar) { average.update(range) }
    }

    @inline(__always) var isReady: Bool { average.isReady }
    /// **Requires** `isReady`.
    @inline(__always) var current: Double { average.current }
    var value: Double? { average.value }
}
