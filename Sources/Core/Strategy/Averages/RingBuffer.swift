/// The last n numbers, in memory that is allotted once.

struct RingBuffer {
    private(set) var items: [Double]
    private var next = 0
    private(set) var isFull = false

    /// **Range** of the capacity 1....
    init(capacity: Int) { items = [Double](repeating: 0, count: max(capacity, 1)) }

    var count: Int { isFull ? items.count : next }

    /// Whether the last push wrote the last place: the moment for work that is due once a window.
    @inline(__always) var hasWrapped: Bool { next == 0 && isFull }

    /// The number that the next push drops. **Requires** a full buffer.
    @inline(__always) var oldest: Double { items[next] }

    /// Adds a number; gives back the one that it drops, once full.
    @inline(__always) @discardableResult mutating func push(_ value: Double) -> Double? {
        let dropped = isFull ? items[next] : nil
        items[next] = value
        next += 1
        if next == items.count {
            next = 0
            isFull = true
        }
        return dropped
    }

    mutating func removeAll() {
        next = 0
        isFull = false
    }
}
