/// Commands that read a home, as text and as JSON.

import Glibc
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct CommandsReadTests {
    private let console: CommandsHarness

    init() throws { console = try CommandsHarness() }

    /// Every reading command prints exactly one document with --json, and text without.
    @Test(arguments: [
        ["bots"], ["bots", "--history"], ["bots", "--state", "paused"], ["bot", "trend-1"],
        ["bot", "bot-14"], ["risk", "trend-1"], ["positions"], ["positions", "--bot", "mean-2"],
        ["orders"], ["trades"], ["trades", "--since", "2h", "--limit", "1"], ["events"],
        ["commands"], ["audit"], ["audit", "--verify"], ["alerts"], ["tickets"],
        ["ticket", "show", "ticket-2"], ["templates"], ["template", "show", "Trend Follower"],
        ["template", "export", "Mean"], ["template", "show", "trend FOLLOWER"],
        ["sql", "SELECT label, id FROM bots"],
        ["themes"], ["themes", "roles"], ["themes", "check", "default"],
    ])
    func oneDocumentOrText(_ line: [String]) throws {
        #expect(console.run(line + ["--json"]) == .done, "\(console.streams.err)")
        #expect(console.streams.out.hasSuffix("\n"))
        #expect(console.streams.out.count { $0 == "\n" } == 1)
        _ = try console.json()
        #expect(console.streams.err.isEmpty)
        #expect(console.run(line) == .done)
        #expect(!console.streams.out.isEmpty)
        #expect(!console.streams.out.contains("\u{1B}"))
    }

    @Test func botsAreFiltered() throws {
        #expect(console.run("bots", "--json", "--state", "paused") == .done)
        #expect(try console.json().elements?.compactMap { $0["label"]?.text } == ["mean-2"])
        #expect(console.run("bots", "--json", "--search", "TREND") == .done)
        #expect(try console.json().elements?.count == 1)
        #expect(console.run("bots", "--state", "asleep") == .usage)
        #expect(console.run("bots", "--search", "no such bot") == .done)
        #expect(console.streams.out.hasPrefix("No bot matches."))
    }

    /// The console's own grammar: a mistake never reads as "none".
    @Test(arguments: [
        ("status:paused", 1), ("!status:paused tpl:trend", 1), ("bot:\"trend-1\"", 1),
        ("net:live", 1), ("id:bot-2", 1), ("pos:>0 status:online", 1), ("mean-2", 1),
        ("equity:>10000", 1), ("note:kill", 1),
    ])
    func botsAreSearchedAsInTheConsole(_ text: String, _ count: Int) throws {
        #expect(console.run("bots", "--json", "--search", text) == .done)
        #expect(try console.json().elements?.count ?? 0 >= count)
        #expect(try console.json().elements?.count ?? 9 < 4)
    }

    @Test(arguments: ["staus:error", "pos:>many", "net:>5", "staus<3", "age<5", "!up>1d"])
    func aWrongSearchIsNoAllClear(_ text: String) {
        #expect(console.run("bots", "--search", text) == .usage)
        #expect(console.streams.err.hasPrefix("plutarc: --search: "))
        #expect(console.streams.out.isEmpty)
    }

    @Test func resultsOfTheDayAreSearched() throws {
        #expect(console.run("bots", "--json", "--search", "today:>-1000000000") == .done)
        #expect(console.run("bots", "--json", "--search", "today:>1000000000") == .done)
        #expect(try console.json().elements?.isEmpty == true)
    }

    /// What was printed, with single blanks.
    private func printed() -> String {
        console.streams.out.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }.joined(separator: "\n")
    }

    /// One word, one figure: the equity less that of midnight, wherever it is called the day's.
    @Test func theResultOfTheDayIsTheSameEverywhere() throws {
        #expect(console.run("bots", "--search", "trend-1") == .done)
        #expect(printed().contains(" +500.00 -200.00 10,400.00 "), "\(printed())")
        #expect(console.run("bot", "trend-1") == .done)
        #expect(printed().contains("\ntoday -200.00\nrealised today +100.00\n"), "\(printed())")
        #expect(console.run("bots", "--json", "--search", "today:>-201 today:<-199") == .done)
        #expect(try console.json().elements?.map { $0["pnl_today"] } == ["-200"])
    }

    /// A check that passes one side is told as in the console.
    @Test func checksSayWhatTheyAllow() throws {
        let spec = ComponentSpec("ADX / DMI", .filter)
        var template = SystemTemplates.trendFollower
        template.components = [spec, ComponentSpec("Time Stop", .exit)]
        func lines(_ side: Side?, held: Set<String>?) -> [String] {
            let readings = ComponentReading.text(of: [
                ComponentReading(
                    name: "ADX / DMI", role: .filter, weight: 1, value: "13.95 %",
                    state: Verdict.longOnly.text),
                ComponentReading(
                    name: "Time Stop", role: .exit, weight: 1, value: "after 48 candles",
                    state: "armed"),
            ])
            let decision = LastDecision(
                botID: ID(1), symbol: "BTC-PERP", at: FleetFixture.now,
                close: FleetFixture.price("1"), score: 0, threshold: 0.5, side: side,
                verdict: "", readings: readings)
            let breakdown = TemplateBreakdown(template, decisions: [decision])
            return ComponentText.lines(breakdown.components, breakdown.decisions, held: held)
        }
        #expect(lines(.long, held: ["BTC-PERP"])[1].hasSuffix("allows long (13.95 %)"))
        #expect(lines(.short, held: [])[1].hasSuffix("blocks short (13.95 %)"))
        #expect(lines(nil, held: ["BTC-PERP"])[2].hasSuffix("armed (after 48 candles)"))
        #expect(lines(nil, held: [])[2].hasSuffix("flat"))
    }

    /// What hangs on a price may be another by now; a trade that is closed is not.
    @Test func figuresOfAnOldLookAreMarked() throws {
        let old = FleetSight(isSeen: false, unseenFor: .hours(15), asOf: nil)
        console.sight = old
        #expect(console.run("bots", "--search", "trend-1") == .done)
        #expect(printed().contains(" +500.00? -200.00? 10,400.00? "), "\(printed())")
        #expect(console.run("positions") == .done)
        #expect(printed().contains("short 5,900.00? net +24,600.00? "), "\(printed())")
        var figures = FleetFigures(environment: .paper)
        (figures.equity, figures.pnlToday) = (.units(15_300), .units(-5_900))
        figures.realisedToday = .units(100)
        let lines = StatusActions.figureLines(figures, old)
        #expect(
            lines[0].hasSuffix(
                "equity 15,300.00?, today -5,900.00?; realised today +100.00, unrealised 0.00?"))
        let seen = StatusActions.figureLines(figures, .seen)
        #expect(!seen.joined().contains("?"), "the anti-test: nothing is marked while it is seen")
    }

    /// What was known last is found while nothing is known.
    @Test func aSearchWithoutAnEngineFindsWhatWasKnown() throws {
        console.sight = FleetSight(isSeen: false, unseenFor: .hours(15), asOf: nil)
        #expect(console.run("bots", "--json", "--search", "status:paused") == .done)
        #expect(try console.json().elements?.compactMap { $0["label"]?.text } == ["mean-2"])
    }

    @Test(arguments: ["", " ", "\t"])
    func anEmptyWordIsWrongUsage(_ text: String) {
        #expect(console.run("bots", "--search", text) == .usage)
        #expect(console.run("pause", "--all", "--reason", text) == .usage)
        #expect(console.run("pause", "trend-1", "--reason=\(text)") == .usage)
        #expect(console.run("bot", text) == .usage)
    }

    /// Whatever the states say: where nothing may be opened, the list says so.
    @Test(arguments: [true, false]) func stoppedEntriesAreTold(isStopped: Bool) throws {
        let words = "less than 512 MiB are free"
        let console = try CommandsHarness(entriesStopped: isStopped ? words : nil)
        #expect(console.run("bots") == .done)
        #expect(console.streams.out.contains(words) == isStopped, "\(console.streams.out)")
    }

    @Test func textNamesWhatMatters() {
        #expect(console.run("bots") == .done)
        #expect(console.streams.out.contains("ALIVE, NOT EVALUATING, KILL SWITCH: u resets it"))
        #expect(console.streams.out.contains("UNARMED: no key/template"))
        #expect(console.streams.out.contains("+500.00"))
        #expect(console.run("risk", "trend-1") == .done)
        #expect(console.streams.out.contains("REACHED: entries of that asset wait"))
        #expect(console.run("positions") == .done)
        #expect(console.streams.out.contains("PAPER 2 open  long 30,500.00  short 5,900.00"))
    }

    @Test func unknownNamesAreExitStatusFour() throws {
        for line in [["bot", "nobody"], ["ticket", "nobody"], ["template", "nobody"]] {
            let status =
                line[0] == "bot"
                ? console.run("bot", line[1], "--json")
                : console.run(line[0], "show", line[1], "--json")
            #expect(status == .noSuchThing)
            #expect(try console.json()["error"]?["code"]?.text == "no_such_\(line[0])")
        }
        #expect(console.run("trades", "--bot", "bot-") == .noSuchThing)
        #expect(console.streams.err.contains("bot-14 bare-4"))
    }

    @Test func sqlCannotWrite() throws {
        #expect(console.run("sql", "DELETE FROM bots") == .usage)
        #expect(console.run("sql", "SELECT 1; DELETE FROM bots") == .usage)
        #expect(console.run("sql", "SELECT label FROM bots ORDER BY id", "--json") == .done)
        #expect(try console.json().elements?.first == ["label": "trend-1"])
    }

    @Test func checkNamesTheProblems() throws {
        #expect(console.run("check", "--json") == .done)
        #expect(try console.json() == ["ok": true, "problems": [], "bots": []])
        let console = try CommandsHarness(isSound: false)
        #expect(console.run("check", "--json") == .dataUnusable)
        #expect(try console.json()["ok"] == false)
        let problems = try #require(try console.json()["problems"]?.elements)
        #expect(problems.contains { $0.text?.contains("position-2") == true })
        #expect(console.run("check") == .dataUnusable)
        #expect(console.streams.out.split(separator: "\n").count == problems.count)
    }

    /// One bot that cannot run is no damaged data; beside damage it does not hide that.
    @Test func checkTellsABotInErrorFromDamage() throws {
        let wrong = "[session X]\ndays = mon\nstart = 25:00\nend = 15:00\nzone = UTC\n"
        let console = try CommandsHarness(sessions: wrong)
        #expect(console.run("check") == .failed, "\(console.streams.out)")
        #expect(console.streams.out.contains("bots: trend-1: "))
        #expect(console.streams.err.contains("The data is sound"))
        #expect(console.run("check", "--json") == .failed)
        let json = try console.json()
        #expect(json["ok"] == false && json["problems"] == json["bots"])
        let both = try CommandsHarness(isSound: false, sessions: wrong)
        #expect(both.run("check") == .dataUnusable)
    }

    /// The world stood half an hour before the wall: whoever reads the time is told both.
    @Test func theAuditTellsTheWallWhereItDiffers() throws {
        #expect(console.run("audit") == .done)
        let lines = console.streams.out.split(separator: "\n")
        #expect(lines.first?.contains(" WALL ") == true, "\(lines)")
        let row = try #require(lines.dropFirst().first)
        #expect(row.filter { $0 == "Z" }.count == 2, "\(row)")
    }

    @Test func aTraderDoesNotReadTheAudit() throws {
        let trader = try CommandsHarness(
            person: Operator(uid: 7, name: "tom", role: .trader, session: ""))
        #expect(trader.run("audit", "--json") == .notPermitted)
        #expect(try trader.json()["error"]?["code"]?.text == "not_permitted")
        #expect(trader.run("trades") == .done)
        #expect(trader.run("ticket", "show", "ticket-2") == .done)
        #expect(!trader.streams.out.contains("secret"))
        #expect(console.run("ticket", "show", "ticket-2") == .done)
        #expect(console.streams.out.contains("INTERNAL NOTE  sam"))
    }

    @Test func staffSeeTheFleetAndTicketsOnly() throws {
        let staff = try CommandsHarness(
            person: Operator(uid: 8, name: "sam", role: .viewer, isStaff: true, session: ""))
        #expect(staff.run("bots") == .done)
        #expect(staff.run("tickets") == .done)
        #expect(staff.run("trades") == .notPermitted)
        #expect(staff.run("risk", "trend-1") == .notPermitted)
    }

    @Test func anExportIsANewFile() throws {
        let path = "/tmp/plutarc-audit-\(UInt64.random(in: 0 ... .max)).jsonl"
        defer { unlink(path) }
        #expect(console.run("audit", "--export", path, "--json") == .done)
        #expect(try console.json()["rows"] == 3)
        let text = try TextFile.read(path)
        #expect(text.split(separator: "\n").count == 3)
        #expect(console.run("audit", "--export", path) == .refused)
        // Who may not export hears that, whether or not the file is there.
        let trader = try CommandsHarness(
            person: Operator(uid: 7, name: "tom", role: .trader, session: ""))
        #expect(trader.run("audit", "--export", path) == .notPermitted)
        #expect(!trader.streams.err.contains(path), "\(trader.streams.err)")
        #expect(try TextFile.read(path) == text)
    }

    @Test func aTemplateSurvivesItsExport() throws {
        #expect(console.run("template", "export", "Trend Follower") == .done)
        let template = try TemplateFile.parse(console.streams.out, file: "x")
        #expect(template.components == SystemTemplates.all.first?.components)
    }
}
