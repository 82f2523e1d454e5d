/// Commands that ask the engine for something.

import Core
import Glibc
import Store
import Testing

@testable import Console

@Suite struct CommandsWriteTests {
    private func asked(_ console: CommandsHarness) throws -> Command {
        let request = try #require(console.sender.requests.last)
        return try Command(verb: request.verb, arguments: request.args)
    }

    @Test func pauseSendsNamesAndReason() throws {
        let console = try CommandsHarness()
        #expect(console.run("pause", "trend-1", "bot-2", "--reason", "news", "--json") == .done)
        #expect(try asked(console) == .pause(.named(["trend-1", "bot-2"]), reason: "news"))
        let rows = try #require(try console.json().elements)
        #expect(rows.map { $0["bot"]?.text } == ["trend-1", "bot-2"])
        #expect(rows.allSatisfy { $0["command_id"] == "command-5" && $0["outcome"] == "done" })
        #expect(console.sender.limits == [.seconds(30)])
    }

    @Test func scopeIsNamesOrAll() throws {
        let console = try CommandsHarness()
        #expect(console.run("resume", "--all") == .done)
        #expect(try asked(console) == .resume(.all, reason: nil))
        #expect(console.run("resume") == .usage)
        #expect(console.run("resume", "a", "--all") == .usage)
        #expect(console.sender.requests.count == 1)
    }

