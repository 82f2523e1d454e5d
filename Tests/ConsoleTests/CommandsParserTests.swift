/// The arguments of the command line. **Source** <doc:CommandLine#Options>.

import Store
import Testing

@testable import Console

@Suite struct CommandsParserTests {
    private func parse(_ line: String...) throws(CommandFailure) -> Invocation {
        try ArgumentParser.parse(line, .all)
    }

    private func complaint(_ line: String...) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try ArgumentParser.parse(line, .all)
        } catch { return error }
        return nil
    }

    @Test func withoutWordsTheConsoleOpens() throws {
        let call = try parse("--home", "/tmp/x", "--ascii")
        #expect(call.command == nil)
        #expect(call[.home] == "/tmp/x")
        #expect(call.has(.ascii))
    }

    @Test func optionsStandBeforeAndAfterTheCommand() throws {
        let before = try parse("--limit", "5", "--json", "trades", "--bot=a")
        let after = try parse("trades", "--bot", "a", "--limit=5", "--json")
        #expect(before == after)
        #expect(before.command?.name == "trades")
        #expect(before[.limit] == "5")
    }

    /// An option that would do nothing is refused, not ignored.
    @Test func theConsolesOptionsAreItsOwn() throws {
        for option in ["--view=fleet", "--fresh", "--theme=default", "--ascii"] {
            #expect(try parse(option).command == nil)
            #expect(try parse("demo", option).command?.name == "demo")
            #expect(complaint("bots", option)?.remedy.contains("the console") == true)
        }
        #expect(try parse("screen", "fleet", "--ascii").has(.ascii))
        #expect(complaint("bots", "--yes") != nil && complaint("--yes") != nil)
        #expect(try parse("pause", "a", "--yes").has(.yes))
    }

    @Test func whatIsNotBuiltIsNoOption() {
        for words in [["--linear"], ["screen", "fleet", "--at", "1h"], ["bots", "--linear"]] {
            #expect(throws: CommandFailure.self) { try ArgumentParser.parse(words, .all) }
        }
    }

    @Test func optionsStandBetweenTheWordsOfACommand() throws {
        let call = try parse("ticket", "--json", "show", "ticket-4")
        #expect(call.command?.name == "ticket show")
        #expect(call.operands == ["ticket-4"])
    }

    @Test func dashesEndOptions() throws {
        let call = try parse("sql", "--", "--json")
        #expect(call.operands == ["--json"])
        #expect(!call.has(.json))
        #expect(!ArgumentParser.asksForJSON(["sql", "--", "--json"]))
    }

    @Test func aSingleDashIsAnOperand() throws {
        #expect(try parse("sql", "-").operands == ["-"])
    }

    @Test func setTakesEveryPairThatFollows() throws {
        let call = try parse("risk", "--set", "max_leverage=3", "daily_loss_pct=4", "bot-1")
        #expect(call.values(of: .set) == ["max_leverage=3", "daily_loss_pct=4"])
        #expect(call.operands == ["bot-1"])
    }

    @Test func aValueMayHoldAnEqualsSign() throws {
        #expect(try parse("pause", "a", "--reason=x=y")[.reason] == "x=y")
    }

    @Test func neitherOfTwoValuesCounts() throws {
        let error = complaint("trades", "--limit", "5", "--limit", "6")
        #expect(error?.message == "--limit stands twice")
    }

    /// Two ways to name a home, also where both could mean the same one.
    @Test(arguments: ["personal", "acme"]) func twoHomesAreNone(_ name: String) throws {
        for command in [[], ["bots"], ["engine", "run"], ["demo"], ["version"]] {
            let one = command + ["--workspace", name]
            let both = command + ["--home=/tmp/x", "--workspace", name]
            #expect(try ArgumentParser.parse(one, .all)[.workspace] == name)
            do throws(CommandFailure) {
                _ = try ArgumentParser.parse(both, .all)
                Issue.record("\(both) was taken")
            } catch {
                #expect(error.status == .usage)
                #expect(error.message == "--home and --workspace name two homes")
            }
        }
    }

    @Test func shortOptionsMayBeJoined() throws {
        let call = try parse("bots", "-qv")
        #expect(call.has(.quiet) && call.has(.verbose))
    }

    @Test func anUnknownOptionIsAnsweredWithTheNearest() {
        let error = complaint("trades", "--limt", "5")
        #expect(error?.status == .usage)
        #expect(error?.code == "usage")
        #expect(error?.remedy == "Did you mean --limit?")
    }

    @Test func anUnknownCommandIsAnsweredWithTheNearest() {
        #expect(complaint("postions")?.remedy == "Did you mean \"plutarc positions\"?")
        #expect(complaint("zzzz")?.remedy == "\"plutarc help\" lists the commands.")
        #expect(complaint("ticket", "opne")?.remedy == "Did you mean \"plutarc ticket open\"?")
    }

    @Test func aGroupAloneListsItsCommands() {
        let error = complaint("ticket")
        #expect(error?.status == .usage)
        #expect(error?.remedy.contains("show, open, reply, note") == true)
    }

    @Test func anOptionOfAnotherCommandNamesItsOwners() {
        let error = complaint("bots", "--limit", "5")
        #expect(error?.message == "--limit is not an option of \"plutarc bots\"")
        #expect(error?.remedy.contains("trades") == true)
    }

    @Test(arguments: [
        ["trades", "--limit"], ["trades", "--limit", "--json"], ["bots", "--json=yes"], ["bot"],
        ["bot", "a", "b"], ["close"], ["version", "now"], ["-Z"], ["--limit", "5"],
    ])
    func wrongUsageIsExitStatusTwo(_ line: [String]) {
        do throws(CommandFailure) {
            _ = try ArgumentParser.parse(line, .all)
            Issue.record("\(line) was taken")
        } catch { #expect(error.status == .usage) }
    }

    @Test func helpAsksForNoOperands() throws {
        #expect(try parse("bot", "--help").has(.help))
        #expect(try parse("ticket", "-h").operands == ["ticket"])
    }

    @Test func hostileTextInAComplaintIsMadeSafe() {
        let message = complaint("b\u{1B}[31m")?.message ?? ""
        #expect(!message.unicodeScalars.contains("\u{1B}"))
    }
}

