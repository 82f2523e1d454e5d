/// Small graphs made of characters: meters and sparklines.

extension Canvas {
    /// `[####....]`: how much of a limit is used, in `cells` cells, brackets included.
    ///
    /// `share` is cut to 0…1; anything above 0 shows at least one mark, anything below 1 at least
    /// one gap, so that "some" never looks like "none" nor "nearly all" like "all". Colours turn
    /// at `warnAt` and at full; the number beside it carries the meaning.
    ///
    /// A quota is there to be filled: it warns only where it is exceeded.
    func meter(
        _ column: Int, _ row: Int, cells: Int, share: Double, warnAt: Double = 0.8,
        isQuota: Bool = false
    ) {
        guard cells > 2 else { return }
        let room = cells - 2
        let full = Gauge.filledCells(share, of: room)
        let role: Role =
            isQuota
            ? (share > 1 ? .meterHigh : .meterLow)
            : share >= 1 ? .meterHigh : share >= warnAt ? .meterMid : .meterLow
        text(column, row, "[", .meterTrack)
        for offset in 0..<room {
            let isFull = offset < full
            put(
                isFull ? glyphs.meterFull : glyphs.meterEmpty, 1, column + 1 + offset, row,
                isFull ? role : .meterTrack)
        }
        text(column + 1 + room, row, "]", .meterTrack)
    }

    /// The newest values as a line of bars, the newest at the right end.
    func sparkline(
        _ column: Int, _ row: Int, cells: Int, values: [Double], _ role: Role = .chartLine1
    ) {
        let glyphs = Gauge.sparkline(values, cells: cells, self.glyphs)
        for (offset, scalar) in glyphs.enumerated() {
            put(scalar, 1, column + cells - glyphs.count + offset, row, role)
        }
    }
}

/// How values become characters; pure, so that it can be tested without a screen.
enum Gauge {
    static func filledCells(_ share: Double, of room: Int) -> Int {
        guard share.isFinite else { return share == .infinity ? room : 0 }
        if share <= 0 { return 0 }
        if share >= 1 { return room }
        return min(max(1, Int((share * Double(room)).rounded())), max(0, room - 1))
    }

    /// At most `cells` characters. Braille holds two values in a cell at four heights, the other
    /// forms one value at eight. Values that are not finite leave a gap.
    static func sparkline(_ values: [Double], cells: Int, _ glyphs: GlyphSet) -> [Unicode.Scalar] {
        guard cells > 0 else { return [] }
        let perCell = glyphs.graph == .braille ? 2 : 1
        let shown = Array(values.suffix(cells * perCell))
        let finite = shown.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else { return [] }
        let steps = glyphs.graph == .braille ? 4 : 8
        let levels = shown.map { level($0, low, high, steps) }
        guard glyphs.graph == .braille else {
            return levels.map { $0.map { glyphs.heights[$0] } ?? " " }
        }
        let padded = levels.count % 2 == 0 ? levels : [nil] + levels
        return stride(from: 0, to: padded.count, by: 2).map {
            braille(left: padded[$0], right: padded[$0 + 1])
        }
    }

    /// 0…`steps`-1; a flat line lies in the middle.
    private static func level(
        _ value: Double, _ low: Double, _ high: Double, _ steps: Int
    ) -> Int? {
        guard value.isFinite else { return nil }
        guard high > low else { return steps / 2 - 1 }
        return min(steps - 1, Int((value - low) / (high - low) * Double(steps)))
    }

    /// Dots from the bottom up to the level, in the left and the right half of one cell.
    private static func braille(left: Int?, right: Int?) -> Unicode.Scalar {
        let leftDots: [UInt32] = [0x40, 0x44, 0x46, 0x47]
        let rightDots: [UInt32] = [0x80, 0xA0, 0xB0, 0xB8]
        let dots = (left.map { leftDots[$0] } ?? 0) | (right.map { rightDots[$0] } ?? 0)
        return Unicode.Scalar(0x2800 + dots) ?? " "
    }
}
