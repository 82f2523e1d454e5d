/// A text field of one line, with the Emacs keys that people know from the shell.
import Core

struct LineEditor: Equatable, Sendable {
    /// What a key did.
    enum Result: Equatable, Sendable {
        case changed, moved
        /// Enter: the text is meant.
        case accepted
        /// Esc: the field is left; the text stays as it is.
        case cancelled
        /// Not a key of a field; the screen may use it.
        case ignored
    }

    private var characters: [Character]
    /// The place before which the next character goes, 0…count.
    private(set) var position: Int
    /// The whole text is chosen: what is typed now takes its place.
    private(set) var isChosen: Bool
    /// The greatest number of characters.
    let limit: Int

    init(_ text: String = "", limit: Int = 500, isChosen: Bool = false) {
        self.limit = limit
        self.isChosen = isChosen && !text.isEmpty
        characters = Array(Untrusted.display(text).prefix(limit))
        position = characters.count
    }

    var text: String {
        get { String(characters) }
        set {
            characters = Array(Untrusted.display(newValue).prefix(limit))
            position = characters.count
        }
    }

    var isEmpty: Bool { characters.isEmpty }

    mutating func handle(_ key: Key) -> Result {
        let wasChosen = isChosen
        isChosen = false
        switch key {
        case .character where wasChosen, .backspace where wasChosen, .delete where wasChosen:
            self.text = ""
            if case .character(let character) = key { _ = insert(character) }
            return .changed
        case .character(let character): return insert(character)
        case .enter: return .accepted
        case .escape: return .cancelled
        case .left, .control("b"): return move(to: position - 1)
        case .right, .control("f"): return move(to: position + 1)
        case .home, .control("a"): return move(to: 0)
        case .end, .control("e"): return move(to: characters.count)
        case .backspace: return remove(position - 1..<position)
        case .delete, .control("d"): return remove(position..<position + 1)
        case .control("u"): return remove(0..<position)
        case .control("k"): return remove(position..<characters.count)
        case .control("w"): return remove(wordStart..<position)
        default: return .ignored
        }
    }

    /// Pasted text is text: line breaks become blanks, it never accepts the field.
    mutating func paste(_ text: String) -> Result {
        if isChosen { self.text = "" }
        isChosen = false
        var line = ""
        for character in text { line.append(character.isNewline ? " " : character) }
        let added = Array(Untrusted.display(line).prefix(max(0, limit - characters.count)))
        guard !added.isEmpty else { return .moved }
        characters.insert(contentsOf: added, at: position)
        position += added.count
        return .changed
    }

    private mutating func insert(_ character: Character) -> Result {
        guard characters.count < limit else { return .moved }
        characters.insert(contentsOf: Array(Untrusted.display(String(character))), at: position)
        position = min(position + 1, characters.count)
        return .changed
    }

    private mutating func move(to place: Int) -> Result {
        position = min(max(0, place), characters.count)
        return .moved
    }

    private mutating func remove(_ range: Range<Int>) -> Result {
        guard range.lowerBound >= 0, range.upperBound <= characters.count, !range.isEmpty else {
            return .moved
        }
        characters.removeSubrange(range)
        position = range.lowerBound
        return .changed
    }

    /// The beginning of the word before the cursor, the blanks after it included.
    private var wordStart: Int {
        var start = position
        while start > 0, characters[start - 1] == " " { start -= 1 }
        while start > 0, characters[start - 1] != " " { start -= 1 }
        return start
    }

    /// Draws the field into `cells` cells; text longer than that scrolls with the cursor.
    func draw(
        in canvas: Canvas, _ column: Int, _ row: Int, cells: Int, isFocused: Bool = true,
        _ role: Role = .input
    ) {
        guard cells > 0 else { return }
        var first = 0
        // The cursor needs a cell of its own behind the text.
        while width(first..<position) >= cells { first += 1 }
        let shown = TextWidth.prefix(of: String(characters[first...]), cells: cells)
        canvas.text(column, row, TextWidth.padded(shown, to: cells), role)
        if isChosen, isFocused {
            canvas.lay(.selection, under: Rect(column, row, TextWidth.of(shown), 1))
        }
        if isFocused { canvas.rest(column + width(first..<position), row) }
    }

    private func width(_ range: Range<Int>) -> Int {
        characters[range].reduce(0) { $0 + TextWidth.of($1) }
    }
}
