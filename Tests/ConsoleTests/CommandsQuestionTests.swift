/// What is asked before an act on the command line, and what answers it.

import Core
import Store
import Testing

@testable import Console

@Suite struct CommandsQuestionTests {
    private func asked(_ console: CommandsHarness) throws -> Command {
        let request = try #require(console.sender.requests.last)
        return try Command(verb: request.verb, arguments: request.args)
    }

    @Test func whatClosesAtMarketTakesTheSameOptions() throws {
        let console = try CommandsHarness()
        let stop = ["stop", "trend-1", "--close-first"]
        #expect(console.run(stop + ["--confirm", "T1"]) == .done)
        #expect(try asked(console) == .stop(bot: "trend-1", .close, confirmation: .token("T1")))
        #expect(console.run(stop + ["--confirm-label", "trend-1"]) == .done)
        #expect(
            try asked(console) == .stop(bot: "trend-1", .close, confirmation: .label("trend-1")))
        #expect(console.run(stop + ["--preview"]) == .done)
        #expect(try asked(console) == .previewStop(bot: "trend-1"))
        #expect(console.run("stop", "trend-1", "--preview") == .done)
        #expect(try asked(console) == .previewStop(bot: "trend-1"))
        #expect(console.run(stop + ["--preview", "--confirm", "x"]) == .usage)
        #expect(console.run("stop", "trend-1", "--leave-open", "--preview") == .usage)
        let assign = ["assign-template", "trend-1", "Mean Reverter"]
        #expect(console.run(assign + ["--preview"]) == .done)
        #expect(
            try asked(console) == .previewTemplate(bot: "trend-1", template: "Mean Reverter"))
        #expect(console.run(assign + ["--confirm", "T1"]) == .done)
        #expect(
            try asked(console)
                == .assignTemplate(
                    bot: "trend-1", template: "Mean Reverter", confirmation: .token("T1")))
        for line in [["close", "position-1"], ["close-all", "trend-1"], assign, ["top-up", "5"]] {
            #expect(console.run(line + ["--yes"]) == .usage, "\(line)")
        }
        #expect(console.run("pause", "--all", "--yes") == .done)
    }

    /// On a terminal the preview is shown and the console's question asked; what was seen is done.
    @Test(arguments: [
        (["close", "position-1"], "y", "close-preview close"),
        (["close", "position-1"], "n", "close-preview"),
        (["close-all", "trend-1"], "trend-1", "close-all-preview close-all"),
        (["close-all", "trend-1"], "y", "close-all-preview"),
        (["stop", "trend-1", "--close-first"], "trend-1", "stop-preview stop"),
        (["stop", "trend-1", "--close-first"], "Trend-1", "stop-preview"),
        (["stop", "bare-4"], "y", "stop"), (["stop", "bare-4"], "", ""),
        (["restart", "trend-1"], "y", "restart"), (["restart", "trend-1"], "n", ""),
        (["update", "trend-1"], "y", "update"), (["update", "trend-1"], "n", ""),
        (["pause", "--all"], "n", "pause"),
    ])
    func aTerminalIsAsked(_ line: [String], _ answer: String, _ sent: String) throws {
        let verb = line[0]
        let preview = try CommandsHarness.closing(of: verb, "trend-1").json
        let console = try CommandsHarness(
            answer: .outcome(
                CommandReport(command: ID(9), outcome: .done, message: "", result: preview)))
        console.streams.answer = answer
        let status = console.run(line)
        #expect(console.sender.requests.map(\.verb).joined(separator: " ") == sent)
        let isSent = sent.split(separator: " ").last.map(String.init) == line[0]
        #expect(status == (isSent ? .done : .refused))
        if sent.contains("preview") { #expect(console.streams.err.contains("would close")) }
        guard isSent, sent.contains("preview") else { return }
        #expect(console.sender.requests.last?.args["confirm_token"] == "abc")
    }

    /// What the rules refuse is refused before anybody is asked; without an engine the time of the
    /// last commit says nothing of a rule's, and the question is asked.
    @Test(arguments: [
        (["update", "mean-2"], "the newest version"), (["stop", "trend-1"], "BTC-PERP long"),
        (["restart", "trend-1"], "restart"), (["restart", "nobody"], "nobody"),
        (["update", "--all", "--canary", "5000"], "cannot go first"),
        (["update", "mean-2", "--canary", "1"], "the newest version"),
        (["update", "nobody", "--canary", "1"], "nobody"),
    ])
    func aRefusalComesBeforeTheQuestion(_ line: [String], _ words: String) throws {
        let console = try CommandsHarness(restartedAgo: .minutes(20))
        console.streams.answer = "y"
        #expect(console.run(line) == (line[1] == "nobody" ? .noSuchThing : .refused))
        #expect(console.streams.questions == [] && console.sender.requests.isEmpty)
        #expect(console.streams.err.contains(words), "\(console.streams.err)")
        guard line[1] != "nobody" else { return }
        console.sight = FleetSight(isSeen: false, unseenFor: .hours(15), asOf: nil)
        #expect(console.run(line) == .done && console.streams.questions.count == 1)
    }

    /// Who may not do it is not asked: the engine says no, and has it on record.
    @Test(arguments: [
        ["update", "--all", "--canary", "1"], ["update", "trend-1"], ["restart", "trend-1"],
        ["stop", "bare-4"], ["resume", "--all"],
    ])
    func whoMayNotIsNotAsked(_ line: [String]) throws {
        let people = [(SupportFixture.viewer, 0), (CommandsHarness.owner, 1)]
        for (person, questions) in people {
            let console = try CommandsHarness(person: person, pausedBy: "zoe")
            console.streams.answer = "y"
            #expect(console.run(line) == .done, "\(console.streams.err)")
            #expect(console.streams.questions.count == questions)
            #expect(console.sender.requests.map(\.verb) == [line[0]])
        }
        guard line == ["resume", "--all"] else { return }
        // In a script too.
        let script = try CommandsHarness(person: SupportFixture.viewer, pausedBy: "zoe")
        #expect(script.run(line) == .done && script.sender.requests.count == 1)
    }

    private static let questions: [[String]] = [
        ["stop", "bare-4"], ["restart", "bare-4"], ["update", "bare-4"],
        ["update", "bare-4", "--canary", "1"], ["resume", "bare-4"],
        ["stop", "bare-4", "--close-first"], ["close-all", "bare-4"],
        ["assign-template", "bare-4", "Mean Reverter"],
        ["risk", "bare-4", "--set", "max_leverage=2"], ["risk", "bare-4", "--reset"],
    ]

    /// What the command that was sent last is about.
    private func bots(_ console: CommandsHarness) throws -> [String] {
        let args = try #require(console.sender.requests.last).args
        return args["bots"]?.elements?.compactMap(\.text) ?? [args["bot"]?.text ?? ""]
    }

    /// A label that goes to another bot while the question waits takes the act not with it.
    @Test(arguments: questions) func theBotThatWasAskedAboutIsMeant(_ line: [String]) throws {
        let change = ChangePreview(
            token: "t", expiresAt: Instant(milliseconds: 0),
            bots: [NamedBot(id: ID(14), label: "bare-4")], positions: [], loosens: [],
            asks: .label)
        let isChange = ["risk", "assign-template"].contains(line[0])
        let closing = try CommandsHarness.closing(of: line[0], "bare-4")
        let report = CommandReport(
            command: ID(9), outcome: .done, message: "",
            result: isChange ? change.json : closing.json)
        let console = try CommandsHarness(answer: .outcome(report), pausedBy: "zoe")
        console.sight = FleetSight(isSeen: false, unseenFor: .hours(1), asOf: nil)
        let isTyped = isChange || line.contains("--close-first") || line[0] == "close-all"
        console.streams.answer = isTyped ? "bare-4" : "y"
        console.streams.meanwhile = { console.move("bare-4", to: "trend-1") }
        #expect(console.run(line) == .done, "\(console.streams.err)")
        #expect(console.streams.questions.count == 1)
        #expect(try bots(console) == ["bot-14"])
        // In a script nobody is asked: what was written is what is sent.
        let script = try CommandsHarness()
        #expect(script.run(line + (line[0] == "resume" ? ["--yes"] : [])) == .done)
        #expect(try bots(script) == ["bare-4"])
    }

    /// A mistyped id is noticed: the question says whose it is.
    @Test(arguments: [("bare-4", "bare-4"), ("bot-14", "bare-4 (bot-14)")], questions.prefix(5))
    func aQuestionNamesLabelAndID(_ typed: (String, String), _ line: [String]) throws {
        let console = try CommandsHarness(pausedBy: "zoe")
        console.sight = FleetSight(isSeen: false, unseenFor: .hours(1), asOf: nil)
        console.streams.answer = "n"
        #expect(console.run([line[0], typed.0] + line.dropFirst(2)) == .refused)
        let question = try #require(console.streams.questions.first)
        #expect(question.contains(" \(typed.1)"), "\(question)")
        #expect(question.contains("(bot-14)") == (typed.0 == "bot-14"))
    }

    /// A unique beginning of an id is as good a name as the others.
    @Test func whoseResumeIsUndoneIsAskedOfAPrefixToo() throws {
        let console = try CommandsHarness()
        try console.addPaused(ID(250), by: "zoe")
        console.streams.answer = "n"
        #expect(console.run("resume", "bot-25") == .refused)
        #expect(console.sender.requests.isEmpty)
        console.streams.answer = "y"
        #expect(console.run("resume", "bot-25") == .done)
        #expect(console.streams.questions.count == 2)
        #expect(try bots(console) == ["bot-250"])
        #expect(console.run("resume", "bot-251") == .noSuchThing)
    }

    /// Who does not wait for the outcome is asked all the same.
    @Test(arguments: questions.prefix(7)) func notWaitingIsNoAnswer(_ line: [String]) throws {
        let preview = try CommandsHarness.closing(of: line[0], "bare-4").json
        let console = try CommandsHarness(
            answer: .outcome(
                CommandReport(command: ID(9), outcome: .done, message: "", result: preview)),
            pausedBy: "zoe")
        console.sight = FleetSight(isSeen: false, unseenFor: .hours(1), asOf: nil)
        console.streams.answer = "n"
        #expect(console.run(line + ["--no-wait"]) == .refused)
        #expect(console.streams.questions.count == 1)
        #expect(!console.sender.requests.contains { $0.verb == line[0] })
    }

    @Test func nothingIsStartedForAnEmptyHome() throws {
        let console = try CommandsHarness(isEmpty: true)
        for line in [["pause", "--all"], ["resume", "--all"], ["update", "--all"]] {
            #expect(console.run(line) == .done)
            #expect(console.streams.out == "There are no bots: nothing was to be done.\n")
            #expect(console.run(line + ["--json"]) == .done)
            #expect(console.streams.out == "[]\n")
        }
        #expect(console.sender.requests.isEmpty)
    }

    /// Somebody's pause is not undone in passing.
    @Test func resumingEverybodyAsksWhoseIsUndone() throws {
        #expect(try CommandsHarness(pausedBy: "ana").run("resume", "--all") == .done)
        let console = try CommandsHarness(pausedBy: "zoe")
        #expect(console.run("resume", "--all") == .refused)
        #expect(console.streams.err.contains("(zoe)"))
        #expect(console.streams.err.contains("--yes"))
        console.streams.answer = "n"
        #expect(console.run("resume", "--all") == .refused)
        #expect(console.sender.requests.isEmpty)
        console.streams.answer = "y"
        #expect(console.run("resume", "--all") == .done)
        console.streams.answer = nil
        #expect(console.run("resume", "--all", "--yes") == .done)
        #expect(console.sender.requests.map(\.verb) == ["resume", "resume"])
    }
}
