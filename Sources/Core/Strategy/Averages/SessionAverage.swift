/// The volume-weighted average price of the UTC day, and the deviation around it.

/// Over typical prices, reset at 00:00 UTC; weighted mean and variance by West's recurrence, which
/// needs no difference of large sums.
struct SessionAverage {
    private var day = Int64.min
    private var weight = 0.0
    private var mean = 0.0
    private var spread = 0.0
    private(set) var candles = 0

    @inline(__always) mutating func update(_ bar: Bar) {
        let today = bar.openTime / 86_400_000
        if today != day {
            day = today
            weight = 0
            mean = 0
            spread = 0
            candles = 0
        }
        candles += 1
        guard bar.volume > 0 else { return }
        let before = bar.typicalPrice - mean
        weight += bar.volume
        mean += before * (bar.volume / weight)
        spread += bar.volume * before * (bar.typicalPrice - mean)
    }

    /// Nil until the day has any volume.
    var value: Double? { weight > 0 ? mean : nil }
    /// Volume-weighted, of the population.
    var deviation: Double? { weight > 0 ? max(0, spread / weight).squareRoot() : nil }
}
