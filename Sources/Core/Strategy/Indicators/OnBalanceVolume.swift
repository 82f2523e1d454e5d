/// On-balance volume: volume added on rising closes, taken off on falling ones.

/// Starts with the first volume.
struct OnBalanceVolume {
    private var previous: Double?
    private(set) var current = 0.0

    @inline(__always) mutating func update(_ bar: Bar) {
        let before = previous ?? -.infinity
        previous = bar.close
        if bar.close > before {
            current += bar.volume
        } else if bar.close < before {
            current -= bar.volume
        }
    }
}
