/// One look over a whole candle file: how long, how fine, how priced.
import Store

/// What must be known before the first candle of a file is traded. Reading it checks every row.
public struct CandleSurvey: Sendable, Equatable {
    public var rows: Int
    /// Span of one candle: the smallest gap between two rows. Gaps beyond it are fine.
    public var candleSpan: Span
    public var first: Instant
    /// Open time of the last candle.
    public var last: Instant
    /// The finest decimal that any price uses, at most 1.
    public var tick: Price
    /// The finest decimal that any volume uses, and never worth more than one of quote currency.
    public var lot: Quantity

    /// - Throws: ``FileError`` with the line of the first bad row, or for fewer than two.
    public init(_ path: String) throws(FileError) {
        let file = try CandleFile(path)
        guard let opening = try file.next(), let second = try file.next() else {
            throw FileError(
                file: path, line: file.row + 1, problem: "fewer than two candles",
                remedy: "Give a file with at least two rows: their distance is the timeframe.")
        }
        var tickUnit = powerOfTen(Price.scale)
        var lotUnit = powerOfTen(Quantity.scale)
        var span = second.openTime - opening.openTime
        var shortestRow = 2
        var row = 0
        var previous = opening.openTime
        var candle: Candle? = opening
        var ahead: Candle? = second
        while let current = candle {
            let gap = current.openTime - previous
            row += 1
            if gap < span, row > 1 { (span, shortestRow) = (gap, row) }
            for price in [current.open, current.high, current.low, current.close] {
                while price.raw % tickUnit != 0 { tickUnit /= 10 }
            }
            while current.volume.raw % lotUnit != 0 { lotUnit /= 10 }
            previous = current.openTime
            candle = ahead
            ahead = ahead == nil ? nil : try file.next()
        }
        guard span.milliseconds % 1000 == 0 else {
            throw FileError(
                file: path, line: shortestRow + 1, key: "open_time_ms",
                problem: "only \(span.milliseconds) ms after the row before",
                remedy: "Candles are whole seconds long; correct the open times.")
        }
        rows = file.row
        candleSpan = span
        first = opening.openTime
        last = previous
        tick = Price(raw: tickUnit)
        while lotUnit > 1, Quantity(raw: lotUnit).value(at: opening.open) > .units(1) {
            lotUnit /= 10
        }
        lot = Quantity(raw: lotUnit)
    }

    /// The contract that such a file stands for, with the usual paper fees.
    public func instrument(symbol: String) -> Instrument {
        Instrument(symbol: symbol, tick: tick, lot: lot, minimumQuantity: lot)
    }
}
