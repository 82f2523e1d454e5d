/// The rows of a candle file in memory, packed: what a survey has read need not be read again.
import Store

/// A queue: rows go in at one end and come out, the same, at the other; memory is given back on
/// the way. A plain row takes twelve bytes; one behind a gap, with a jump, or with more decimals
/// than any before takes 56. A tape that would grow beyond its bound is torn: the file has to be
/// read again.
final class CandleTape {
    /// **Units** bytes: 1.4 million plain rows.
    static let bound = 16 << 20
    private let bound: Int
    /// Words in a block, and in the longest row.
    private static let block = 1 << 16
    private static let longest = 14
    /// In the place of an opening price: a long row follows.
    static let long = Int16.min

    private typealias Words = UnsafeMutablePointer<UInt32>
    /// Blocks that are written and not read yet, with the words in each.
    private var blocks: [(words: Words, count: Int)] = []
    private var written = 0
    private var writer = RowGrid()
    private var reading: Words?
    private var place = 0
    private var end = 0
    private var reader = RowGrid()
    private var nextBlock = 0
    private(set) var isTorn = false
    /// Rows that came out so far.
    private(set) var row = 0

    /// - Parameter bound: in bytes; for rows that cannot be read again there is none.
    init(bound: Int = CandleTape.bound) { self.bound = bound }

    deinit {
        reading?.deallocate()
        for block in blocks[nextBlock...] { block.words.deallocate() }
    }

    // MARK: - In

    /// - Parameter priceDecimals: at least those that the row is written with.
    func append(_ candle: Candle, priceDecimals: Int, volumeDecimals: Int) {
        guard let room = room() else { return }
        if let row = writer.pack(candle) {
            row.write(to: room)
            grow(by: PackedRow.words)
        } else {
            appendLong(candle, priceDecimals, volumeDecimals, room)
        }
    }

    /// Takes plain rows from a text, up to the first that is another or starts behind `last`, and
    /// leaves the cursor there. Those rows have no finer decimals than rows before, follow each
    /// other at the gap of the two before, and make sense.
    /// - Returns: how many it took, and the open time of the last; nil for none.
    func take(
        _ cursor: inout UnsafePointer<UInt8>, to last: UnsafePointer<UInt8>,
        _ until: Instant = Instant(milliseconds: .max)
    ) -> (rows: Int, latest: Instant)? {
        var rows = 0
        var grid = writer
        while cursor < last, let room = room() {
            let few = min((Self.block - written) / PackedRow.words, 512)
            var count = 0
            while count < few, cursor < last, grid.isBefore(until),
                let row = PackedRow(text: &cursor, &grid)
            {
                row.write(to: room + count * PackedRow.words)
                count += 1
            }
            grow(by: count * PackedRow.words)
            rows += count
            if count < few { break }
        }
        writer = grid
        return rows > 0 ? (rows, Instant(milliseconds: grid.time)) : nil
    }

    /// Decimals on which plain rows have to lie.
    var decimals: (price: Int, volume: Int) { (writer.priceDecimals, writer.volumeDecimals) }

    /// Where the next row goes; nil for a tape that is torn.
    private func room() -> Words? {
        if blocks.isEmpty || written + Self.longest > Self.block {
            guard !isTorn, (blocks.count + 1) * Self.block * 4 <= bound else {
                tear()
                return nil
            }
            blocks.append((.allocate(capacity: Self.block), 0))
            written = 0
        }
        return blocks[blocks.count - 1].words + written
    }

    private func tear() {
        for block in blocks { block.words.deallocate() }
        blocks = []
        isTorn = true
    }

    private func grow(by words: Int) {
        written += words
        blocks[blocks.count - 1].count = written
    }

    private func appendLong(
        _ candle: Candle, _ priceDecimals: Int, _ volumeDecimals: Int, _ room: Words
    ) {
        room[0] = PackedRow.join(Self.long, 0)
        room[1] = UInt32(priceDecimals) << 8 | UInt32(volumeDecimals)
        let numbers = [
            candle.openTime.milliseconds, candle.open.raw, candle.high.raw, candle.low.raw,
            candle.close.raw, candle.volume.raw,
        ]
        for (index, raw) in numbers.enumerated() {
            room[2 + 2 * index] = UInt32(truncatingIfNeeded: raw)
            room[3 + 2 * index] = UInt32(truncatingIfNeeded: raw >> 32)
        }
        grow(by: Self.longest)
        writer.learn(candle, priceDecimals, volumeDecimals)
    }

    // MARK: - Out

    /// The next row; nil behind the last.
    @inline(__always)
    func next() -> Candle? {
        if place >= end, !takeBlock() { return nil }
        guard let words = reading else { return nil }
        row += 1
        let packed = PackedRow(words + place)
        guard packed.open != Self.long else { return nextLong(words + place) }
        place += PackedRow.words
        return reader.unpack(packed)
    }

    private func takeBlock() -> Bool {
        reading?.deallocate()
        reading = nil
        guard nextBlock < blocks.count else { return false }
        reading = blocks[nextBlock].words
        end = blocks[nextBlock].count
        place = 0
        nextBlock += 1
        return end > 0
    }

    @inline(never)
    private func nextLong(_ words: UnsafePointer<UInt32>) -> Candle {
        func wide(_ index: Int) -> Int64 {
            Int64(words[2 + 2 * index]) | Int64(words[3 + 2 * index]) << 32
        }
        let candle = Candle(
            openTime: Instant(milliseconds: wide(0)), open: Price(raw: wide(1)),
            high: Price(raw: wide(2)), low: Price(raw: wide(3)), close: Price(raw: wide(4)),
            volume: Quantity(raw: wide(5)))
        place += Self.longest
        reader.learn(candle, Int(words[1] >> 8), Int(words[1] & 0xFF))
        return candle
    }
}
