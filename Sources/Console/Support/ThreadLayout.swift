/// A ticket's thread as lines of the screen: who, when and what, notes in a frame of their own.
import Core
import Store

/// One line; where it comes from is known, so that moving by message is moving by line.
struct ThreadLine: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Name and badge left, time right.
        case head(author: String, isStaff: Bool, at: Instant)
        case body(isStaff: Bool)
        case noteHead(author: String, at: Instant)
        /// Has `*` before it and a frame around it.
        case note
        case noteEnd
        case gap
    }

    var kind: Kind
    var text: String
    /// Index of the entry it belongs to.
    var entry: Int
}

/// Lays a thread out for a width. What people wrote always stands two cells in, heads and frames
/// of notes always at the edge: no message can draw a head, a badge or a note.
/// **Source** <doc:SafetyRules#Text-from-outside>.
struct ThreadLayout: Equatable, Sendable {
    let lines: [ThreadLine]
    /// The number of the first line of each entry.
    let starts: [Int]
    private let columns: Int

    /// Cells before what a message says.
    static let indent = 2

    init(_ entries: [ThreadEntry], columns: Int) {
        var lines: [ThreadLine] = []
        var starts: [Int] = []
        self.columns = columns
        for (index, entry) in entries.enumerated() {
            if index > 0 { lines.append(ThreadLine(kind: .gap, text: "", entry: index - 1)) }
            starts.append(lines.count)
            lines +=
                entry.isInternal
                ? Self.note(entry, index, columns) : Self.message(entry, index, columns)
        }
        self.lines = lines
        self.starts = starts
    }

    private static func message(
        _ entry: ThreadEntry, _ index: Int, _ columns: Int
    ) -> [ThreadLine] {
        let head = ThreadLine(
            kind: .head(author: entry.author, isStaff: entry.isStaff, at: entry.at), text: "",
            entry: index)
        let body = Untrusted.lines(trimmed(entry.body), maxCells: max(1, columns - indent))
        return [head]
            + body.map {
                ThreadLine(kind: .body(isStaff: entry.isStaff), text: $0, entry: index)
            }
    }

    private static func note(
        _ entry: ThreadEntry, _ index: Int, _ columns: Int
    ) -> [ThreadLine] {
        // Frame, `*`, blank … blank, frame.
        let body = Untrusted.lines(trimmed(entry.body), maxCells: max(1, columns - 6))
        return [
            ThreadLine(
                kind: .noteHead(author: entry.author, at: entry.at), text: "", entry: index)
        ]
            + body.map { ThreadLine(kind: .note, text: $0, entry: index) }
            + [ThreadLine(kind: .noteEnd, text: "", entry: index)]
    }

    /// Line ends at the end of a message would be empty rows.
    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// The first line to show where one is, so that no row below the end is wasted.
    func top(_ scroll: ThreadScroll, rows: Int) -> Int {
        let last = max(0, lines.count - rows)
        guard case .at(let entry, let offset) = scroll, starts.indices.contains(entry) else {
            return last
        }
        return min(max(0, starts[entry] + offset), last)
    }

    /// Where one is with a line at the top.
    func scroll(showing line: Int, rows: Int) -> ThreadScroll {
        let last = max(0, lines.count - rows)
        guard line < last else { return .end }
        let wanted = max(0, line)
        guard let entry = starts.lastIndex(where: { $0 <= wanted }) else { return .end }
        return .at(entry: entry, offset: wanted - starts[entry])
    }
}

extension TicketThread {
    /// As plain text, notes marked on each line; for the clipboard and the mouse.
    var text: String {
        entries.map { entry in
            let badge =
                entry.isInternal
                ? " (internal note)" : entry.isStaff ? " [Plutarc staff]" : ""
            let mark = entry.isInternal ? "* " : "  "
            let body = entry.body.split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            return (["\(entry.author)\(badge)  \(entry.at)"] + body.map { mark + $0 })
                .joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

/// Where one is in a thread; held by message, so that a new width or message keeps the line.
enum ThreadScroll: Equatable, Sendable {
    /// The newest message is at the bottom, and new ones scroll in.
    case end
    /// A line of a message is at the top.
    case at(entry: Int, offset: Int)
}
