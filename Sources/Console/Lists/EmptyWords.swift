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
    ///   - keys: as the key table has them for that view.
    ///   - others: what brings rows back besides clearing the filter: `t shows all kinds`.
    init(
        _ subject: String, _ noun: String, none: [String], filter: String, _ keys: KeyNames,
        others: String? = nil
    ) {
        let asked = filter.isEmpty ? "." : " /\(filter)"
        let more = others ?? "\(keys[.filter]) changes it"
        self.init(
            reading: ["Reading \(subject) ..."], none: none,
            noMatch: [
                "No \(noun) matches\(asked)", "\(keys[.closeTop]) clears the filter, \(more).",
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
