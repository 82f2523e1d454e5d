/// The rate of change: percent by which a number lies above the one n before it.

/// First value at index n.
struct RateOfChange {
    private var ring: RingBuffer
    private var change: Double?

    init(_ period: Int) { ring = RingBuffer(capacity: period) }

    @inline(__always) mutating func update(_ value: Double) {
        if let before = ring.push(value) {
            change = before != 0 ? 100 * (value - before) / before : 0
        }
    }

    /// Starts again, after a hole in the input.
    mutating func removeAll() {
        ring.removeAll()
        change = nil
    }

    /// **Units** percent.
    var value: Double? { change }
}
