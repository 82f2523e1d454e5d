/// A text that is too long is told by the option or operand that it was given to.

import Store
import Testing

@testable import Console
@testable import Core

@Suite struct OverlongTextTests {
    private static let long = String(repeating: "x", count: 300)
    private static let reason = String(repeating: "r", count: 2000)
    private static let body = String(repeating: "b", count: 20_000)

    private static let lines: [(line: [String], code: String, words: String)] = [
        (["pause", "--all", "--reason", reason], "bad_request", "--reason has 2000 bytes, 1024"),
        (["resume", "--all", "--reason=\(reason)"], "bad_request", "--reason has 2000 bytes, 1024"),
        (["pause", long], "bad_request", "BOT has 300 bytes, 256"),
        (["rename", "trend-1", long], "bad_request", "LABEL has 300 bytes, 256"),
        (
            ["close-all", "--all", "--confirm", long], "bad_request",
            "--confirm has 300 bytes, 256"
        ),
        (["ticket", "open", long, "--message", "m"], "text_too_long", "SUBJECT has 300 cells, 120"),
        (
            ["ticket", "open", "s", "--message", body], "text_too_long",
            "--message has 20000 bytes, 16384"
        ),
        (
            ["ticket", "reply", "ticket-1", "--message", body], "message_too_large",
            "--message has 20000 bytes, 16384"
        ),
    ]

    private func refused(_ code: String) -> CommandAnswer {
        .refused(WireError(code: code, message: "\"field\": no", remedy: "send it again"))
    }

    @Test(arguments: lines.indices) func theOptionIsNamedWithBothSizes(_ index: Int) throws {
        let (line, code, words) = Self.lines[index]
        for form in [[], ["--json"]] {
            let console = try CommandsHarness(answer: refused(code))
            #expect(console.run(line + form) != .done)
            let said = console.streams.out + console.streams.err
            #expect(said.contains("\(words) are allowed"), "\(said)")
            #expect(!said.contains("send it again") && !said.contains("field"), "\(said)")
        }
    }

    /// Of a request whose texts are short enough the engine's own words are told.
    @Test func whatIsShortEnoughIsNotBlamed() throws {
        let console = try CommandsHarness(answer: refused("bad_request"))
        #expect(console.run("pause", "--all", "--reason", "news") == .usage)
        #expect(console.streams.err.contains("send it again"), "\(console.streams.err)")
    }

    /// Who may not give the command hears that, and nothing of the text.
    @Test func aMissingRightIsToldFirst() throws {
        let console = try CommandsHarness(answer: refused("not_permitted"))
        #expect(console.run("pause", "--all", "--reason", Self.reason) == .notPermitted)
        #expect(!console.streams.err.contains("--reason has"))
    }

    /// The engine says both sizes too, by the names of the wire.
    @Test func theWireNamesBothSizes() {
        let arguments: JSON = ["all": true, "reason": .string(Self.reason)]
        let error = #expect(throws: Refusal.self) {
            try Command(verb: "pause", arguments: arguments)
        }
        #expect(error?.headline == "\"reason\": has 2000 bytes, 1024 are allowed")
    }
}
