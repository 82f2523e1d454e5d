/// Wilder's smoothing: the mean of the first n numbers, then (previous·(n−1) + number)/n.

struct WilderAverage {
    private var average = 0.0
    private var seen = 0
    private let period: Int
    private let size: Double

    init(_ period: Int) {
        self.period = max(period, 1)
        size = Double(self.period)
    }

    @inline(__always) mutating func update(_ value: Double) {
        if seen >= period {
            average += (value - average) / size
            return
        }
        seen += 1
        average += value
        if seen == period { average /= size }
    }

    @inline(__always) var isReady: Bool { seen >= period }
    /// **Requires** `isReady`.
    @inline(__always) var current: Double { average }
    var value: Double? { isReady ? average : nil }
}
