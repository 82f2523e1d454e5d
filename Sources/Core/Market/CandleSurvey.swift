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
    public init(_ path: String) throws(FileError) { try self.init(path, copy: nil) }

    /// - Parameter copy: gets every row, for whoever plays them next.
    init(_ path: String, copy: CandleTape?) throws(FileError) {
        let file = try CandleFile(path)
        var grid = Grid()
        let opening = try file.next()
        if let opening {
            grid.see(opening, file)
            copy?.append(
                opening, priceDecimals: file.priceDecimals, volumeDecimals: file.volumeDecimals)
        }
        guard let opening, let second = try file.next() else {
            throw FileError(
                file: path, line: file.row + 1, problem: "fewer than two candles",
                remedy: "Give a file with at least two rows: their distance is the timeframe.")
        }
        var previous = opening.openTime
        var span = second.openTime - opening.openTime
        var shortestRow = 2
        var shortestCount = 0
        var candle: Candle? = second
        while let current = candle {
            let gap = current.openTime - previous
            if gap < span { (span, shortestRow, shortestCount) = (gap, file.row, 0) }
            if gap == span { shortestCount += 1 }
            grid.see(current, file)
            copy?.append(
                current, priceDecimals: file.priceDecimals, volumeDecimals: file.volumeDecimals)
            previous = current.openTime
            if let copy, grid.covers(copy) {
                let before = file.row
                previous = file.copyPlainRows(to: copy) ?? previous
                // They follow each other as the two before them do.
                if gap == span { shortestCount += file.row - before }
            }
            candle = try file.next()
        }
        guard span.milliseconds % 1000 == 0 else {
            throw FileError(
                file: path, line: shortestRow + 1, key: "open_time_ms",
                problem: "only \(span.milliseconds) ms after the row before",
                remedy: "Candles are whole seconds long; correct the open times.")
        }
        guard shortestCount * 100 >= file.row - 1 else {
            throw FileError(
                file: path, line: shortestRow + 1, key: "open_time_ms",
                problem: "only \(span.ageText) after the row before, as hardly any other row is",
                remedy: "Candles of one length do not overlap; correct or remove the row.")
        }
        rows = file.row
        candleSpan = span
        first = opening.openTime
        last = previous
        tick = Price(raw: grid.price)
        while grid.volume > 1, Quantity(raw: grid.volume).value(at: opening.open) > .units(1) {
            grid.volume /= 10
        }
        lot = Quantity(raw: grid.volume)
    }

    /// The contract that such a file stands for, with the usual paper fees.
    public func instrument(symbol: String) -> Instrument {
        Instrument(symbol: symbol, tick: tick, lot: lot, minimumQuantity: lot)
    }
}

/// The coarsest powers of ten of which every price, and every volume, is a multiple.
private struct Grid {
    var price = powerOfTen(Price.scale)
    var volume = powerOfTen(Quantity.scale)
    private var priceDecimals = 0
    private var volumeDecimals = 0

    /// Takes in the candle that a file gave last. Most rows have no more decimals than are known,
    /// and need no division.
    @inline(__always) mutating func see(_ candle: Candle, _ file: CandleFile) {
        if file.priceDecimals > priceDecimals { refine(candle) }
        if file.volumeDecimals > volumeDecimals { refine(candle.volume) }
    }

    /// Whether the rows that a tape takes by itself, on a grid of its own, have nothing to refine.
    func covers(_ tape: CandleTape) -> Bool {
        tape.decimals == (priceDecimals, volumeDecimals)
    }

    private mutating func refine(_ candle: Candle) {
        for one in [candle.open, candle.high, candle.low, candle.close] {
            while one.raw % price != 0 {
                price /= 10
                priceDecimals += 1
            }
        }
    }

    private mutating func refine(_ quantity: Quantity) {
        while quantity.raw % volume != 0 {
            volume /= 10
            volumeDecimals += 1
        }
    }
}
