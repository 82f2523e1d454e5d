/// `risk` on the command line: how a change is confirmed, and what it answers.

import Core
import Store
import Testing

@testable import Console

@Suite struct CommandsRiskTests {
    /// The last command that the engine was asked for.
    private func asked(_ console: CommandsHarness) throws -> Command {
        let request = try #require(console.sender.requests.last)
        return try Command(verb: request.verb, arguments: request.args)
    }

    @Test func aChangeOfLimitsIsConfirmedAsAsked() throws {
        let console = try CommandsHarness()
        let settings = [LimitSetting("max_leverage", "3")]
        let set = ["risk", "trend-1", "--set", "max_leverage=3"]
        for (option, confirmation) in [
            (["--yes"], Core.Confirmation.yes), (["-y"], .yes), (["--confirm", "t"], .token("t")),
            (["--confirm-label", "trend-1"], .label("trend-1")),
        ] {
            #expect(console.run(set + option) == .done)
            #expect(
                try asked(console)
                    == .riskSet(bot: "trend-1", settings, confirmation: confirmation))
            #expect(console.run(["risk", "trend-1", "--reset"] + option) == .done)
            #expect(
                try asked(console) == .riskReset(bot: "trend-1", confirmation: confirmation))
            #expect(console.run(["risk", "trend-1"] + option) == .usage)
        }
        #expect(console.run(set + ["--preview"]) == .done)
        #expect(try asked(console) == .previewLimits(bot: "trend-1", settings))
        #expect(console.run(set + ["--preview", "--confirm", "t"]) == .usage)
        #expect(console.run("risk", "trend-1", "--reset", "--preview") == .done)
        let defaults = try #require(try asked(console).as(PreviewLimitsCommand.self)).settings
        #expect(try RiskLimits().setting(defaults) == RiskLimits())
        #expect(defaults.count == RiskLimitName.allCases.count)
    }

    @Test func aChangeOfLimitsAnswersWithThem() throws {
        let console = try CommandsHarness()
        for change in [["--set", "max_leverage=3"], ["--reset"]] {
            #expect(console.run(["risk", "trend-1", "--json"] + change) == .done)
            let json = try console.json()
            #expect(json["limits"]?["max_leverage"] != nil)
            #expect(json["headroom"]?.isNull == false)
            #expect(json["command_id"] == "command-5" && json["outcome"] == "done")
        }
    }

    /// On a terminal a person is asked, and only where a plain yes will do.
    @Test(arguments: ["yes", "label", "none"], ["y", "yes", "n", "", "no"])
    func aPersonIsAsked(_ asks: String, _ answer: String) throws {
        let found = ChangePreview(
            token: "t", expiresAt: Instant(milliseconds: 0),
            bots: [NamedBot(id: ID(1), label: "trend-1")], positions: [], loosens: [],
            asks: try #require(LimitNeed.Question(rawValue: asks)))
        let report = CommandReport(
            command: ID(5), outcome: .done, message: "done so", result: found.json)
        let console = try CommandsHarness(answer: .outcome(report))
        console.streams.answer = answer
        let status = console.run("risk", "trend-1", "--set", "max_leverage=3")
        let agrees = answer.hasPrefix("y")
        #expect(status == (asks != "none" && !(asks == "yes" && agrees) ? .refused : .done))
        let sent = console.sender.requests.map(\.verb)
        #expect(sent == (status == .done ? ["risk-preview", "risk-set"] : ["risk-preview"]))
        guard status == .done else { return }
        let settings = [LimitSetting("max_leverage", "3")]
        #expect(
            try asked(console)
                == .riskSet(
                    bot: "bot-1", settings, confirmation: asks == "yes" ? .token("t") : nil))
    }

    /// Who may not do a thing hears that, and nothing of the values.
    @Test func aViewerHearsOfTheRightFirst() throws {
        let viewer = Operator(uid: 5, name: "vi", role: .viewer)
        let no = WireError(code: "not_permitted", message: "no", remedy: "ask")
        let console = try CommandsHarness(person: viewer, answer: .refused(no))
        for line in [
            ["risk", "trend-1", "--set", "max_leverage=300"],
            ["risk", "trend-1", "--set", "nonsense=1"],
            ["sessions", "trend-1", "--set", "[session x]\nnonsense"],
            ["ticket", "priority", "ticket-1", "urgnt"],
            ["ticket", "category", "ticket-1", "nonsense"],
        ] {
            #expect(console.run(line) == .notPermitted, "\(line): \(console.streams.err)")
        }
    }
}
