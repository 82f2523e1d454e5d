/// No file is opened for who may not do what it is for.

import Core
import TestKit
import Testing

@testable import Console

@Suite struct RightsFirstTests {
    private static let lines = [
        ["template", "import", "/nonexist"], ["sessions", "trend-1", "--set", "/nonexist"],
        ["ticket", "open", "a", "--file", "/nonexist"],
        ["ticket", "reply", "ticket-1", "--file", "/nonexist"],
        ["ticket", "note", "ticket-1", "--file", "/nonexist"],
    ]

    /// The engine is asked, which refuses it and writes it down; it gets no text.
    @Test(arguments: lines) func whoMayNotHearsThatFromTheEngine(_ line: [String]) throws {
        let console = try CommandsHarness(person: SupportFixture.viewer)
        #expect(console.run(line) == .done, "\(console.streams.err)")
        #expect(!console.streams.err.contains("nonexist"))
        let request = try #require(console.sender.requests.last)
        let text = request.args["text"] ?? request.args["message"]
        #expect(console.sender.requests.count == 1 && text?.text == "", "\(request.args)")
    }

    /// The anti-test: who may, hears what is wrong with the file, before any engine is asked.
    @Test(arguments: lines) func whoMayHearsOfTheFile(_ line: [String]) throws {
        let console = try CommandsHarness()
        #expect(console.run(line) == .usage)
        #expect(console.streams.err.contains("nonexist"))
        #expect(console.sender.requests.isEmpty)
    }

    /// A preview only reads: anybody may ask for it.
    @Test func aPreviewReadsForEverybody() throws {
        let console = try CommandsHarness(person: SupportFixture.viewer)
        let line = ["sessions", "trend-1", "--set", "/nonexist", "--preview"]
        #expect(console.run(line) == .usage)
        #expect(console.streams.err.contains("nonexist"))
    }

    /// Who it is only the engine knows, as where the database is not theirs to read.
    @Test(arguments: lines) func whoCannotBeToldFromHereSendsTheText(_ line: [String]) throws {
        let scratch = Scratch("plutarc-text")
        let text =
            switch line[0] {
            case "template": TemplateFile.print(SystemTemplates.all[0])
            case "sessions": CommandsSessionTests.text
            default: "hello there"
            }
        let file = scratch.write("text", text)
        let console = try CommandsHarness(account: 4343)
        let words = line.map { $0 == "/nonexist" ? file : $0 }
        #expect(console.run(words) == .done, "\(console.streams.err)")
        let request = try #require(console.sender.requests.last)
        let sent = request.args["text"] ?? request.args["message"]
        #expect(sent?.text == text, "\(request.args)")
    }
}
