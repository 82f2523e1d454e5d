/// The language of filters: words, `field:value` and `!` for "not"; all terms have to hold.
import Core

/// What a row offers to a filter.
struct FilterableRow: Equatable, Sendable {
    /// A bare word is looked for in each of these.
    var words: [String]
    /// A field's value, in every spelling that people may type.
    var fields: [String: [String]]
}

/// `status:open pri:high !bot:none grid`: made anew at each key, so parsing never fails.
///
/// Unknown fields are taken as plain words (`12:30` finds a time). Letter case does not matter.
struct RowFilter: Equatable, Sendable {
    private struct Term: Equatable, Sendable {
        var field: String?
        var value: String
        var isInverted: Bool
    }

    private let terms: [Term]
    /// As typed; shown in the crumb line while the filter is active.
    let text: String

    init(_ text: String) {
        self.text = text
        terms = text.split(separator: " ").compactMap { word in
            var rest = word
            let isInverted = rest.first == "!"
            if isInverted { rest = rest.dropFirst() }
            guard !rest.isEmpty else { return nil }
            guard let colon = rest.firstIndex(of: ":"), colon != rest.startIndex else {
                return Term(value: rest.lowercased(), isInverted: isInverted)
            }
            return Term(
                field: rest[..<colon].lowercased(),
                value: rest[rest.index(after: colon)...].lowercased(), isInverted: isInverted)
        }
    }

    var isEmpty: Bool { terms.isEmpty }

    func matches(_ row: FilterableRow) -> Bool {
        terms.allSatisfy { Self.holds($0, for: row) != $0.isInverted }
    }

    private static func holds(_ term: Term, for row: FilterableRow) -> Bool {
        guard let field = term.field else { return contains(row.words, term.value) }
        if let values = row.fields[field] { return contains(values, term.value) }
        // A short form of a field's name will do, as in `st:open`, when it means one field only.
        let known = row.fields.keys.filter { $0.hasPrefix(field) }
        if known.count == 1, let values = row.fields[known[0]] {
            return contains(values, term.value)
        }
        return contains(row.words, "\(field):\(term.value)")
    }

    private static func contains(_ texts: [String], _ part: String) -> Bool {
        part.isEmpty || texts.contains { find(part, in: $0.lowercased()) }
    }

    /// Substring search over bytes: the standard library's needs Foundation.
    static func find(_ part: String, in text: String) -> Bool {
        let part = Array(part.utf8)
        let text = Array(text.utf8)
        guard part.count <= text.count else { return false }
        guard !part.isEmpty else { return true }
        for start in 0...(text.count - part.count) where text[start] == part[0] {
            if text[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }
}
