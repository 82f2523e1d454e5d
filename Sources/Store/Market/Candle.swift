/// One closed candle, and the timeframes candles come in.

/// Open, high, low and close of one span of time. `openTime` is its first instant.
public struct Candle: Sendable, Equatable {
    public var openTime: Instant
    public var open: Price
    public var high: Price
    public var low: Price
    public var close: Price
    /// Base volume (or contracts) traded in the span.
    public var volume: Quantity

    @inlinable public init(
        openTime: Instant, open: Price, high: Price, low: Price, close: Price, volume: Quantity
    ) {
        self.openTime = openTime
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }
}

/// The spans that templates may run on.
public enum Timeframe: String, Sendable, CaseIterable, Comparable, Codable {
    case oneMinute = "1m"
    case fiveMinutes = "5m"
    case fifteenMinutes = "15m"
    case oneHour = "1h"
    case fourHours = "4h"
    case oneDay = "1d"

    @inlinable public var span: Span {
        switch self {
        case .oneMinute: .minutes(1)
        case .fiveMinutes: .minutes(5)
        case .fifteenMinutes: .minutes(15)
        case .oneHour: .hours(1)
        case .fourHours: .hours(4)
        case .oneDay: .days(1)
        }
    }

    public static func < (left: Timeframe, right: Timeframe) -> Bool { left.span < right.span }
}
