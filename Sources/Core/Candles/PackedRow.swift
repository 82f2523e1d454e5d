/// A candle row as steps on the grid that the rows before it lie on.
import Store

/// The open as steps from the close before, the others as steps from the open.
struct PackedRow {
    var open, high, low, close: Int16
    var volume: UInt32

    /// Words that a row takes.
    static let words = 3

    init?(open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64, after last: Int64) {
        self.open = Int16(truncatingIfNeeded: open &- last)
        self.high = Int16(truncatingIfNeeded: high &- open)
        self.low = Int16(truncatingIfNeeded: low &- open)
        self.close = Int16(truncatingIfNeeded: close &- open)
        self.volume = UInt32(truncatingIfNeeded: volume)
        guard Int64(self.open) == open &- last, self.open != CandleTape.long,
            Int64(self.high) == high &- open, Int64(self.low) == low &- open,
            Int64(self.close) == close &- open, Int64(self.volume) == volume
        else { return nil }
    }

    // MARK: - Words

    @inline(__always) init(_ words: UnsafePointer<UInt32>) {
        (open, high) = Self.split(words[0])
        (low, close) = Self.split(words[1])
        volume = words[2]
    }

    @inline(__always) func write(to words: UnsafeMutablePointer<UInt32>) {
        words[0] = Self.join(open, high)
        words[1] = Self.join(low, close)
        words[2] = volume
    }

    @inline(__always) static func join(_ first: Int16, _ second: Int16) -> UInt32 {
        UInt32(UInt16(bitPattern: first)) << 16 | UInt32(UInt16(bitPattern: second))
    }

    @inline(__always) private static func split(_ word: UInt32) -> (Int16, Int16) {
        (Int16(truncatingIfNeeded: word >> 16), Int16(truncatingIfNeeded: word))
    }
}

extension PackedRow {
    /// Reads one line as ``CandleFields`` does, but onto the grid at once; nil, with cursor and
    /// grid where they were, when the row is not plain or makes no sense.
    /// **Requires** a newline somewhere after the cursor, and ``CandleFields/slack`` bytes more.
    @inline(__always) init?(text cursor: inout UnsafePointer<UInt8>, _ grid: inout RowGrid) {
        var next = cursor
        var time: Int64 = 0
        let prices = grid.priceDecimals
        guard CandleFields.readTime(&next, into: &time), time == grid.time &+ grid.gap else {
            return nil
        }
        guard let open = CandleFields.ticks(&next, prices),
            let high = CandleFields.ticks(&next, prices),
            let low = CandleFields.ticks(&next, prices),
            let close = CandleFields.ticks(&next, prices),
            let volume = CandleFields.ticks(&next, grid.volumeDecimals)
        else { return nil }
        if next.pointee == 0x0D { next += 1 }
        guard next.pointee == 0x0A, low > 0, high >= max(open, close), low <= min(open, close),
            let row = PackedRow(
                open: open, high: high, low: low, close: close, volume: volume, after: grid.close)
        else { return nil }
        self = row
        grid.time = time
        grid.close = close
        cursor = next + 1
    }
}

/// What both ends of a tape know of the rows so far.
struct RowGrid {
    var time = Int64.min / 2
    private(set) var gap: Int64 = 0
    /// The close before, in steps.
    var close: Int64 = 0
    private(set) var priceDecimals = 0
    private(set) var volumeDecimals = 0
    private var priceUnit = powerOfTen(Price.scale)
    private var volumeUnit = powerOfTen(Quantity.scale)

    /// Whether the next plain row opens before an instant.
    @inline(__always) func isBefore(_ end: Instant) -> Bool {
        time &+ gap < end.milliseconds
    }

    /// Nil for a row that is not plain.
    mutating func pack(_ candle: Candle) -> PackedRow? {
        guard candle.openTime.milliseconds == time &+ gap, let open = steps(candle.open),
            let high = steps(candle.high), let low = steps(candle.low),
            let last = steps(candle.close), candle.volume.raw % volumeUnit == 0,
            let row = PackedRow(
                open: open, high: high, low: low, close: last,
                volume: candle.volume.raw / volumeUnit, after: close)
        else { return nil }
        time = candle.openTime.milliseconds
        close = last
        return row
    }

    private func steps(_ price: Price) -> Int64? {
        let (steps, rest) = price.raw.quotientAndRemainder(dividingBy: priceUnit)
        return rest == 0 ? steps : nil
    }

    @inline(__always) mutating func unpack(_ row: PackedRow) -> Candle {
        time &+= gap
        let open = close &+ Int64(row.open)
        close = open &+ Int64(row.close)
        return Candle(
            openTime: Instant(milliseconds: time), open: Price(raw: open &* priceUnit),
            high: Price(raw: (open &+ Int64(row.high)) &* priceUnit),
            low: Price(raw: (open &+ Int64(row.low)) &* priceUnit),
            close: Price(raw: close &* priceUnit),
            volume: Quantity(raw: Int64(row.volume) &* volumeUnit))
    }

    /// Takes a long row: the grid gets as fine as it asks, the gap is the one before it.
    mutating func learn(_ candle: Candle, _ prices: Int, _ volumes: Int) {
        gap = candle.openTime.milliseconds &- time
        time = candle.openTime.milliseconds
        priceDecimals = max(priceDecimals, prices)
        volumeDecimals = max(volumeDecimals, volumes)
        priceUnit = powerOfTen(Price.scale - priceDecimals)
        volumeUnit = powerOfTen(Quantity.scale - volumeDecimals)
        close = candle.close.raw / priceUnit
    }
}
