/// A part of the screen that can be drawn on; nothing lands outside it.
import Core

/// Canvases are cheap views of one sheet: `canvas[rect]` draws on the same frame, moved, clipped.
/// Every text is cleaned on the way (<doc:SafetyRules#Text-from-outside>), so no data can act on
/// the terminal.
struct Canvas {
    /// The frame that all canvases of one picture share while it is being drawn.
    private final class Sheet {
        var frame: Frame
        init(_ size: Size) { frame = Frame(size) }
    }

    private let sheet: Sheet
    /// Where this canvas lies in the frame, possibly partly outside.
    private let place: Rect
    /// The part of the frame that may be drawn on.
    private let clip: Rect
    let glyphs: GlyphSet
    /// What everything here stands on: gives the background of roles that name none.
    private(set) var ground: Role = .background

    init(_ size: Size, _ glyphs: GlyphSet = .unicode) {
        sheet = Sheet(size)
        place = Rect(size)
        clip = place
        self.glyphs = glyphs
    }

    private init(_ parent: Canvas, _ rect: Rect) {
        sheet = parent.sheet
        place = Rect(
            parent.place.column + rect.column, parent.place.row + rect.row, rect.columns, rect.rows)
        clip = place.intersection(parent.clip)
        glyphs = parent.glyphs
        ground = parent.ground
    }

    var size: Size { place.size }
    var columns: Int { place.columns }
    var rows: Int { place.rows }
    var bounds: Rect { Rect(size) }
    /// The picture as drawn so far.
    var frame: Frame { sheet.frame }

    /// The part `rect` of this canvas as a canvas of its own.
    subscript(rect: Rect) -> Canvas { Canvas(self, rect) }

    /// The same canvas, standing on `ground`.
    func on(_ ground: Role) -> Canvas {
        var canvas = self
        canvas.ground = ground
        return canvas
    }

    // MARK: Text

    /// Draws one line of text and returns the cells it takes, those without room included. What
    /// does not fit is cut with `~`.
    @discardableResult
    func text(_ column: Int, _ row: Int, _ text: String, _ role: Role = .text) -> Int {
        let room = clip.endColumn - place.column - column
        guard text.utf8.count > room else { return draw(column, row, text, role) }
        let clean = Untrusted.display(text)
        let cells = TextWidth.of(clean)
        guard cells > room else { return draw(column, row, clean, role) }
        draw(column, row, TextWidth.truncated(Self.withoutBlanks(clean), to: room), role)
        return cells
    }

    /// Blanks at the end may be cut without a sign.
    private static func withoutBlanks(_ text: String) -> String {
        String(
            text[..<(text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex)]
        )
    }

    @discardableResult
    private func draw(_ column: Int, _ row: Int, _ text: String, _ role: Role) -> Int {
        var at = column
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain {
            for byte in text.utf8 {
                put(Unicode.Scalar(byte), 1, at, row, role)
                at += 1
            }
            return at - column
        }
        var last: Int?
        for scalar in Untrusted.display(text).unicodeScalars {
            let cells = TextWidth.of(scalar)
            if cells == 0 {
                if let last { combine(scalar, last, row) }
            } else {
                last = at
                put(scalar, cells, at, row, role)
                at += cells
            }
        }
        return at - column
    }

    /// Text in exactly `cells` cells, cut with `~`, filled with blanks.
    func text(
        _ column: Int, _ row: Int, _ text: String, _ role: Role = .text, cells: Int,
        _ alignment: TextWidth.Alignment = .left
    ) {
        let clean = Untrusted.display(text)
        self.text(column, row, TextWidth.padded(clean, to: cells, alignment), role)
    }

    /// Text that ends before column `end`; cut at its end when it is wider than `end`.
    func textRight(_ end: Int, _ row: Int, _ text: String, _ role: Role = .text) {
        let clean = TextWidth.truncated(Untrusted.display(text), to: end)
        self.text(end - TextWidth.of(clean), row, clean, role)
    }

    /// Pieces of text in a row, each in its role; returns the cells taken.
    @discardableResult
    func spans(_ column: Int, _ row: Int, _ spans: [(String, Role)]) -> Int {
        var at = column
        for (text, role) in spans { at += self.text(at, row, text, role) }
        return at - column
    }

    /// The same in at most so many cells, cut as one text: the sign of a cut at the next piece
    /// would stand at a figure of this one.
    @discardableResult
    func spans(_ column: Int, _ row: Int, _ spans: [(String, Role)], cells: Int) -> Int {
        let texts = spans.map { Untrusted.display($0.0) }
        var rest = Substring(TextWidth.truncated(texts.joined(), to: cells))
        var at = column
        for (text, span) in zip(texts, spans) {
            at += self.text(at, row, String(rest.prefix(text.count)), span.1)
            rest = rest.dropFirst(text.count)
        }
        return at - column
    }

    // MARK: Areas

    /// Fills a part (default: all) with one character.
    func fill(_ rect: Rect? = nil, _ scalar: Unicode.Scalar = " ", _ role: Role = .background) {
        let rect = rect ?? bounds
        for row in rect.row..<rect.endRow {
            for column in rect.column..<rect.endColumn { put(scalar, 1, column, row, role) }
        }
    }

