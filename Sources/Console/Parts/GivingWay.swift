/// Pieces of one row that take shorter forms, one after the other, the less room there is.

import Core

/// Texts and what they mean, one behind the other.
enum Words {
    typealias Word = (text: String, role: Role)

    static func cells(_ words: [(String, Role)]) -> Int {
        words.reduce(0) { $0 + TextWidth.of($1.0) }
    }
}

/// With more room no piece is ever shorter: the order in which they give way is always the same.
struct GivingWay<Name: Hashable> {
    private let forms: [Name: [[Words.Word]]]
    private let order: [Name]

    /// - Parameters:
    ///   - forms: of each piece the longest first.
    ///   - order: which piece takes its next form first, second and so on.
    init(_ forms: [Name: [[Words.Word]]], order: [Name]) {
        self.forms = forms
        self.order = order
    }

    /// Each piece as it stands in so many cells; the last forms where even these do not fit.
    func fitted(_ cells: Int) -> [Name: [Words.Word]] {
        var steps: [Name: Int] = [:]
        var result = forms.compactMapValues(\.first)
        var needed = result.values.reduce(0) { $0 + Words.cells($1) }
        for name in order where needed > cells {
            guard let all = forms[name], let now = result[name] else { continue }
            let step = min((steps[name] ?? 0) + 1, all.count - 1)
            steps[name] = step
            needed += Words.cells(all[step]) - Words.cells(now)
            result[name] = all[step]
        }
        return result
    }
}

/// The first of them, and how many more there are: a list that is cut says so.
func shortened(_ texts: [String], to most: Int) -> [String] {
    guard texts.count > most else { return texts }
    return texts.prefix(most) + ["and \(texts.count - most) more"]
}
