/// The rows of a candle file in memory, packed: what a survey has read need not be read again.
import Store

/// A queue: rows go in at one end and come out, the same, at the other; memory is given back on
/// the way. A plain row takes twelve bytes; one behind a gap, with a jump, or with more decimals
/// than any before takes 56. A tape that would grow beyond ``bound`` is torn: the file has to be
/// read again.
final class CandleTape {
    /// **Units** bytes: 1.4 million plain rows.
    static let bound = 16 << 20
    /// Words in a block.
    private static let block = 1 << 16
    /// In the place of an opening price: a long row follows.
    private static let long = Int16.min

    private var blocks: [ContiguousArray<UInt32>] = []
    private var writing = ContiguousArray<UInt32>()
    private var writer = RowGrid()
    private var reading = ContiguousArray<UInt32>()
    private var reader = RowGrid()
    private var place = 0
    private var nextBlock = 0
    private(set) var isTorn = false
    /// Rows that came out so far.
    private(set) var row = 0

    // MARK: - In

    /// - Parameter priceDecimals: at least those that the row is written with.
    @inline(__always)
    func append(_ candle: Candle, priceDecimals: Int, volumeDecimals: Int) {
        guard !isTorn else { return }
        if writing.count + 16 > writing.capacity { turn() }
        if let row = writer.pack(candle) {
            writing.append(Self.join(row.open, row.high))
            writing.append(Self.join(row.low, row.close))
            writing.append(row.volume)
        } else {
            appendLong(candle, priceDecimals, volumeDecimals)
        }
    }

    /// No more rows come in.
    func close() {
        blocks.append(writing)
        writing = []
    }

    private func turn() {
        if !writing.isEmpty { blocks.append(writing) }
        writing = []
        isTorn = (blocks.count + 1) * Self.block * 4 > Self.bound
        if isTorn { blocks = [] } else { writing.reserveCapacity(Self.block) }
    }

    @inline(never)
    private func appendLong(_ candle: Candle, _ priceDecimals: Int, _ volumeDecimals: Int) {
        guard !isTorn else { return }
        writing.append(Self.join(Self.long, 0))
        writing.append(UInt32(priceDecimals) << 8 | UInt32(volumeDecimals))
        for raw in [
            candle.openTime.milliseconds, candle.open.raw, candle.high.raw, candle.low.raw,
            candle.close.raw, candle.volume.raw,
        ] {
            writing.append(UInt32(truncatingIfNeeded: raw))
            writing.append(UInt32(truncatingIfNeeded: raw >> 32))
        }
        writer.learn(candle, priceDecimals, volumeDecimals)
    }

    // MARK: - Out

    /// The next row; nil behind the last.
    @inline(__always)
    func next() -> Candle? {
        if place >= reading.count, !takeBlock() { return nil }
        let (open, high) = Self.split(reading[place])
        row += 1
        guard open != Self.long else { return nextLong() }
        let (low, close) = Self.split(reading[place + 1])
        let packed = PackedRow(
            open: open, high: high, low: low, close: close, volume: reading[place + 2])
        place += 3
        return reader.unpack(packed)
    }

    private func takeBlock() -> Bool {
        place = 0
        reading = []
        guard nextBlock < blocks.count else { return false }
        reading = blocks[nextBlock]
        blocks[nextBlock] = []
        nextBlock += 1
        return !reading.isEmpty
    }

    @inline(never)
    private func nextLong() -> Candle {
        let decimals = reading[place + 1]
        let candle = Candle(
            openTime: Instant(milliseconds: wide(0)), open: Price(raw: wide(1)),
            high: Price(raw: wide(2)), low: Price(raw: wide(3)), close: Price(raw: wide(4)),
            volume: Quantity(raw: wide(5)))
        place += 14
        reader.learn(candle, Int(decimals >> 8), Int(decimals & 0xFF))
        return candle
    }

    private func wide(_ index: Int) -> Int64 {
        let start = place + 2 + 2 * index
        return Int64(reading[start]) | Int64(reading[start + 1]) << 32
    }

    // MARK: - Words

    @inline(__always) private static func join(_ first: Int16, _ second: Int16) -> UInt32 {
        UInt32(UInt16(bitPattern: first)) << 16 | UInt32(UInt16(bitPattern: second))
    }

    @inline(__always) private static func split(_ word: UInt32) -> (Int16, Int16) {
        (Int16(truncatingIfNeeded: word >> 16), Int16(truncatingIfNeeded: word))
    }
}

/// A row as steps on a grid: the open from the close before, the others from the open.
private struct PackedRow {
    let open, high, low, close: Int16
    let volume: UInt32
}

/// What both ends know of the rows so far.
private struct RowGrid {
    private var time = Int64.min / 2
    private var gap: Int64 = 0
    private var close: Int64 = 0
    private var priceUnit = powerOfTen(Price.scale)
    private var volumeUnit = powerOfTen(Quantity.scale)
    private var steps = 1 / Double(powerOfTen(Price.scale))
    private var volumeSteps = 1 / Double(powerOfTen(Quantity.scale))
    /// 1.5 × 2^52: adding it leaves no room for a fraction, which rounds without a call.
    private static let whole = 6_755_399_441_055_744.0

    /// Nil for a row that is not plain.
    @inline(__always) mutating func pack(_ candle: Candle) -> PackedRow? {
        let open = candle.open.raw
        guard candle.openTime.milliseconds == time + gap,
            let first = price(open - close), first != .min,
            let high = price(candle.high.raw - open), let low = price(candle.low.raw - open),
            let last = price(candle.close.raw - open), let volume = volume(candle.volume.raw)
        else { return nil }
        time += gap
        close = candle.close.raw
        return PackedRow(open: first, high: high, low: low, close: last, volume: volume)
    }

    /// Rounding cannot hide anything: steps that do not make the distance are none.
    @inline(__always) private func price(_ distance: Int64) -> Int16? {
        let count = Double(distance) * steps + Self.whole - Self.whole
        guard count.magnitude <= 32_767, Int64(count) * priceUnit == distance else { return nil }
        return Int16(count)
    }

    @inline(__always) private func volume(_ raw: Int64) -> UInt32? {
        let count = Double(raw) * volumeSteps + Self.whole - Self.whole
        guard count >= 0, count < 4_000_000_000, Int64(count) * volumeUnit == raw else {
            return nil
        }
        return UInt32(count)
    }

    @inline(__always) mutating func unpack(_ row: PackedRow) -> Candle {
        time &+= gap
        let open = close &+ Int64(row.open) &* priceUnit
        close = open &+ Int64(row.close) &* priceUnit
        return Candle(
            openTime: Instant(milliseconds: time), open: Price(raw: open),
            high: Price(raw: open &+ Int64(row.high) &* priceUnit),
            low: Price(raw: open &+ Int64(row.low) &* priceUnit), close: Price(raw: close),
            volume: Quantity(raw: Int64(row.volume) &* volumeUnit))
    }

    /// Takes a long row: the grid gets as fine as it asks, the gap is the one before it.
    mutating func learn(_ candle: Candle, _ priceDecimals: Int, _ volumeDecimals: Int) {
        gap = candle.openTime.milliseconds - time
        time = candle.openTime.milliseconds
        close = candle.close.raw
        priceUnit = min(priceUnit, powerOfTen(Price.scale - priceDecimals))
        volumeUnit = min(volumeUnit, powerOfTen(Quantity.scale - volumeDecimals))
        steps = 1 / Double(priceUnit)
        volumeSteps = 1 / Double(volumeUnit)
    }
}
