/// The slow stochastic oscillator: where the close lies in the range, smoothed twice by means.

/// %K over a candles, smoothed over b; %D: the mean of g of that. Both start at a+b+g−3.
struct StochasticOscillator {
    private var channel: DonchianChannel
    private var slowK: RollingMean
    private var slowD: RollingMean
    /// Whether the window has no range; the raw value is then 0 by TA-Lib's rule.
    private(set) var isFlat = false

    init(_ period: Int, smoothing: Int, signal: Int) {
        channel = DonchianChannel(period)
        slowK = RollingMean(smoothing)
        slowD = RollingMean(signal)
    }

    @inline(__always) mutating func update(_ bar: Bar) {
        channel.update(bar)
        guard channel.isReady else { return }
        let width = channel.upper - channel.lower
        isFlat = width <= 0
        slowK.update(isFlat ? 0 : 100 * (bar.close - channel.lower) / width)
        if let k = slowK.value { slowD.update(k) }
    }

    var isReady: Bool { slowD.isReady }
    /// **Range** 0...100.
    var k: Double? { isReady ? slowK.value : nil }
    /// **Range** 0...100.
    var d: Double? { slowD.value }
}
