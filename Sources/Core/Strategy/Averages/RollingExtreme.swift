/// The highest or lowest of the last n numbers, in constant time on average.

/// A queue of candidates, each lower than the one before it: the first is the highest.
struct RollingExtreme {
    private var values: [Double]
    private var places: [Int]
    private var head = 0
    private var size = 0
    private var seen = 0
    private let period: Int
    private let sign: Double

    static func highest(_ period: Int) -> RollingExtreme { RollingExtreme(period, sign: 1) }
    static func lowest(_ period: Int) -> RollingExtreme { RollingExtreme(period, sign: -1) }

    private init(_ period: Int, sign: Double) {
        self.period = max(period, 1)
        self.sign = sign
        values = [Double](repeating: 0, count: self.period)
        places = [Int](repeating: 0, count: self.period)
    }

    @inline(__always) mutating func update(_ number: Double) {
        let candidate = number * sign
        if size > 0, places[head] <= seen - period {
            head = head + 1 == period ? 0 : head + 1
            size -= 1
        }
        while size > 0, values[slot(size - 1)] <= candidate { size -= 1 }
        let end = slot(size)
        values[end] = candidate
        places[end] = seen
        size += 1
        seen += 1
    }

    @inline(__always) private func slot(_ offset: Int) -> Int {
        let place = head + offset
        return place >= period ? place - period : place
    }

    var isReady: Bool { seen >= period }
    /// **Requires** `isReady`.
    @inline(__always) var current: Double { values[head] * sign }
    var value: Double? { isReady ? current : nil }
}
