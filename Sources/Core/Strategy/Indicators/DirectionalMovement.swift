/// ADX and the two directional indicators (Wilder, in TA-Lib's counting).

/// The directional indicators start at index n, ADX at 2n−1. **Range** 0...100.
struct DirectionalMovement {
    private var previous: Bar?
    private var plus = 0.0
    private var minus = 0.0
    private var range = 0.0
    private var sum = 0.0
    private var average = 0.0
    private var seen = 0
    private let period: Int
    private let size: Double

    init(_ period: Int) {
        self.period = max(period, 2)
        size = Double(self.period)
    }

    @inline(__always) mutating func update(_ bar: Bar) {
        defer { previous = bar }
        guard let before = previous else { return }
        seen += 1
        let smoothing = seen >= period ? 1 - 1 / size : 1
        let up = bar.high - before.high
        let down = before.low - bar.low
        plus = plus * smoothing + (up > 0 && up > down ? up : 0)
        minus = minus * smoothing + (down > 0 && down > up ? down : 0)
        range = range * smoothing + max(bar.high, before.close) - min(bar.low, before.close)
        if seen >= period { index() }
    }

    @inline(__always) private mutating func index() {
        let total = plus + minus
        // Without any movement TA-Lib leaves the average as it was.
        let value: Double? =
            range > 0 && total > 0 ? 100 * (plus - minus).magnitude / total : nil
        if seen < 2 * period {
            sum += value ?? 0
            if seen == 2 * period - 1 { average = sum / size }
        } else if let value {
            average = (average * (size - 1) + value) / size
        }
    }

    /// From here on there are +DI and −DI. For the test vectors: what trades waits for the ADX.
    var hasDirections: Bool { seen >= period }
    @inline(__always) var isReady: Bool { seen >= 2 * period - 1 }
    /// +DI. **Requires** `hasDirections`.
    @inline(__always) var plusIndex: Double { range > 0 ? 100 * plus / range : 0 }
    /// −DI. **Requires** `hasDirections`.
    @inline(__always) var minusIndex: Double { range > 0 ? 100 * minus / range : 0 }
    /// ADX. **Requires** `isReady`.
    @inline(__always) var current: Double { average }
}
