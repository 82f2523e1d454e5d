/// A text field of several lines, for messages and notes.
import Core
import Store

/// Holds the text as it was given; what acts or hides is made safe where it is drawn.
struct TextArea: Equatable, Sendable {
    enum Result: Equatable, Sendable {
        case changed, moved
        /// ^X: send it.
        case accepted
        /// Esc: left; the text stays as a draft.
        case cancelled
        case ignored
        /// It does not fit: nothing of it was taken.
        case full
    }

    private var lines: [[Character]]
    private(set) var row = 0
    private(set) var column = 0
    /// The greatest number of bytes, line breaks included: what the engine takes.
    let limit: Int
    private var count: Int

    init(_ text: String = "", limit: Int = TextRules.maxBody) {
        self.limit = limit
        lines = Self.split(text)
        count = Self.count(lines)
        row = lines.count - 1
        column = lines[row].count
    }

    var text: String { lines.map { String($0) }.joined(separator: "\n") }
    var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
    private static func count(_ lines: [[Character]]) -> Int {
        lines.reduce(lines.count - 1) { $0 + count($1[...]) }
    }

    private static func count(_ characters: ArraySlice<Character>) -> Int {
        characters.reduce(0) { $0 + $1.utf8.count }
    }

    /// Why a text was not taken.
    func tooLong(_ text: String) -> String {
        LineEditor.tooLong(Self.count(Self.split(text)), room: limit - count, "byte")
    }

    /// Why one more character was not taken.
    var fullWords: String { "\(counted(limit, "byte")) are the most." }

    mutating func handle(_ key: Key) -> Result {
        switch key {
        case .character(let character): return insert(String(character))
        case .enter: return insert("\n")
        case .control("x"): return .accepted
        case .escape: return .cancelled
        case .backspace: return removeBefore()
        case .delete, .control("d"): return removeAfter()
        case .control("k"): return removeLine(column..<lines[row].count)
        case .control("u"): return removeLine(0..<column)
        case .control("w"): return removeLine(wordStart..<column)
        default: return move(key)
        }
    }

    /// Inserts text with its lines; nothing in it is a command.
    mutating func paste(_ text: String) -> Result { insert(text) }

    private mutating func move(_ key: Key) -> Result {
        switch key {
        case .left, .control("b"):
            if column > 0 {
                column -= 1
            } else if row > 0 {
                row -= 1
                column = lines[row].count
            }
        case .right, .control("f"):
            if column < lines[row].count {
                column += 1
            } else if row + 1 < lines.count {
                row += 1
                column = 0
            }
        case .up: row = max(0, row - 1)
        case .down: row = min(lines.count - 1, row + 1)
        case .home, .control("a"): column = 0
        case .end, .control("e"): column = lines[row].count
        default: return .ignored
        }
        column = min(column, lines[row].count)
        return .moved
    }

    private mutating func insert(_ text: String) -> Result {
        guard !text.isEmpty else { return .moved }
        var added = Self.split(text)
        let size = Self.count(added)
        guard count + size <= limit else { return .full }
        count += size
        if let first = added[0].first, column > 0,
            let joined = lines[row][column - 1].joined(with: first)
        {
            lines[row][column - 1] = joined
            added[0].removeFirst()
        }
        let rest = lines[row][column...]
        lines[row].removeSubrange(column...)
        lines[row] += added[0]
        lines.insert(contentsOf: added.dropFirst(), at: row + 1)
        row += added.count - 1
        column = lines[row].count
        lines[row] += rest
        return .changed
    }

    private mutating func removeBefore() -> Result {
        if column > 0 { return removeLine(column - 1..<column) }
        guard row > 0 else { return .moved }
        count -= 1
        column = lines[row - 1].count
        lines[row - 1] += lines[row]
        lines.remove(at: row)
        row -= 1
        return .changed
    }

    private mutating func removeAfter() -> Result {
        if column < lines[row].count { return removeLine(column..<column + 1) }
        guard row + 1 < lines.count else { return .moved }
        count -= 1
        lines[row] += lines.remove(at: row + 1)
        return .changed
    }

    private mutating func removeLine(_ range: Range<Int>) -> Result {
        guard !range.isEmpty else { return .moved }
        count -= Self.count(lines[row][range])
        lines[row].removeSubrange(range)
        column = range.lowerBound
        return .changed
    }

    private var wordStart: Int {
        var start = column
        while start > 0, lines[row][start - 1] == " " { start -= 1 }
        while start > 0, lines[row][start - 1] != " " { start -= 1 }
        return start
    }

    /// Lines as they were given; terminals send a line end of a paste as CR.
    private static func split(_ text: String) -> [[Character]] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
            .map { Array($0) }
    }

    // MARK: Drawing

    /// A piece of a line as it stands on one row of the screen.
    private struct Piece {
        var line: Int
        var range: Range<Int>
    }

    /// Draws the text, long lines broken at the edge, scrolled so that the cursor is seen.
    func draw(in canvas: Canvas, isFocused: Bool = true) {
        guard canvas.columns > 1, canvas.rows > 0 else { return }
        let pieces = pieces(canvas.columns)
        let current =
            pieces.lastIndex { $0.line == row && $0.range.lowerBound <= column } ?? 0
        let first = max(0, min(current - canvas.rows + 1, pieces.count - canvas.rows))
        canvas.fill(nil, " ", .input)
        for (at, piece) in pieces.dropFirst(first).prefix(canvas.rows).enumerated() {
            canvas.text(0, at, String(lines[piece.line][piece.range]), .input)
        }
        if isFocused {
            let before = lines[row][pieces[current].range.lowerBound..<column]
            canvas.rest(before.reduce(0) { $0 + $1.shownWidth }, current - first)
        }
    }

    /// Every line cut into rows of fewer than `cells` cells: one is left for the cursor.
    private func pieces(_ cells: Int) -> [Piece] {
        var result: [Piece] = []
        for (number, line) in lines.enumerated() {
            var start = 0
            var taken = 0
            for index in line.indices {
                let width = line[index].shownWidth
                if taken + width > cells - 1, index > start {
                    result.append(Piece(line: number, range: start..<index))
                    (start, taken) = (index, 0)
                }
                taken += width
            }
            result.append(Piece(line: number, range: start..<line.count))
        }
        return result
    }
}
