/// Wilder's smoothing: the mean of the first n numbers, then (previous·(n−1) + number)/n.

struct WilderAverage {
    private var average = 0.0
    private var seen = 0
    private let period: Int
    /// What one number weighs: 1/n. A product is ready long before a quotient.
    private let share: Double

    init(_ period: Int) {
        self.period = max(period, 1)
        share = 1 / Double(self.period)
    }

    @inline(__always) mutating func update(_ value: Double) {
        if seen >= period {
            average += (value - average) * share
            return
        }
        seen += 1
        average += value
        if seen == period { average /= Double(period) }
    }

    @inline(__always) var isReady: Bool { seen >= period }
    /// **Requires** `isReady`.
    @inline(__always) var current: Double { average }
    var value: Double? { isReady ? average : nil }
}
