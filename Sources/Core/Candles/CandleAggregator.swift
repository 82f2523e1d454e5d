/// Builds candles of a longer timeframe from finer ones, by the clock.

import Store

/// A longer candle starts at a multiple of its span in UTC. It closes when its last part has
/// arrived, or when a part of a later one does: gaps shorten a candle, they never shift it.
public struct CandleAggregator: Sendable {
    /// What one finer candle closes: nothing, the candle it completes, or first an older one that
    /// a gap had left open.
    public struct Closed: Sendable, Equatable {
        public var late: Candle?
        public var complete: Candle?
    }

    public let source: Span
    public let target: Timeframe
    /// The candle that is being built.
    public private(set) var pending: Candle?

    /// **Requires** that the target's span is a multiple of the source's: ``canBuild(_:from:)``.
    public init(from source: Span, to target: Timeframe) {
        self.source = source
        self.target = target
        joinsCandles = source != target.span
    }

    /// False where the finer candles are of the target's span already.
    public let joinsCandles: Bool

    /// Whether finer candles of a span fill the longer timeframe evenly.
    public static func canBuild(_ target: Timeframe, from source: Span) -> Bool {
        let part = source.milliseconds
        return part > 0 && target.span.milliseconds % part == 0
    }

    /// Takes the next finer candle, in rising order of time.
    public mutating func add(_ candle: Candle) -> Closed {
        guard joinsCandles else { return Closed(complete: candle) }
        let start = candle.openTime.floored(to: target.span)
        var closed = Closed()
        if let open = pending, open.openTime != start {
            closed.late = open
            pending = nil
        }
        extend(by: candle, start)
        if candle.openTime + source >= start + target.span {
            closed.complete = pending
            pending = nil
        }
        return closed
    }

    private mutating func extend(by candle: Candle, _ start: Instant) {
        guard var open = pending else {
            pending = candle
            pending?.openTime = start
            return
        }
        open.high = max(open.high, candle.high)
        open.low = min(open.low, candle.low)
        open.close = candle.close
        let sum = open.volume.raw.addingReportingOverflow(candle.volume.raw)
        open.volume = Quantity(raw: sum.overflow ? .max : sum.partialValue)
        pending = open
    }

    /// Closes the candle that is being built if its time is over at `now`: for a market that has
    /// gone silent.
    public mutating func close(at now: Instant) -> Candle? {
        guard let open = pending, open.openTime + target.span <= now else { return nil }
        pending = nil
        return open
    }
}
