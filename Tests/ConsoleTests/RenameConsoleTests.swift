/// Renaming a bot: from the menu of acts, the palette and the command line.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct RenameConsoleTests {
    @Test func theMenuAsksForTheLabel() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/xrp <enter> a N")
        #expect(journey.overlay == "reason")
        #expect(journey.text.contains("Rename xrp-mean-01"))
        #expect(journey.text.contains("Its id, bot-5, stays."))
        try journey.run("night-owl <enter>")
        #expect(journey.sent == [.rename(bot: "bot-5", label: "night-owl")])
    }

    /// What came of an act on one bot says whose it is, once.
    @Test func theMessageLineNamesTheBot() throws {
        let acts = [
            ("a N night-owl <enter>", "is called night-owl now"), ("a R y", "restarted"),
            ("a T y", "stopped"), ("a U y", "runs 2.0.0"),
        ]
        var tried = 0
        for (keys, words) in acts {
            for (outcome, text) in [
                (CommandOutcome.done, words), (.done, "xrp-mean-01 \(words)"),
                (.failed, "given up for a stop"),
            ] {
                var journey = try Journey(role: .owner)
                try journey.run("/xrp <enter> \(keys)")
                guard !journey.sent.isEmpty else { continue }
                tried += 1
                try journey.answer(outcome, text)
                let name = text.hasPrefix("xrp-mean-01") ? "" : "xrp-mean-01: "
                #expect(journey.said == name + text)
            }
        }
        #expect(tried >= 6)
    }

    @Test func whatTheRuleRefusesIsNotSent() throws {
        for typed in ["btc-trend-01", "bot-9", "none"] {
            var journey = try Journey(role: .owner)
            try journey.run("/xrp <enter> a N")
            try journey.run("\(typed) <enter>")
            #expect(journey.sent.isEmpty, "\(typed)")
            #expect(journey.said.contains(typed), "\(journey.said)")
        }
    }

    @Test func whoMayNotConfigureIsTold() throws {
        var journey = try Journey(role: .riskManager)
        try journey.run("/xrp <enter> a N")
        #expect(journey.overlay == "actions")
        #expect(journey.said.contains("only") && journey.sent.isEmpty)
    }

    @Test func thePaletteAndTheCommandLineKnowIt() throws {
        #expect(PaletteCommand.named("rename")?.deed == .act(.rename))
        let console = try CommandsHarness()
        #expect(console.run("rename", "trend-1", "night owl") == .done)
        let request = try #require(console.sender.requests.last)
        #expect(
            try Command(verb: request.verb, arguments: request.args)
                == .rename(bot: "trend-1", label: "night owl"))
        #expect(console.run("rename", "trend-1") == .usage)
    }
}
