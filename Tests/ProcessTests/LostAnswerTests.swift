/// The real program whose stdout takes nothing, or whose words are no text.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

/// **Source** CLI, exit statuses 1, 2 and 8.
@Suite struct LostAnswerTests {
    /// A command through the shell, with stdout as it says.
    private func shell(_ home: TrialHome, _ words: String, _ redirection: String) throws -> Answer {
        let line = "exec '\(Program.path)' \(words) --home '\(home.path)' \(redirection)"
        return try Child("/bin/sh", ["-c", line], environment: home.environment)
            .answer(within: 60)
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
        for setting in ["PLUTARC_HOME=", "PLUTARC_HOME=\"$(printf '\\377')\""] {
            let line = "\(setting) exec '\(Program.path)' bots"
            try Child("/bin/sh", ["-c", line]).answer(within: 60).expect(2, saying: "$PLUTARC_HOME")
        }
        try shell(home, "bots --home ''", "").expect(2, saying: "--home is empty")
    }
}
