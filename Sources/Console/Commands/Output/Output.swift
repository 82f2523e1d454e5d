/// Where a command's results and complaints go: text for people, one JSON document for scripts.

import Core
import Glibc
import Store

/// Why stdout did not take a result: the number of the system's error.
struct WriteFailure: Error, Equatable, Sendable {
    let number: Int32
    var reason: String { String(cString: strerror(number)) }
}

/// The two streams of a process; a test keeps what is written.
protocol OutputStreams: AnyObject {
    func write(result: String) throws(WriteFailure)
    func write(message: String)
    /// Asks a person; nil where nobody is there to answer.
    func ask(_ question: String) -> String?
    /// Nobody reads the results any more: ends the process as every filter ends.
    func endWithoutReader()
    /// Results reach a terminal.
    var isTerminal: Bool { get }
    /// Messages reach a terminal: a line there can be written over.
    var isMessageTerminal: Bool { get }
    /// Cells across of that terminal.
    var messageColumns: Int { get }
}

extension OutputStreams {
    func ask(_ question: String) -> String? { nil }
    func endWithoutReader() {}
    var isMessageTerminal: Bool { false }
    var messageColumns: Int { 80 }
}

/// stdout carries results, stderr everything else.
/// **Source** <doc:CommandLine#Results-and-messages>.
final class Output {
    let streams: any OutputStreams
    /// Exactly one JSON document on stdout, errors included.
    let isJSON: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    /// Bold headings: only on a terminal that shows them, and where nobody forbids it.
    let emphasises: Bool
    /// What has been done by now and stays done, whether or not its answer can be written.
    private var act: (words: String, remedy: String)?
    /// Nothing more is written to stdout once it has failed.
    private var isBroken = false
    /// What the remedies name, where it is not the default home.
    var home: NamedHome?

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

    /// Not with NO_COLOR, not with `--color never`, not where TERM is missing or dumb.
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
        try write(String(decoding: bytes, as: UTF8.self))
    }

    /// Lines of text on stdout. Each is made safe here, whatever its maker did.
    func lines(_ lines: [String]) throws(CommandFailure) {
        guard !lines.isEmpty else { return }
        try write(lines.map(shown).joined(separator: "\n") + "\n")
    }

    /// From now on something is done that no failure to say so undoes.
    /// - Parameters:
    ///   - words: what is done, as the beginning of a sentence.
    ///   - remedy: how to see it.
    func stands(_ words: String, remedy: String) { act = (words, remedy) }

    /// The same of commands that the engine has taken.
    /// - Parameter others: what became of those of the same request that were not.
    func stands(_ commands: [String], _ outcome: CommandOutcome, but others: [String] = []) {
        let word = outcome == .done ? "done" : "accepted"
        let words = ["\(commands.joined(separator: ", ")): \(word)"] + others
        stands(
            words.joined(separator: "; "),
            remedy: "Do not send it a second time; look it up: plutarc commands.")
    }

    private func write(_ result: String) throws(CommandFailure) {
        do throws(WriteFailure) { try streams.write(result: result) } catch {
            isBroken = true
            if let act {
                throw CommandFailure(
                    .unanswered, "answer_lost",
                    "\(act.words); only the answer could not be written: \(error.reason)",
                    remedy: act.remedy)
            }
            if error.number == EPIPE { streams.endWithoutReader() }
            throw CommandFailure(
                .failed, "output_failed", "the result could not be written: \(error.reason)",
                remedy: "Send stdout where it can be written.")
        }
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

    /// A plain yes or no; nil where nobody is there to answer.
    func agrees(to question: String) -> Bool? {
        streams.ask("\(DisplayText.clean(question)) [y/N] ")
            .map { ["y", "yes"].contains($0.lowercased()) }
    }

    /// Whether just this word is typed; nil where nobody is there to type.
    func types(_ word: String) -> Bool? {
        streams.ask("Type \"\(DisplayText.clean(word))\" to do it: ").map { $0 == word }
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
        var failure = failure
        failure.remedy = named(failure.remedy)
        if isJSON, !isBroken, (try? document(failure.json)) != nil { return }
        let message = DisplayText.clean(failure.message)
        let remedy = failure.remedy.isEmpty ? "" : "\n  \(DisplayText.clean(failure.remedy))"
        streams.write(message: "plutarc: \(message)\(remedy)\n")
    }

    /// A remedy as it leads to the home that this command works on.
    func named(_ remedy: String) -> String { home?.added(to: remedy) ?? remedy }

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