    @Test func closingCarriesItsConfirmation() throws {
        let console = try CommandsHarness()
        #expect(console.run("close", "position-1", "--confirm", "T1") == .done)
        #expect(try asked(console) == .closePosition("position-1", confirmation: .token("T1")))
        #expect(console.run("close", "position-1", "--preview") == .done)
        #expect(try asked(console) == .previewClose(position: "position-1"))
        #expect(console.run("close-all", "trend-1", "--confirm-label", "trend-1") == .done)
        #expect(
            try asked(console) == .closeAll(.named(["trend-1"]), confirmation: .label("trend-1")))
        #expect(console.run("close-all", "--all", "--preview") == .done)
        #expect(try asked(console) == .previewCloseAll(.all))
        #expect(console.run("close-all", "--all", "--preview", "--confirm", "x") == .usage)
    }

    @Test func theEnginesDocumentIsTheResult() throws {
        let report = CommandReport(
            command: ID(9), outcome: .done, message: "would close 2 positions",
            result: ["preview_token": "abc", "bots": ["trend-1"], "orders_to_cancel": 0])
        let console = try CommandsHarness(answer: .outcome(report))
        #expect(console.run("close-all", "--all", "--preview", "--json") == .done)
        #expect(try console.json()["preview_token"] == "abc")
        #expect(console.run("close-all", "--all", "--preview") == .done)
        #expect(console.streams.out.contains("preview_token: abc"))
    }

    @Test func aCloseAndItsPreviewAreReadAtNight() throws {
        let preview = try CommandsHarness.closing(of: "close-all", "ada-7").json
        let asked = try CommandsHarness(
            answer: .outcome(
                CommandReport(command: ID(9), outcome: .done, message: "", result: preview)))
        #expect(asked.run("close-all", "ada-7", "--preview") == .done)
        #expect(
            asked.streams.out.hasPrefix(
                "would close 1 position of 1 bot, notional 1,011.62, expected cost 0.50, "
                    + "1 resting order to cancel\n"))
        #expect(asked.streams.out.contains("ada-7  ETH-PERP  short  0.377  1,011.62  +12.38"))
        #expect(asked.streams.out.contains("--confirm abc"))
        let closed = ClosedPositions(
            closed: [
                ClosedPositions.Close(
                    position: ID(1), bot: ID(1), symbol: "ETH-PERP", side: .buy,
                    size: try .parse("0.377"), price: try .parse("2683.55"))
            ],
            commands: [
                OutcomeRow(
                    bot: ID(1), target: "position-1 ada-7 ETH-PERP", command: ID(3),
                    verb: "close", outcome: .done, changed: true, message: "flat")
            ]
        ).json
        let done = try CommandsHarness(
            answer: .outcome(
                CommandReport(command: ID(3), outcome: .done, message: "flat", result: closed)))
        #expect(done.run("close-all", "ada-7", "--confirm", "abc") == .done)
        #expect(done.streams.out.hasPrefix("position-1 ada-7 ETH-PERP: flat\nCLOSED"))
        #expect(done.streams.out.contains("ada-7   ETH-PERP  buy   0.377  2683.55"))
    }

    @Test func anUpdateSaysWhichBotsAndHowManyFirst() throws {
        let console = try CommandsHarness()
        #expect(console.run("update") == .usage)
        #expect(console.streams.err.contains("needs BOT or --all"))
        #expect(console.run("update", "trend-1", "bot-2") == .usage)
        #expect(console.streams.err.contains("--canary 1"))
        #expect(console.run("update", "trend-1", "--all", "--canary", "1") == .usage)
        #expect(console.streams.err.contains("exclude each other"))
        #expect(console.sender.requests.isEmpty)
        #expect(console.run("update", "trend-1") == .done)
        #expect(try asked(console) == .update(bot: "trend-1"))
    }

    @Test func eachBotOfACommandHasItsLine() throws {
        let fault = OutcomeRow.Fault(code: "already_paused", message: "m", remedy: "Wait.")
        let rows = OutcomeRows([
            OutcomeRow(
                bot: ID(1), target: "a", command: ID(9), verb: "pause", outcome: .done,
                changed: true, message: "paused"),
            OutcomeRow(
                bot: ID(2), target: "b", command: ID(10), verb: "pause", outcome: .refused,
                changed: false, message: "b is paused", fault: fault),
        ])
        let report = CommandReport(
            command: ID(9), outcome: .refused, message: "two",
            error: WireError(code: "already_paused", message: "m", remedy: "Wait."),
            result: rows.json)
        let console = try CommandsHarness(answer: .outcome(report))
        #expect(console.run("pause", "a", "b") == .refused)
        #expect(console.streams.out == "a: paused\nb is paused\n  Wait.\n")
        #expect(console.streams.err.isEmpty)
        #expect(console.run("pause", "a", "b", "--json") == .refused)
        #expect(try console.json().elements?.count == 2)
    }

    @Test func aCommandAboutOneThingIsOneObject() throws {
        let report = CommandReport(
            command: ID(9), outcome: .done, message: "opened",
            result: [["target": "x", "command_id": "command-9", "outcome": "done"]])
        let console = try CommandsHarness(answer: .outcome(report))
        #expect(console.run("ticket", "open", "x", "--message", "y", "--json") == .done)
        #expect(try console.json()["command_id"] == "command-9")
        #expect(console.run("pause", "x", "--json") == .done)
        #expect(try console.json().elements?.count == 1)
    }

    /// The label that was given may be another bot's by the time of the answer.
    @Test func whatWasDeployedOrLimitedIsTheBotThatTheEngineNames() throws {
        let lines = [
            ["deploy", "--name", "trend-1", "--region", "tokyo"],
            ["risk", "trend-1", "--set", "max_leverage=3"],
        ]
        for (line, bot) in lines.flatMap({ line in [1, 14].map { (line, ID<Bot>($0)) } }) {
            let row = OutcomeRow(
                bot: bot, target: "trend-1", command: ID(9), verb: line[0], outcome: .done,
                changed: true, message: "done")
            let console = try CommandsHarness(
                answer: .outcome(
                    CommandReport(
                        command: ID(9), outcome: .done, message: "done",
                        result: OutcomeRows([row]).json)))
            #expect(console.run(line + ["--json"]) == .done)
            let json = try console.json()
            #expect(json["command_id"] == "command-9" && json["outcome"] == "done")
            let label = line[0] == "deploy" ? json["label"] : json["bot"]
            #expect(label == (bot == ID(1) ? "trend-1" : "bare-4"), "\(json)")
        }
    }

    @Test func limitsAreCheckedBeforeTheEngineIsAsked() throws {
        let console = try CommandsHarness()
        #expect(
            console.run("risk", "trend-1", "--set", "max_leverage=3", "daily_loss_pct=4") == .done)
        #expect(
            try asked(console)
                == .riskSet(
                    bot: "trend-1",
                    [LimitSetting("max_leverage", "3"), LimitSetting("daily_loss_pct", "4")]))
        #expect(console.run("risk", "trend-1", "--set", "max_leverage=300", "--json") == .usage)
        #expect(try console.json()["error"]?["code"]?.text == "out_of_range")
        #expect(console.run("risk", "trend-1", "--set", "nonsense=3") == .usage)
        #expect(console.run("risk", "trend-1", "--set", "max_leverage") == .usage)
        #expect(console.run("risk", "trend-1", "--set", "max_leverage=3", "--reset") == .usage)
        #expect(console.sender.requests.count == 1)
        #expect(console.run("risk", "trend-1", "--reset") == .done)
        #expect(try asked(console) == .riskReset(bot: "trend-1"))
    }

    @Test func cancelNamesTheCommand() throws {
        let console = try CommandsHarness()
        #expect(console.run("cancel", "command-12") == .done)
        #expect(try asked(console) == .cancel("command-12"))
        #expect(console.run("cancel") == .usage)
    }

    @Test func ticketsCarryTheirText() throws {
        let console = try CommandsHarness()
        #expect(
            console.run("ticket", "open", "no entries", "--bot", "trend-1", "--message", "x\n\n")
                == .done)
        #expect(
            try asked(console)
                == .ticketOpen(
                    subject: "no entries", message: "x\n\n", .bot, .normal, bot: "trend-1"))
        #expect(console.run("ticket", "open", "--message", "x") == .usage)
        #expect(console.run("ticket", "reply", "ticket-1", "--message", " \n") == .usage)
        #expect(console.run("ticket", "note", "ticket-1", "--message", "known") == .done)
        #expect(try asked(console) == .ticketNote("ticket-1", message: "known"))
        #expect(console.run("ticket", "priority", "ticket-1", "urgnt") == .usage)
        #expect(console.streams.err.contains("Did you mean \"urgent\"?"))
        #expect(console.run("ticket", "assign", "ticket-1", "-") == .done)
        #expect(try asked(console) == .ticketAssign("ticket-1", assignee: nil))
    }

    @Test(arguments: [
        ("not_permitted", Console.ExitStatus.notPermitted), ("no_such_bot", .noSuchThing),
        ("ambiguous", .noSuchThing), ("stale_preview", .refused), ("bad_request", .usage),
        ("confirmation_missing", .refused), ("disk_full", .dataUnusable),
    ])
    func aRefusalKeepsItsCode(_ code: String, _ status: Console.ExitStatus) throws {
        let error = WireError(code: code, message: "no", remedy: "do so")
        let console = try CommandsHarness(answer: .refused(error))
        #expect(console.run("pause", "--all", "--json") == status)
        #expect(
            try console.json()
                == ["error": ["code": .string(code), "message": "no", "remedy": "do so"]])
        let late = CommandReport(
            command: ID(1), outcome: .refused, message: "no", error: error)
        let second = try CommandsHarness(answer: .outcome(late))
        #expect(second.run("pause", "--all") == status)
        #expect(second.streams.out.isEmpty)
    }

    @Test func withoutWaitingTheIdIsTheResult() throws {
        let console = try CommandsHarness(answer: .accepted(ID(12)))
        #expect(console.run("close-all", "--all", "--confirm", "t", "--no-wait", "--json") == .done)
        #expect(console.sender.requests.last?.noWait == true)
        #expect(try console.json()["command_id"] == "command-12")
        #expect(try console.json()["outcome"] == "queued")
    }

    /// Of several bots each has an id of its own, and what was refused at once is said.
    @Test func withoutWaitingEachBotHasItsId() throws {
        let fault = OutcomeRow.Fault(
            code: "wrong_state", message: "it is Stopped", remedy: "Start it.")
        let rows = [Int64(1), 2, 3].map { number in
            OutcomeRow(
                bot: ID(number), target: "b\(number)", command: ID(256 + number), verb: "pause",
                outcome: number == 3 ? .refused : .done, changed: number != 3,
                message: number == 3 ? fault.message : "paused", fault: number == 3 ? fault : nil)
        }
        let line = ["pause", "b1", "b2", "b3", "--no-wait"]
        let console = try CommandsHarness(
            answer: .accepted(ID(257), rows: OutcomeRows(rows).json))
        #expect(console.run(line) == .refused)
        #expect(
            console.streams.out == "b1: command-257 was accepted\nb2: command-258 was accepted\n"
                + "b3: it is Stopped\n  Start it.\n")
        #expect(console.run(line + ["--json"]) == .refused)
        let list = try #require(try console.json().elements)
        #expect(list.map { $0["bot"]?.text } == ["bot-1", "bot-2", "bot-3"])
        #expect(list.map { $0["command_id"]?.text } == [257, 258, 259].map { "command-\($0)" })
        #expect(list.map { $0["outcome"]?.text } == ["queued", "queued", "refused"])
        #expect(list.map { $0["changed"]?.flag } == [nil, nil, false])
        #expect(list[2]["error"]?["code"] == "wrong_state")
        let close = ["close-all", "b1", "b2", "--confirm", "t", "--no-wait", "--json"]
        let taken = try CommandsHarness(
            answer: .accepted(ID(257), rows: OutcomeRows(Array(rows.prefix(2))).json))
        #expect(taken.run(close) == .done)
        let document = try taken.json()
        #expect(document["outcome"] == "queued" && document["commands"]?.elements?.count == 2)
        #expect(document["message"] == "command-257, command-258 were accepted")
    }

    @Test func timeoutAndKeysAreTheCallers() throws {
        let console = try CommandsHarness()
        #expect(console.run("pause", "--all", "--timeout", "500ms") == .done)
        #expect(console.sender.limits == [.milliseconds(500)])
        #expect(console.run("pause", "--all") == .done)
        #expect(Set(console.sender.requests.map(\.key)).count == 2)
        #expect(console.run("pause", "--all", "--timeout", "soon") == .usage)
    }

    @Test func readOnlySendsNothing() throws {
        let console = try CommandsHarness()
        #expect(console.run("pause", "--all", "--read-only") == .notPermitted)
        #expect(console.sender.requests.isEmpty)
    }

    @Test func aBrokenTemplateFileIsWrongUsage() throws {
        let console = try CommandsHarness()
        #expect(console.run("template", "import", "/nonexistent/x.template") == .usage)
        let path = "/tmp/plutarc-\(UInt64.random(in: 0 ... .max)).template"
        defer { unlink(path) }
        try TextFile.create(path) { write throws(CommandFailure) in
            try write("[template]\nname = x\nnonsense\n")
        }
        #expect(console.run("template", "import", path, "--json") == .usage)
        #expect(try console.json()["error"]?["message"]?.text?.contains(":3") == true)
        #expect(console.sender.requests.isEmpty)
    }
}
