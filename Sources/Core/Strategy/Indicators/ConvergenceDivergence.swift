/// MACD: the distance of two exponential averages, and its own average.

/// Seeded as TA-Lib does: the fast average starts beside the slow one, at index slow−1, with the
/// mean of the last `fast` numbers up to it. All three values start at slow+signal−2.
struct ConvergenceDivergence {
    private var fastAverage = 0.0
    private var slowAverage = 0.0
    private var signalAverage: ExponentialAverage
    private var seen = 0
    private let fast: Int
    private let slow: Int
    private let fastAlpha: Double
    private let slowAlpha: Double

    /// **Requires** fast < slow.
    init(fast: Int, slow: Int, signal: Int) {
        self.fast = fast
        self.slow = slow
        fastAlpha = 2 / (Double(fast) + 1)
        slowAlpha = 2 / (Double(slow) + 1)
        signalAverage = ExponentialAverage(signal)
    }

    @inline(__always) mutating func update(_ value: Double) {
        if seen >= slow {
            fastAverage += (value - fastAverage) * fastAlpha
            slowAverage += (value - slowAverage) * slowAlpha
            signalAverage.update(fastAverage - slowAverage)
        } else {
            seed(value)
        }
    }

    private mutating func seed(_ value: Double) {
        seen += 1
        slowAverage += value
        if seen > slow - fast { fastAverage += value }
        guard seen == slow else { return }
        slowAverage /= Double(slow)
        fastAverage /= Double(fast)
        signalAverage.update(fastAverage - slowAverage)
    }

    @inline(__always) var isReady: Bool { signalAverage.isReady }
    /// **Requires** `isReady`.
    @inline(__always) var line: Double { fastAverage - slowAverage }
    /// **Requires** `isReady`.
    @inline(__always) var signal: Double { signalAverage.current }
    /// The line less its signal. **Requires** `isReady`.
    @inline(__always) var histogram: Double { line - signal }
}