    /// Makes everything already drawn in `rect` stand on `ground`: the bar over a selected row.
    /// Meters and charts stay as they are: reversed, a full one would look empty.
    func lay(_ ground: Role, under rect: Rect) {
        let area = frameRect(rect)
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn
            where !sheet.frame[column, row].role.isDrawing {
                sheet.frame[column, row].ground = ground
            }
        }
    }

    func horizontalLine(_ row: Int, from column: Int = 0, cells: Int? = nil, _ role: Role) {
        for at in column..<max(column, column + (cells ?? columns - column)) {
            put(glyphs.horizontal, 1, at, row, role)
        }
    }

    /// Draws a frame around the whole canvas and returns the canvas inside it.
    @discardableResult
    func box(title: String = "", isFocused: Bool = false, _ role: Role? = nil) -> Canvas {
        let role = role ?? (isFocused ? .borderFocus : .border)
        let pieces = glyphs.frame(isFocused: isFocused)
        let (right, bottom) = (columns - 1, rows - 1)
        guard right > 0, bottom > 0 else { return self[bounds] }
        for column in 1..<max(1, right) {
            put(pieces.horizontal, 1, column, 0, role)
            put(pieces.horizontal, 1, column, bottom, role)
        }
        for row in 1..<max(1, bottom) {
            put(pieces.vertical, 1, 0, row, role)
            put(pieces.vertical, 1, right, row, role)
        }
        put(pieces.topLeft, 1, 0, 0, role)
        put(pieces.topRight, 1, right, 0, role)
        put(pieces.bottomLeft, 1, 0, bottom, role)
        put(pieces.bottomRight, 1, right, bottom, role)
        if !title.isEmpty, columns > 4 {
            let words = " \(Untrusted.display(title)) "
            text(1, 0, TextWidth.truncated(words, to: columns - 2), .title)
        }
        return self[bounds.inset()]
    }

    /// An empty framed panel in the middle, cut to its room; returns its inside.
    func panel(title: String, _ size: Size) -> Canvas {
        raised(middle(size)).box(title: title, isFocused: true)
    }

    /// An empty part that stands over what is drawn there. A figure of which a part would look out
    /// beside it is taken away whole.
    func raised(_ rect: Rect) -> Canvas {
        let area = frameRect(rect)
        for row in area.row..<area.endRow {
            for edge in [area.column, area.endColumn] { sheet.frame.clearFigure(over: edge, row) }
        }
        let box = self[rect].on(.dialog)
        box.fill(nil, " ", .dialog)
        return box
    }

    // MARK: Cursor

    /// Where the hardware cursor rests: the first cell of the selected row, the place in a field.
    func rest(_ column: Int, _ row: Int) {
        let point = Point(place.column + column, place.row + row)
        guard clip.contains(point) else { return }
        sheet.frame.cursor = point
    }

    // MARK: Cells

    /// One character of `cells` cells. A wide one that would be cut in half becomes blank.
    func put(_ scalar: Unicode.Scalar, _ cells: Int, _ column: Int, _ row: Int, _ role: Role) {
        let (column, row) = (place.column + column, place.row + row)
        guard row >= clip.row, row < clip.endRow else { return }
        if glyphs.isASCII, !scalar.isASCII {
            return putASCII(scalar, cells, column, row, role)
        }
        guard cells == 2 else {
            return set(Cell(scalar, role, on: ground), column, row)
        }
        if column >= clip.column, column + 1 < clip.endColumn {
            set(Cell(scalar, role, on: ground), column, row)
            set(.tail(role, on: ground), column + 1, row, keepsLead: true)
        } else {
            set(Cell(" ", role, on: ground), column, row)
            set(Cell(" ", role, on: ground), column + 1, row)
        }
    }

    private func putASCII(
        _ scalar: Unicode.Scalar, _ cells: Int, _ column: Int, _ row: Int, _ role: Role
    ) {
        let plain = ASCIIText.scalar(for: scalar)
        for offset in 0..<cells {
            set(Cell(plain, role, on: ground), column + offset, row)
        }
    }

    private func combine(_ mark: Unicode.Scalar, _ column: Int, _ row: Int) {
        let point = Point(place.column + column, place.row + row)
        guard clip.contains(point), !glyphs.isASCII else { return }
        sheet.frame[point.column, point.row].combine(mark)
    }

    /// Writes one cell; half of a wide character that is overwritten leaves a blank as other half.
    private func set(_ cell: Cell, _ column: Int, _ row: Int, keepsLead: Bool = false) {
        guard column >= clip.column, column < clip.endColumn else { return }
        let old = sheet.frame[column, row]
        if old.isTail, !keepsLead, column > 0 {
            sheet.frame[column - 1, row] = Cell(" ", old.role, on: old.ground)
        }
        if column + 1 < sheet.frame.size.columns, sheet.frame[column + 1, row].isTail, !old.isTail {
            sheet.frame[column + 1, row] = Cell(" ", old.role, on: old.ground)
        }
        sheet.frame[column, row] = cell
    }

    private func frameRect(_ rect: Rect) -> Rect {
        Rect(place.column + rect.column, place.row + rect.row, rect.columns, rect.rows)
            .intersection(clip)
    }
}
