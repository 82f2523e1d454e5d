/// Mean and population deviation of the last n numbers, without cancellation.

/// Sums of differences from an anchor inside the window, taken afresh once a window and whenever
/// the anchor has become remote, so that 30,000 prices like 0.00005 keep eight digits.
struct RollingMoments {
    private var ring: RingBuffer
    private var anchor = 0.0
    private var first = 0.0
    private var second = 0.0
    private let size: Double

    init(_ period: Int) {
        ring = RingBuffer(capacity: period)
        size = Double(max(period, 1))
    }

    @inline(__always) mutating func update(_ value: Double) {
        let added = value - anchor
        if let dropped = ring.push(value) {
            let removed = dropped - anchor
            first += added - removed
            second += (added - removed) * (added + removed)
            // A number that dwarfed the rest leaves its rounding behind.
            if removed * removed > 1e4 * second { centre(on: value) }
        } else {
            first += added
            second += added * added
        }
        if ring.isFull, ring.hasWrapped || isRemote { centre(on: value) }
    }

    /// Whether the anchor lies over a hundred deviations from the mean.
    private var isRemote: Bool {
        let offset = first / size
        return offset * offset > 1e4 * (second / size - offset * offset)
    }

    private mutating func centre(on value: Double) {
        anchor = value
        first = 0
        second = 0
        for item in ring.items {
            let difference = item - value
            first += difference
            second += difference * difference
        }
    }

    var isReady: Bool { ring.isFull }
    /// **Requires** `isReady`.
    @inline(__always) var mean: Double { anchor + first / size }
    /// Of the population. **Requires** `isReady`.
    @inline(__always) var deviation: Double {
        let offset = first / size
        return max(0, second / size - offset * offset).squareRoot()
    }

    /// The deviation, or 0 where it is only rounding: below 10^-10 of the mean, which is under any
    /// market's tick. **Requires** `isReady`.
    @inline(__always) var significantDeviation: Double {
        let width = deviation
        return width > 1e-10 * mean.magnitude ? width : 0
    }
}
