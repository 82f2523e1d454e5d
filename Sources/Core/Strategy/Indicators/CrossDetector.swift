/// Tells the candle on which a difference changes its sign.

struct CrossDetector {
    private var previous: Double?

    /// Long when the difference rises above zero from zero or below, short the other way round;
    /// neutral otherwise and for the first difference.
    @inline(__always) mutating func update(_ difference: Double) -> Vote {
        let before = previous
        previous = difference
        guard let before else { return .neutral }
        if difference > 0, before <= 0 { return .long }
        return difference < 0 && before >= 0 ? .short : .neutral
    }
}
