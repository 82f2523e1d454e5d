/// A result that cannot be written: what was done stays done, and is said so.

import Core
import Glibc
import Store
import Testing

@testable import Console

/// **Source** <doc:CommandLine#Exit-statuses>.
@Suite struct CommandsAnswerTests {
    private static let causes = [ENOSPC, EBADF, EIO, EPIPE]

    private func console(
        _ cause: Int32, _ answer: CommandAnswer = .outcome(CommandsHarness.done)
    ) throws -> CommandsHarness { try CommandsHarness(answer: answer, blocked: cause) }

    @Test(arguments: causes, [[], ["--json"]])
    func whatWasDoneIsSaidWithItsId(_ cause: Int32, _ form: [String]) throws {
        let console = try console(cause)
        #expect(console.run(["top-up", "10"] + form) == .unanswered)
        #expect(console.streams.err.contains("command-5: done"))
        #expect(console.streams.err.contains("plutarc commands"))
        #expect(!console.streams.err.contains(" again"))
        #expect(!console.streams.hasLostItsReader)
    }

    @Test(arguments: causes) func whatWasAcceptedIsSaidToo(_ cause: Int32) throws {
        let console = try console(cause, .accepted(ID(12)))
        #expect(console.run("close-all", "--all", "--confirm", "t", "--no-wait") == .unanswered)
        #expect(console.streams.err.contains("command-12: accepted"))
    }

    @Test func everyCommandThatChangesSomethingDoesSo() throws {
        let lines = CommandTable.all.commands.filter(\.changes).flatMap(\.examples).map(\.line)
        for line in lines where !line.contains("--preview") && !line.contains("import") {
            let words = CommandsTableTests.words(line)
            let console = try console(ENOSPC)
            let status = console.run(words + (words[0] == "ticket" ? ["--message", "x"] : []))
            guard !console.sender.requests.isEmpty else { continue }
            #expect(status == .unanswered, "\(line): \(console.streams.err)")
            #expect(console.streams.err.contains("command-5"), "\(line)")
        }
    }

    @Test func ofSeveralThoseThatStandAndThoseRefusedAreNamed() throws {
        let result = OutcomeRows([
            OutcomeRow(
                bot: ID(1), target: "bot-1", command: ID(7), verb: "pause", outcome: .refused,
                changed: false, message: "it is Stopped"),
            OutcomeRow(
                bot: ID(2), target: "bot-2", command: ID(8), verb: "pause", outcome: .done,
                changed: true, message: "paused"),
        ]).json
        let no = WireError(code: "wrong_state", message: "no", remedy: "see it")
        let report = CommandReport(
            command: ID(7), outcome: .refused, message: "no", error: no, result: result)
        let console = try console(ENOSPC, .outcome(report))
        #expect(console.run("pause", "bot-1", "bot-2") == .unanswered)
        #expect(console.streams.err.contains("command-8: done"))
        #expect(console.streams.err.contains("command-7: refused, it is Stopped"))
    }

    @Test func whereNothingWasDoneTheRefusalIsSaid() throws {
        let no = WireError(code: "wrong_state", message: "no such state", remedy: "see it")
        let rows = OutcomeRows([
            OutcomeRow(
                target: "bot-1", command: ID(7), verb: "pause", outcome: .refused,
                changed: false, message: "no")
        ]).json
        let report = CommandReport(
            command: ID(7), outcome: .refused, message: "no", error: no, result: rows)
        for form in [[], ["--json"]] {
            let console = try console(ENOSPC, .outcome(report))
            #expect(console.run(["pause", "--all"] + form) == .refused)
            #expect(console.streams.err.contains("no such state"))
        }
    }

    /// A reader that has gone ends a reading command as it ends every filter.
    @Test(arguments: causes) func aReadingCommandHasFailed(_ cause: Int32) throws {
        for line in ["bots", "bots --json", "help", "close position-1 --preview"] {
            let words = line.split(separator: " ").map(String.init)
            let console = try console(cause)
            #expect(console.run(words) == .failed)
            #expect(console.streams.err.contains("could not be written"))
            #expect(console.streams.hasLostItsReader == (cause == EPIPE))
        }
    }

    /// Without it the line would ask another home.
    @Test(arguments: [[], ["--json"]]) func theRemedyNamesTheHome(_ form: [String]) throws {
        let console = try console(ENOSPC)
        #expect(console.run(["top-up", "10", "--home", "/tmp/it's"] + form) == .unanswered)
        let remedy = "look it up: plutarc --home '/tmp/it'\\''s' commands."
        #expect(console.streams.err.contains(remedy), "\(console.streams.err)")
        #expect(console.run(["top-up", "10"] + form) == .unanswered)
        #expect(console.streams.err.contains("look it up: plutarc commands."))
    }

    @Test func onlyCommandsOverAHomeAreGivenIt() {
        let home = NamedHome(path: "/h")
        let both = "plutarc engine start, then plutarc commands"
        #expect(
            home.added(to: both)
                == "plutarc --home '/h' engine start, then plutarc --home '/h' commands")
        for text in [
            "plutarc --home '/x' status", "plutarc init --home '/x'", "or try plutarc demo.",
            "plutarc --version", "see plutarc help engine", "/srv/plutarc status", "none",
        ] { #expect(home.added(to: text) == text) }
    }

    /// It went out and may have been taken, whatever keeps the next engine away.
    @Test func whatIsLostSaysWhatHelps() {
        let none = CommandFailure(lost: "k", .connection(.noEngine(home: "/h")))
        #expect(none.status == .notFinished && none.code == "connection_lost")
        #expect(none.message.hasSuffix("whether the command was accepted is not known"))
        #expect(none.remedy == "none runs; start one: plutarc engine start")
        let full = CommandFailure(lost: "k", .ended(status: 7, log: ["plutarc: the disk is full"]))
        #expect(full.status == .notFinished && full.code == none.code)
        #expect(full.message.hasSuffix("not known; the engine did not start: the disk is full"))
        let silent = CommandFailure(lost: "k", .unheard(pid: 7, silence: nil))
        #expect(silent.message == none.message)
    }
}
