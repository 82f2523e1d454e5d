/// One closed candle as binary numbers: what indicators read.

import Store

/// Prices in quote currency, volume in base units. For indicators only, never for money.
struct Bar: Sendable, Equatable {
    /// **Units** milliseconds since 1970 in UTC.
    var openTime: Int64
    var open: Double
    var high: Double
    var low: Double
    var close: Double
    var volume: Double

    init(
        openTime: Int64, open: Double, high: Double, low: Double, close: Double, volume: Double
    ) {
        self.openTime = openTime
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    @inline(__always) init(_ candle: Candle) {
        self.init(
            openTime: candle.openTime.milliseconds, open: candle.open.double,
            high: candle.high.double, low: candle.low.double, close: candle.close.double,
            volume: candle.volume.double)
    }

    /// The mean of high, low and close.
    var typicalPrice: Double { (high + low + close) / 3 }
}
