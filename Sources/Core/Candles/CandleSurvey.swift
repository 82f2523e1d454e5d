/// One look over a whole candle file: how long, how fine, how priced.
import Store

/// What must be known before the first candle of a file is traded. Reading it checks every row.
public struct CandleSurvey: Sendable, Equatable {
    public private(set) var rows = 0
    /// Span of one candle; see ``CandleSteps``. Gaps beyond it are fine.
    public private(set) var candleSpan: Span
    public private(set) var first: Instant
    /// Open time of the last candle.
    public private(set) var last: Instant
    /// The finest decimal that any price uses, at most 1.
    public private(set) var tick: Price
    /// The finest decimal that any volume uses, and never worth more than one of quote currency.
    public private(set) var lot: Quantity

    /// - Throws: ``FileError`` with the line of the first bad row, or for fewer than two.
    public init(_ path: String) throws(FileError) {
        try self.init(path, copy: nil)
    }

    /// - Parameter copy: gets every row, for whoever plays them next.
    init(_ path: String, copy: CandleTape?) throws(FileError) {
        try self.init(CandleFile(path), copy: copy)
    }

    /// - Parameters:
    ///   - file: of which nothing was read.
    ///   - until: rows that open from here on are as good as not there.
    init(
        _ file: CandleFile, copy: CandleTape?, until: Instant = Instant(milliseconds: .max)
    ) throws(FileError) {
        var grid = Grid()
        var steps = CandleSteps()
        var opening: Candle?
        var previous = Instant(milliseconds: 0)
        var beyond: Instant?
        while let current = try file.next() {
            guard current.openTime < until else {
                beyond = current.openTime
                break
            }
            if opening == nil {
                opening = current
            } else {
                try steps.add(current.openTime - previous, file)
            }
            grid.see(current, file)
            copy?.append(
                current, priceDecimals: file.priceDecimals, volumeDecimals: file.volumeDecimals)
            previous = current.openTime
            rows += 1
            if let copy, grid.covers(copy) {
                let before = file.row
                previous = file.copyPlainRows(to: copy, until: until) ?? previous
                // They follow each other as the two before them do.
                steps.repeatLast(file.row - before)
                rows += file.row - before
            }
        }
        guard let opening, rows > 1 else {
            if let beyond {
                throw Self.ended(until, rows, before: opening?.openTime ?? beyond, file)
            }
            throw FileError(
                file: file.path, line: file.row + 1,
                problem: "fewer than two candles",
                remedy: "Give a file with at least two rows: their distance is the timeframe.")
        }
        candleSpan = try steps.span(of: file.path)
        first = opening.openTime
        last = previous
        tick = Price(raw: grid.price)
        let worth = { Contract.plain.value(of: Quantity(raw: $0), at: opening.open) }
        while grid.volume > 1, worth(grid.volume) > .units(1) {
            grid.volume /= 10
        }
        lot = Quantity(raw: grid.volume)
    }

    /// The file is sound; it is the range that ends too early.
    private static func ended(
        _ until: Instant, _ rows: Int, before first: Instant, _ file: CandleFile
    ) -> FileError {
        let place =
            rows > 0
            ? "after one candle: the data begins at \(first)"
            : until == first
                ? "at the opening of the first candle" : "before the data begins at \(first)"
        var error = FileError(
            file: file.path, problem: "the range ends at \(until), \(place)",
            remedy: "Choose an end that at least two candles open before.")
        error.code = FileError.emptyRange
        return error
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
