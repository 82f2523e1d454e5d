/// The filter of a list: bare words, `field:value`, `!` turns either round.
import Core

/// All parts have to hold. **Source** TUI 24: `status:error net:live tpl:trend !paused`. Quotes
/// keep words together: `"btc trend" tpl:"mean reverter"`.
struct FilterExpression: Equatable, Sendable {
    struct Part: Equatable, Sendable {
        /// nil for a bare word.
        var field: String?
        /// Lower case.
        var value: String
        var isNegated: Bool
    }

    let parts: [Part]

    init(_ text: String) {
        parts = Self.words(of: text.lowercased()).compactMap { whole in
            var word = whole[...]
            var isNegated = false
            if word.first == "!" {
                isNegated = true
                word = word.dropFirst()
            }
            var field: String?
            if let colon = word.firstIndex(of: ":"), colon > word.startIndex {
                field = String(word[..<colon])
                word = word[word.index(after: colon)...]
                if word.first == "!" {
                    isNegated.toggle()
                    word = word.dropFirst()
                }
            }
            return word.isEmpty
                ? nil : Part(field: field, value: String(word), isNegated: isNegated)
        }
    }

    /// Parted at blanks outside of quotes; a quote that is not closed yet lasts to the end.
    private static func words(of text: String) -> [String] {
        var words = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.filter { !$0.isEmpty }
    }

    var isEmpty: Bool { parts.isEmpty }

    /// - Parameters:
    ///   - words: what bare words are looked for in.
    ///   - fields: the text of a field, nil for one that does not exist: then nothing matches.
    func matches(_ words: [String], _ fields: (String) -> String?) -> Bool {
        parts.allSatisfy { part in
            let found: Bool
            if let field = part.field {
                guard let text = fields(field) else { return false }
                found = Self.contains(text, part.value)
            } else {
                found = words.contains { Self.contains($0, part.value) }
            }
            return found != part.isNegated
        }
    }

    private static func contains(_ text: String, _ value: String) -> Bool {
        text.lowercased().contains(value)
    }
}
