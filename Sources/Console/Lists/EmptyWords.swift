/// What an empty list says, and what to do next: <doc:ConsoleRules#Empty-lists>.
import Core

struct EmptyWords: Equatable, Sendable {
    /// Nothing has arrived yet.
    var reading: [String]
    /// There is nothing to show.
    var none: [String]
    /// A filter leaves nothing of it.
    var noMatch: [String]

    init(reading: [String], none: [String], noMatch: [String]) {
        (self.reading, self.none, self.noMatch) = (reading, none, noMatch)
    }

    /// - Parameters:
    ///   - subject: what is read: `the fleet`.
    ///   - noun: one of its rows.
    ///   - none: that there is nothing, and what to do about it.
    ///   - instead: what brings rows back besides the filter's own keys.
    init(
        _ subject: String, _ noun: String, none: String..., filter: String,
        instead: String? = nil
    ) {
        let asked = filter.isEmpty ? "." : " /\(filter)"
        self.init(
            reading: ["Reading \(subject) ..."], none: none,
            noMatch: [
                "No \(noun) matches\(asked)",
                instead ?? "Esc clears the filter, / changes it.",
            ])
    }

    /// The first line says what is so, the others what helps.
    static func draw(_ lines: [String], in canvas: Canvas) {
        var row = canvas.rows > lines.count ? 1 : 0
        canvas.rest(2, row)
        for (place, line) in lines.enumerated() {
            let room = max(1, canvas.columns - 3)
            for text in TextWidth.wrapped(Untrusted.display(line), to: room) {
                canvas.text(2, row, text, place == 0 ? .textStrong : .textDim)
                row += 1
            }
        }
    }
}
