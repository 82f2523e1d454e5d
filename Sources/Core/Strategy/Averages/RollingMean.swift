/// The simple moving average: the mean of the last n numbers.

/// First value at index n−1. The sum is taken afresh once a window, so it cannot drift.
struct RollingMean {
    private var ring: RingBuffer
    private var sum = 0.0
    private let size: Double

    init(_ period: Int) {
        ring = RingBuffer(capacity: period)
        size = Double(max(period, 1))
    }

    @inline(__always) mutating func update(_ value: Double) {
        let dropped = ring.push(value) ?? 0
        sum += value - dropped
        // A number that dwarfed the rest leaves its rounding behind.
        if ring.hasWrapped || dropped.magnitude > 100 * sum.magnitude {
            sum = ring.items.reduce(0, +)
        }
    }

    var isReady: Bool { ring.isFull }
    var value: Double? { ring.isFull ? sum / size : nil }
}