/// Values of options.
@Suite struct CommandsOptionTests {
    private let now = Instant(text: "2026-03-10T12:00:00Z")!

    private func call(_ option: Option, _ text: String) -> Invocation {
        Invocation(given: [option: [text]])
    }

    @Test func lengthsOfTimeNeedAUnit() throws {
        #expect(try call(.timeout, "30s").span(.timeout) == .seconds(30))
        #expect(try call(.timeout, "500ms").span(.timeout) == .milliseconds(500))
        for text in ["30", "s", "-5s", "5 s", "5w", "99999999999999999999s", "1.5h"] {
            #expect(throws: CommandFailure.self) { try call(.timeout, text).span(.timeout) }
        }
    }

    @Test func timesAreMomentsOrAges() throws {
        #expect(try call(.since, "24h").instant(.since, now: now) == now - .hours(24))
        let midnight = try call(.since, "2026-03-10").instant(.since, now: now)
        #expect(midnight == now - .hours(12))
        #expect(throws: CommandFailure.self) {
            try call(.since, "2026-02-30").instant(.since, now: now)
        }
    }

    @Test func wholeNumbersKeepTheirRange() throws {
        #expect(try call(.limit, "7").integer(.limit, in: 1...10) == 7)
        for text in ["0", "11", "x", "", "1.0"] {
            #expect(throws: CommandFailure.self) {
                try call(.limit, text).integer(.limit, in: 1...10)
            }
        }
    }

    /// Every option of the table whose values are a set, with each of them and with another.
    @Test func aValueOfASetIsHeldAgainstIt() throws {
        var tried: Set<String> = []
        for command in CommandTable.all.commands {
            for option in Option.everywhere + command.options {
                guard case .oneOf(_, let values) = option.argument else { continue }
                tried.insert(option.name)
                for value in values + ["purple"] {
                    let line = command.words + Self.operands(command) + ["--\(option.name)", value]
                    let error = Self.complaint(line)
                    #expect((error == nil) == (value != "purple"), "\(line)")
                    guard let error else { continue }
                    #expect(error.status == .usage)
                    #expect(
                        error.message == "--\(option.name): \"purple\" is none of "
                            + values.joined(separator: ", "))
                }
            }
        }
        #expect(tried == ["color", "state", "status", "category", "priority"])
        #expect(Self.complaint(["--color", "neve"])?.remedy == "Did you mean \"never\"?")
        #expect(Self.complaint(["--color", "purple", "--help"]) == nil)
    }

    /// So many that the command is whole.
    private static func operands(_ command: CommandSpec) -> [String] {
        [String](repeating: "a", count: command.operandRange.least)
    }

    private static func complaint(_ line: [String]) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try ArgumentParser.parse(line, .all)
            return nil
        } catch { return error }
    }

    @Test func theHelpNamesTheValues() {
        let page = HelpText(table: .all).page(of: CommandTable.all["tickets"]!)
        let words = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(
            words.contains(
                "only tickets with this status: open, in_progress, waiting_on_user, resolved, "
                    + "closed"))
    }

    /// A screen that there is not is told of before any bot or home is looked for.
    @Test func aScreenIsOneOfThoseThatThereAre() throws {
        for view in ["nope", "nope:trend-1", "bot", "fleet:a:risk"] {
            do throws(CommandFailure) {
                try ConsoleApp.expectScreen(view)
                Issue.record("\(view) was taken")
            } catch {
                #expect(error.status == .usage && error.remedy.contains("positions"), "\(view)")
            }
        }
        for view in [nil, "fleet", "bot:a", "bot:a:b:risk", "billing"] {
            try ConsoleApp.expectScreen(view)
        }
    }

    @Test func wordsOfAnEnumerationAreListed() {
        do throws(CommandFailure) {
            _ = try call(.state, "pausd").word(.state, as: BotState.self)
            Issue.record("taken")
        } catch {
            #expect(error.message.contains("winding_down"))
            #expect(error.remedy == "Did you mean \"paused\"?")
        }
    }
}
