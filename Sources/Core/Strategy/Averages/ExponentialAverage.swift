/// The exponential moving average, α = 2/(n+1), in both usual seedings.

struct ExponentialAverage {
    enum Seeding: Sendable {
        /// With the mean of the first n numbers, at index n−1 (TA-Lib).
        case mean
        /// With the first number, at index 0 (pandas `ewm(adjust=False)`).
        case first
    }

    private var average = 0.0
    private var seen = 0
    private let period: Int
    private let alpha: Double
    private let seeding: Seeding

    init(_ period: Int, seeding: Seeding = .mean) {
        self.period = max(period, 1)
        self.seeding = seeding
        alpha = 2 / (Double(self.period) + 1)
    }

    @inline(__always) mutating func update(_ value: Double) {
        if isReady {
            average += (value - average) * alpha
        } else {
            seed(value)
        }
    }

    private mutating func seed(_ value: Double) {
        seen += 1
        average += value
        guard isReady, seeding == .mean else { return }
        average /= Double(period)
    }

    @inline(__always) var isReady: Bool { seeding == .first ? seen > 0 : seen >= period }
    /// **Requires** `isReady`.
    @inline(__always) var current: Double { average }
    var value: Double? { isReady ? average : nil }
}
