/// Keeps what a command writes.

import Core
import Testing

@testable import Console

final class CapturedStreams: OutputStreams {
    var isTerminal: Bool
    var out = ""
    var err = ""
    var hasLostItsReader = false
    /// Not 0: stdout takes nothing, and this is why.
    let blocked: Int32
    /// What a person at a terminal answers.
    var answer: String?
    var isMessageTerminal: Bool { answer != nil }
    private(set) var questions: [String] = []
    /// What happens elsewhere before the answer is there.
    var meanwhile: () -> Void = {}
    func ask(_ question: String) -> String? {
        questions.append(question)
        meanwhile()
        return answer
    }
    init(isTerminal: Bool = false, blocked: Int32 = 0) {
        self.isTerminal = isTerminal
        self.blocked = blocked
    }
    func write(result: String) throws(WriteFailure) {
        guard blocked == 0 else { throw WriteFailure(number: blocked) }
        out += result
    }
    func endWithoutReader() { hasLostItsReader = true }
    func write(message: String) { err += message }
}

/// stdout, stderr, JSON and emphasis. **Source** <doc:CommandLine#Results-and-messages>.
@Suite struct CommandsOutputTests {
    private let streams = CapturedStreams()

    private func run(_ line: String...) -> Console.ExitStatus {
        CommandDispatcher(actions: ToolActions.actions).run(
            line, streams: streams, environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
    }

    /// A terminal without UTF-8 gets what it can show: as wide, and with its line breaks.
    @Test func aTerminalGetsItsOwnCharacterSet() {
        let text = "für 2 σ → 日本\n"
        #expect(TerminalCharset.utf8.bytes(of: text) == Array(text.utf8))
        #expect(TerminalCharset.ascii.bytes(of: text) == Array("fur 2 s > ????\n".utf8))
    }

    @Test func versionIsAResult() {
        #expect(run("--version") == .done)
        #expect(streams.out == "plutarc \(ProgramVersion.text)\n")
        #expect(streams.err.isEmpty)
    }

    @Test func aComplaintGoesToStderr() {
        #expect(run("nonsense") == .usage)
        #expect(streams.out.isEmpty)
        #expect(streams.err.hasPrefix("plutarc: \"nonsense\" is not a command of plutarc\n"))
    }

    @Test func withJSONTheComplaintIsTheDocument() throws {
        #expect(run("nonsense", "--json") == .usage)
        #expect(streams.err.isEmpty)
        let json = try JSON.parse(streams.out)
        #expect(json["error"]?["code"]?.text == "usage")
        #expect(json["error"]?["message"]?.text?.isEmpty == false)
        #expect(json["error"]?["remedy"]?.text?.isEmpty == false)
    }

    @Test func aCommandWithoutAFunctionDoesNotExist() {
        #expect(run("bots") == .usage)
        #expect(run("help") == .done)
        #expect(!streams.out.contains("replay"))
    }

    @Test func helpIsOneDocumentToo() throws {
        #expect(run("help", "--json") == .done)
        #expect(try JSON.parse(streams.out).elements?.count == 2)
    }

    @Test func columnsAreAlignedAndForeignTextIsSafe() {
        var table = TextTable([.text("label"), .number("p&l"), .text("note")])
        table.add(["a", "1.00", nil])
        table.add(["long-\u{1B}]0;x", "-12.50", "y"])
        let lines = table.lines
        #expect(lines[0].hasPrefix("LABEL  ") && lines[0].hasSuffix("     P&L  NOTE"))
        #expect(lines[0].count == lines[1].count + 3)
        #expect(lines[1].hasSuffix("   1.00  -"))
        #expect(!lines[2].unicodeScalars.contains("\u{1B}"))
    }

    @Test(arguments: [
        (["TERM": "xterm"], true, true), (["TERM": "xterm"], false, false),
        (["TERM": "xterm", "NO_COLOR": "1"], true, false),
        (["TERM": "xterm", "NO_COLOR": ""], true, true), (["TERM": "dumb"], true, false),
        ([:], true, false),
    ])
    func emphasisNeedsATerminalThatShowsIt(
        _ environment: [String: String], _ isTerminal: Bool, _ expected: Bool
    ) {
        let allowed = Output.allowsEmphasis(Invocation()) { environment[$0] }
        let output = Output(CapturedStreams(isTerminal: isTerminal), emphasis: allowed)
        #expect(output.heading("X").contains("\u{1B}") == expected)
    }

    @Test func jsonIsNeverEmphasised() {
        let output = Output(CapturedStreams(isTerminal: true), json: true, emphasis: true)
        #expect(output.heading("X") == "X")
    }

    @Test func quietSilencesNotesOnly() {
        let output = Output(streams, quiet: true)
        output.note("n")
        output.failure(CommandFailure(.failed, "x", "broken"))
        #expect(streams.err == "plutarc: broken\n")
    }
}
