/// The relative strength index (Wilder).

/// First value at index n. **Range** 0...100.
struct RelativeStrength {
    private var previous: Double?
    private var gains: WilderAverage
    private var losses: WilderAverage

    init(_ period: Int) {
        gains = WilderAverage(period)
        losses = WilderAverage(period)
    }

    @inline(__always) mutating func update(_ value: Double) {
        if let previous {
            let change = value - previous
            gains.update(change > 0 ? change : 0)
            losses.update(change < 0 ? -change : 0)
        }
        previous = value
    }

    @inline(__always) var isReady: Bool { gains.isReady }

    /// Whether nothing has moved: the index is then undefined, and 0 by TA-Lib's rule.
    @inline(__always) var isFlat: Bool { gains.current + losses.current <= 0 }

    /// **Requires** `isReady`.
    @inline(__always) var current: Double {
        let total = gains.current + losses.current
        return total > 0 ? 100 * gains.current / total : 0
    }
    var value: Double? { isReady ? current : nil }
}
