/// A text field of one line, with the Emacs keys that people know from the shell.
import Core
import Store

/// Holds the text as it was given; what acts or hides is made safe where it is drawn.
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
        /// It does not fit: nothing of it was taken.
        case full
    }

    private var characters: [Character]
    /// The place before which the next character goes, 0…count.
    private(set) var position: Int
    /// The whole text is chosen: what is typed now takes its place.
    private(set) var isChosen: Bool
    /// The greatest number of characters, or of bytes.
    let limit: Int
    private let countsBytes: Bool

    init(_ text: String = "", limit: Int = 500, isChosen: Bool = false) {
        self.limit = limit
        countsBytes = false
        self.isChosen = isChosen && !text.isEmpty
        characters = Array(text.prefix(limit))
        position = characters.count
    }

    /// An empty field for what the engine takes by its bytes.
    init(bytes limit: Int) {
        self.limit = limit
        countsBytes = true
        isChosen = false
        characters = []
        position = 0
    }

    private func size(_ some: [Character]) -> Int {
        countsBytes ? some.reduce(0) { $0 + $1.utf8.count } : some.count
    }

    var text: String {
        get { String(characters) }
        set {
            characters = Array(newValue.prefix(limit))
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

    /// Pasted text is text: line breaks become blanks, it never accepts the field. All of it is
    /// taken, or nothing; as what is typed, it takes the place of a text that is chosen.
    mutating func paste(_ text: String) -> Result {
        let added = Self.line(text)
        guard taken + size(added) <= limit else { return .full }
        guard !added.isEmpty else { return .moved }
        if isChosen { self.text = "" }
        isChosen = false
        characters.insert(contentsOf: added, at: position)
        position += added.count
        return .changed
    }

    /// Why a text was not taken.
    func tooLong(_ text: String) -> String {
        Self.tooLong(
            size(Self.line(text)), room: limit - taken,
            countsBytes ? "byte" : "character")
    }

    static func tooLong(_ count: Int, room: Int, _ unit: String = "character") -> String {
        "\(counted(count, unit)) and \(max(0, room)) fit: nothing was taken"
    }

    /// What stays of the text when more is pasted.
    private var taken: Int { isChosen ? 0 : size(characters) }

    /// Line breaks at the end say only that the last line is whole.
    private static func line(_ text: String) -> [Character] {
        let last = text.lastIndex { !$0.isNewline }
        return last.map { text[...$0].map { $0.isNewline ? " " : $0 } } ?? []
    }

    private mutating func insert(_ character: Character) -> Result {
        if position > 0, let joined = characters[position - 1].joined(with: character) {
            characters[position - 1] = joined
            return .changed
        }
        guard size(characters) + size([character]) <= limit else { return .full }
        characters.insert(character, at: position)
        position += 1
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
        let safe = Untrusted.display(String(characters[first...]))
        let shown = TextWidth.prefix(of: safe, cells: cells)
        canvas.text(column, row, TextWidth.padded(shown, to: cells), role)
        if isChosen, isFocused {
            canvas.lay(.selection, under: Rect(column, row, TextWidth.of(shown), 1))
        }
        if isFocused { canvas.rest(column + width(first..<position), row) }
    }

    private func width(_ range: Range<Int>) -> Int {
        characters[range].reduce(0) { $0 + $1.shownWidth }
    }
}

extension Character {
    /// Cells that it takes where it is drawn.
    var shownWidth: Int { isASCII ? 1 : TextWidth.of(Untrusted.display(String(self))) }

    /// Both as one character, as a letter and its accent; nil where they stay two.
    func joined(with next: Character) -> Character? {
        guard !isASCII || !next.isASCII else { return nil }
        let both = String([self, next])
        return both.count == 1 ? both.first : nil
    }
}
