/// The filter of a list: bare words, `field:value`, `field<5`; `!` turns each of them round.

/// All parts have to hold: `status:error net:live tpl:trend !paused`. Quotes keep words together
/// and are text throughout: `bot:"BTC Trend"`, `"10:30"`, `bot:"<b>"`.
struct FilterExpression: Equatable, Sendable {
    struct Part: Equatable, Sendable {
        /// nil for a bare word.
        var field: String?
        /// Lower case.
        var value: String
        var isNegated: Bool
        /// What it stands before outside of quotes: the value is its number.
        var comparison: Comparison?
    }

    /// The longer signs first: they begin as the others do.
    enum Comparison: String, CaseIterable, Sendable {
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
        case above = ">"
        case equal = "="

        func holds(_ number: FilterNumber, _ bound: FilterNumber) -> Bool {
            switch self {
            case .atMost: number <= bound
            case .atLeast: number >= bound
            case .below: number < bound
            case .above: number > bound
            case .equal: number == bound
            }
        }
    }

    let parts: [Part]

    init(_ text: String) {
        parts = Self.words(of: text.lowercased()).compactMap(Self.part)
    }

    /// A character, and whether it stood in quotes: such a one is text, never a sign.
    private struct Letter {
        var character: Character
        var isQuoted: Bool

        func isSign(_ sign: Character) -> Bool { !isQuoted && character == sign }
    }

    private static func part(_ letters: [Letter]) -> Part? {
        var rest = letters[...]
        var isNegated = takeNot(&rest)
        var field: String?
        if let colon = rest.firstIndex(where: { $0.isSign(":") }), colon > rest.startIndex {
            field = String(rest[..<colon].map(\.character))
            rest = rest[(colon + 1)...]
            if takeNot(&rest) { isNegated.toggle() }
        } else if let sign = rest.firstIndex(where: isComparison), sign > rest.startIndex {
            field = String(rest[..<sign].map(\.character))
            rest = rest[sign...]
        }
        let comparison = field == nil ? nil : takeComparison(&rest)
        let value = String(rest.map(\.character))
        return value.isEmpty && field == nil
            ? nil
            : Part(
                field: field, value: value, isNegated: isNegated, comparison: comparison)
    }

    private static func isComparison(_ letter: Letter) -> Bool {
        !letter.isQuoted && "<>=".contains(letter.character)
    }

    private static func takeComparison(_ letters: inout ArraySlice<Letter>) -> Comparison? {
        let signs = String(letters.prefix(while: isComparison).map(\.character))
        let found = Comparison.allCases.first { signs.hasPrefix($0.rawValue) }
        letters = letters.dropFirst(found?.rawValue.count ?? 0)
        return found
    }

    private static func takeNot(_ letters: inout ArraySlice<Letter>) -> Bool {
        guard letters.first?.isSign("!") == true else { return false }
        letters = letters.dropFirst()
        return true
    }

    /// Parted at blanks outside of quotes; a quote that is not closed yet lasts to the end.
    private static func words(of text: String) -> [[Letter]] {
        var words: [[Letter]] = [[]]
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append([])
            } else {
                words[words.count - 1].append(Letter(character: character, isQuoted: isQuoted))
            }
        }
        return words.filter { !$0.isEmpty }
    }

    var isEmpty: Bool { parts.isEmpty }

    /// The words that name no field, for lists that jump to a name.
    var bareWords: [String] {
        parts.filter { !$0.isNegated && $0.field == nil }.map(\.value)
    }
}

/// Something a list can be filtered by: a column, or what stands in a row's details.
struct FilterField<Row>: Sendable {
    /// The first is the one that is told.
    let names: [String]
    /// Words look into it without naming it: it is seen in the row.
    let text: @Sendable (Row) -> String
    /// For `<`, `>` and `=`; nil for what is no number.
    let number: (@Sendable (Row) -> FilterNumber?)?

    init(
        _ names: String..., number: (@Sendable (Row) -> FilterNumber?)? = nil,
        text: @escaping @Sendable (Row) -> String
    ) {
        self.init(names, number: number, text: text)
    }

    init(
        _ names: [String], number: (@Sendable (Row) -> FilterNumber?)?,
        text: @escaping @Sendable (Row) -> String
    ) {
        self.names = names
        self.number = number
        self.text = text
    }
}

/// Every field of one kind of list.
struct FilterFields<Row>: Sendable {
    let fields: [FilterField<Row>]

    init(_ fields: [FilterField<Row>]) { self.fields = fields }

    var names: [String] { fields.map { $0.names[0] } }

    /// What is wrong with an expression; nil when it can be asked. A mistake never reads as "no
    /// rows".
    func problem(of expression: FilterExpression) -> FilterProblem? {
        expression.parts.lazy.compactMap { problem(of: $0) }.first
    }

    private func problem(of part: FilterExpression.Part) -> FilterProblem? {
        guard let name = part.field else { return nil }
        guard let field = field(name) else { return .unknownField(name, known: names) }
        guard part.comparison != nil else { return nil }
        if field.number == nil { return .noNumber(name) }
        return FilterNumber(typed: part.value) == nil ? .badNumber(name, part.value) : nil
    }

    /// Bare words are looked for in every field. What cannot be asked finds nothing.
    func matches(_ row: Row, _ expression: FilterExpression) -> Bool {
        expression.parts.allSatisfy { part in
            guard problem(of: part) == nil else { return false }
            guard part.comparison != nil || !part.value.isEmpty else { return true }
            let found =
                part.field.map { name in field(name).map { holds(part, $0, row) } ?? false }
                ?? fields.contains { Self.contains($0.text(row), part.value) }
            return found != part.isNegated
        }
    }

    private func field(_ name: String) -> FilterField<Row>? {
        fields.first { $0.names.contains(name) }
    }

    private func holds(
        _ part: FilterExpression.Part, _ field: FilterField<Row>, _ row: Row
    ) -> Bool {
        guard let comparison = part.comparison else {
            return Self.contains(field.text(row), part.value)
        }
        guard let number = field.number?(row), let bound = FilterNumber(typed: part.value) else {
            return false
        }
        return comparison.holds(number, bound)
    }

    private static func contains(_ text: String, _ value: String) -> Bool {
        text.lowercased().contains(value)
    }
}

/// Why a filter cannot be asked.
enum FilterProblem: Equatable, Sendable {
    case unknownField(String, known: [String])
    case noNumber(String)
    case badNumber(String, String)

    var headline: String {
        switch self {
        case .unknownField(let name, _): "there is no field \"\(name)\" in this list"
        case .noNumber(let name): "\(name) is no number: <, > and = mean nothing for it"
        case .badNumber(let name, let value): "\(name) is compared with a number, not \"\(value)\""
        }
    }

    var remedy: String {
        switch self {
        case .unknownField(_, let known):
            "Fields: \(known.joined(separator: " ")). In quotes :, <, > and = are text."
        case .noNumber(let name): "Write \(name):text. In quotes <, > and = are text."
        case .badNumber(let name, _): "Write \(name):<-5 or \(name):>100."
        }
    }
}
