/// Where a command's results and complaints go: text for people, one JSON document for scripts.

import Core
import Glibc

/// The two streams of a process; a test keeps what is written.
protocol OutputStreams: AnyObject {
    func write(result: String) throws(CommandFailure)
    func write(message: String)
    /// Results reach a terminal.
    var isTerminal: Bool { get }
    /// Messages reach a terminal: a line there can be written over.
    var isMessageTerminal: Bool { get }
    /// Cells across of that terminal.
    var messageColumns: Int { get }
}

extension OutputStreams {
    var isMessageTerminal: Bool { false }
    var messageColumns: Int { 80 }
}

/// stdout carries results, stderr everything else. **Source** CLI, Everywhere.
final class Output {
    let streams: any OutputStreams
    /// Exactly one JSON document on stdout, errors included.
    let isJSON: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    /// Bold headings: only on a terminal that shows them, and where nobody forbids it.
    let emphasises: Bool

    init(
        _ streams: any OutputStreams, json: Bool = false, quiet: Bool = false,
        verbose: Bool = false, emphasis: Bool = false
    ) {
        self.streams = streams
        self.isJSON = json
        self.isQuiet = quiet
        self.isVerbose = verbose
        self.emphasises = emphasis && streams.isTerminal && !json
    }

    var messagesReachTerminal: Bool { streams.isMessageTerminal }

    /// Whether the environment and `--color` allow emphasis. **Source** TUI 78, 79.
    static func allowsEmphasis(_ call: Invocation, _ environment: (String) -> String?) -> Bool {
        let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        let terminal = environment("TERM") ?? ""
        return !refused && !terminal.isEmpty && terminal != "dumb" && call[.color] != "never"
    }

    /// The result as JSON, or as text, whichever was asked for. Only one of them is made.
    func result(
        json: @autoclosure () -> JSON, text: () -> [String]
    ) throws(CommandFailure) {
        if isJSON { return try document(json()) }
        try lines(text())
    }

    /// One JSON document, on one line.
    func document(_ json: JSON) throws(CommandFailure) {
        var bytes: [UInt8] = []
        json.write(to: &bytes)
        bytes.append(0x0A)
        try streams.write(result: String(decoding: bytes, as: UTF8.self))
    }

    /// Lines of text on stdout. Each is made safe here, whatever its maker did.
    func lines(_ lines: [String]) throws(CommandFailure) {
        guard !lines.isEmpty else { return }
        try streams.write(result: lines.map(shown).joined(separator: "\n") + "\n")
    }

    /// The lines of a text of our own making, for ``lines(_:)``; its last line break ends none.
    static func lines(of text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// One line that is not the result: stderr, unless `--quiet`.
    func note(_ line: String) {
        if !isQuiet { streams.write(message: DisplayText.clean(line) + "\n") }
    }

    /// One line for those who asked with `--verbose`.
    func detail(_ line: String) {
        if isVerbose { streams.write(message: DisplayText.clean(line) + "\n") }
    }

    private static let bold = "\u{1B}[1m"
    private static let plain = "\u{1B}[0m"

    /// A line as it may leave. Only the emphasis of ``heading(_:)`` around it stays.
    private func shown(_ line: String) -> String {
        guard emphasises, line.hasPrefix(Self.bold), line.hasSuffix(Self.plain) else {
            return DisplayText.clean(line)
        }
        return heading(String(line.dropFirst(Self.bold.count).dropLast(Self.plain.count)))
    }

    /// The complaint with which a command ends.
    func failure(_ failure: CommandFailure) {
        if isJSON, (try? document(failure.json)) != nil { return }
        let message = DisplayText.clean(failure.message)
        let remedy = failure.remedy.isEmpty ? "" : "\n  \(DisplayText.clean(failure.remedy))"
        streams.write(message: "plutarc: \(message)\(remedy)\n")
    }

    /// A heading, bold where the terminal shows it.
    func heading(_ text: String) -> String {
        let text = DisplayText.clean(text)
        return emphasises ? Self.bold + text + Self.plain : text
    }

    /// A table with its header emphasised; `none` when it has no rows.
    func table(_ table: TextTable, none: String) -> [String] {
        guard !table.rows.isEmpty else { return [none] }
        let lines = table.lines
        return [heading(lines[0])] + lines.dropFirst()
    }
}
