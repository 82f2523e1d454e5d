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
            // Half of it twice, exactly: no branch on what no processor can guess.
            let change = (value - previous) / 2
            gains.update(change.magnitude + change)
            losses.update(change.magnitude - change)
        }
        previous = value
    }

    @inline(__always) var isReady: Bool { gains.isReady }

    /// Whether nothing has moved: the index is then undefined, and 0 by TA-Lib's rule.
    @inline(__always) var isFlat: Bool { gains.current + losses.current <= 0 }

    /// Whether ``current`` lies in a range, both ends included; without a quotient, for which
    /// every candle would wait. **Requires** `isReady`.
    @inline(__always) func lies(from low: Double, to high: Double) -> Bool {
        let total = gains.current + losses.current
        guard total > 0 else { return low <= 0 && high >= 0 }
        let scaled = 100 * gains.current
        return scaled >= low * total && scaled <= high * total
    }

    /// **Requires** `isReady`.
    @inline(__always) var current: Double {
        let total = gains.current + losses.current
        return total > 0 ? 100 * gains.current / total : 0
    }
    var value: Double? { isReady ? current : nil }
}
