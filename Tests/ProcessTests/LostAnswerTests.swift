/// The real program whose stdout takes nothing, or whose words are no text.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

/// **Source** <doc:CommandLine#Exit-statuses>.
@Suite struct LostAnswerTests {
    /// A command through the shell, with stdout as it says.
    private func shell(_ home: TrialHome, _ words: String, _ redirection: String) throws -> Answer {
        let line = "exec '\(Program.path)' \(words) --home '\(home.path)' \(redirection)"
        return try Child("/bin/sh", ["-c", line], environment: home.environment)
            .answer()
    }

    @Test func anActIsNotUndoneByALostAnswer() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        var done = 0
        for redirection in [">/dev/full", ">&-", "--json >/dev/full", "--json >&-", "| true"] {
            let before = try home.count("SELECT count(*) FROM commands")
            let answer = try shell(home, "pause bot-1 --reason \(done)", redirection)
            // The pipe's status is that of its reader.
            if !redirection.hasPrefix("|") {
                answer.expect(8, saying: "command-", "could not be written")
                #expect(!answer.errors.contains(" again"))
                #expect(answer.output.isEmpty)
            }
            done += 1
            let after = try home.eventually {
                try home.count("SELECT count(*) FROM commands") == before + 1
            }
            #expect(after, "\(redirection)")
        }
        engine.kill()
    }

    @Test func aReadingCommandFailsWithOne() throws {
        let home = try TrialHome.fresh()
        for words in [
            "bots", "status --json", "help", "version", "audit --verify",
            "template export 'Trend Follower'",
        ] {
            for redirection in [">/dev/full", ">&-"] {
                let answer = try shell(home, words, redirection)
                answer.expect(1, saying: "could not be written")
            }
        }
    }

    @Test func aHomeIsMadeOnceEvenIfNobodyHears() throws {
        let home = TrialHome()
        try shell(home, "init --bots 1", ">/dev/full").expect(8, saying: "is a home now")
        #expect(try home.plutarc("status").status == 0)
        let file = home.folder + "/audit.jsonl"
        try shell(home, "audit --export '\(file)'", ">&-").expect(8, saying: "is written")
        #expect(FileManager.default.fileExists(atPath: file))
    }

    @Test func wordsThatAreNoTextAreRefused() throws {
        let home = try TrialHome.fresh()
        for words in [
            "bots --home \"$(printf '/tmp/\\377')\"", "bots --search \"$(printf '\\303')\"",
            "pause bot-1 --no-engine --reason \"$(printf 'a\\377b')\"",
        ] {
            try shell(home, words, "").expect(2, saying: "is not UTF-8 text")
        }
        for setting in ["PLUTARC_HOME=", "PLUTARC_HOME=' '", "PLUTARC_HOME=\"$(printf '\\377')\""] {
            let line = "\(setting) exec '\(Program.path)' bots"
            try Child("/bin/sh", ["-c", line]).answer().expect(2, saying: "$PLUTARC_HOME")
        }
        try shell(home, "bots --home ''", "").expect(2, saying: "--home is empty")
    }

    /// The same bytes arrive by every door, and leave safely.
    @Test func textIsStoredAsItWasGiven() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        let text = " a\u{200D}b \u{1B}[31m\u{202E}\tc\u{3000}"
        let file = home.folder + "/text"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let open = ["ticket", "open", "s"]
        let answers = [
            try home.run(open + ["--message", text]), try home.run(open + ["--file", file]),
            try home.run(open, input: text + "\n\n"),
        ]
        for answer in answers { #expect(answer.status == 0, "\(answer.errors)") }
        let bodies = try home.rows("SELECT body FROM ticket_messages ORDER BY id")
        #expect(bodies == [[text], [text], [text]])
        let shown = try home.plutarc("ticket", "show", "ticket-1")
        #expect(!shown.output.contains("\u{1B}") && !shown.output.contains("\u{202E}"))
        let json = try home.plutarc("ticket", "show", "ticket-1", "--json").document()
        #expect(json["thread"]?.elements?.first?["body"]?.text == text)
        let bad = home.folder + "/bad"
        try Data([0x61, 0xFF]).write(to: URL(fileURLWithPath: bad))
        try home.run(open + ["--file", bad]).expect(2, saying: "is not UTF-8")
        try shell(home, "ticket open s", "< '\(bad)'").expect(2, saying: "is not UTF-8")
        engine.kill()
    }
}
