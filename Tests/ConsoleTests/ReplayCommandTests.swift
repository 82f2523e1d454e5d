/// `replay` on the command line: its ranges, its numbers, its limits, and what it tells.
import Core
import Foundation
import Store
import TestKit
import Testing

@testable import Console

@Suite struct ReplayCommandTests {
    private let scratch = Scratch("plutarc-replay-words")
    private let streams = CapturedStreams()
    private let candles: String
    private let template: String

    /// Three hours at 100, one that rises to 101, three there, one that falls to 90.
    init() throws {
        let rows =
            Array(repeating: "100,100,100,100", count: 3) + ["100,101,100,101"]
            + Array(repeating: "101,101,101,101", count: 3) + ["101,101,85,90"]
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (hour, row) in rows.enumerated() {
            text += "\(1_767_225_600_000 + hour * 3_600_000),\(row),1000\n"
        }
        candles = scratch.write("X-PERP.csv", text)
        template = scratch.write(
            "t.template",
            """
            [template]
            name = T
            description = T
            timeframe = 1h
            mode = any
            direction = long

            [signal Rate of Change]
            period = 1
            threshold = 0.5

            [exit Hard Stop Loss]
            percent = 50
            """)
    }

    private func run(line: [String]) -> Console.ExitStatus {
        (streams.out, streams.err) = ("", "")
        return CommandDispatcher(actions: ReplayCommand.actions).run(
            line, streams: streams, environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
    }

    private func run(_ more: String...) -> Console.ExitStatus { run(line: standard(more)) }

    private func standard(_ more: [String]) -> [String] {
        let fees = more.contains("--fees") ? [] : ["--fees", "0"]
        return ["replay", "--candles", candles, "--template", template] + fees + more
    }

    private func json(_ more: String...) throws -> JSON {
        #expect(run(line: standard(["--json"] + more)) == .done, "\(streams.err)")
        return try JSON.parse(streams.out)
    }

    @Test func whatIsOpenAtTheEndIsTold() throws {
        let open = try #require(try json()["open"]?.elements)
        try #require(open.count == 1)
        #expect(open[0]["symbol"]?.text == "X-PERP" && open[0]["side"]?.text == "long")
        #expect(open[0]["mark"]?.text == "90")
        #expect(run() == .done)
        #expect(streams.out.contains("still open: long"))
        let line = streams.out.split(separator: "\n").first { $0.hasPrefix("still open") } ?? ""
        let (fees, funding) = (open[0]["fees"]?.text ?? "", open[0]["funding"]?.text ?? "")
        let words = try [fees, funding].map { try Money.parse($0).text(decimals: 2) }
        #expect(line.hasSuffix(", fees \(words[0]), funding \(words[1])"), "\(line)")
        #expect(streams.out.contains("first in the way of an entry: "))
        let paid = try json("--fees", "5")["open"]?.elements?.first?["fees"]?.text
        #expect(try Money.parse(paid ?? "").isPositive)
    }

    /// All of a long at leverage 1 is paid: no price uses it up.
    @Test(arguments: [("1", true), ("3", false)]) func whatNoPriceUsesUpHasNoLiquidationPrice(
        _ leverage: String, _ isNull: Bool
    ) throws {
        let text = try String(contentsOfFile: template, encoding: .utf8)
            .replacingOccurrences(of: "mode = any", with: "mode = any\nleverage = \(leverage)")
        let path = scratch.write("leverage.template", text)
        let line = ["replay", "--candles", candles, "--fees", "0", "--json", "--template", path]
        #expect(run(line: line) == .done, "\(streams.err)")
        let open = try #require(try JSON.parse(streams.out)["open"]?.elements?.first)
        #expect(open["liquidation_price"]?.isNull == isNull)
    }

    /// The name of a limit is told once.
    @Test func aLimitThatIsRefusedIsNamedOnce() {
        let path = scratch.write("sign.ini", "[limits]\nmax_leverage = +5\n")
        #expect(run("--limits", path) == .usage)
        #expect(streams.err.contains("sign.ini:2: max_leverage: \"+5\" begins with a plus"))
    }

    @Test func blockersAreCountedByName() throws {
        let result = try json()
        #expect(result["blocked"]?["score"]?.integer ?? 0 > 0)
        #expect(result["latched_at"]?.isNull == true)
        let tight = scratch.write("tight.ini", "[limits]\ndaily_loss_pct = 0.5\n")
        let latched = try json("--limits", tight)
        #expect(latched["latched_at"]?.text == "2026-01-01T08:00:00.000Z")
        #expect(run("--limits", tight) == .done)
        #expect(streams.out.contains("the daily loss limit latched at 2026-01-01T08:00"))
    }

    /// A pause that nobody would have ended is told with its cause and its instant.
    @Test func aStreakThatWaitsForAPersonIsTold() throws {
        let text = try String(contentsOfFile: template, encoding: .utf8)
            .replacingOccurrences(of: "percent = 50", with: "percent = 1")
        let path = scratch.write("tight.template", text)
        let limits = "[limits]\ndaily_loss_pct = 50\nconsecutive_losses = 2\n"
        func ask(_ cooldown: Int, _ losses: Int, _ more: [String]) throws -> String {
            let file = scratch.write(
                "streak.ini",
                limits.replacingOccurrences(of: "= 2", with: "= \(losses)")
                    + "consecutive_loss_cooldown_min = \(cooldown)\n")
            let line = ["replay", "--candles", candles, "--template", path, "--limits", file]
            #expect(run(line: line + more) == .done, "\(streams.err)")
            return streams.out
        }
        let json = try JSON.parse(try ask(0, 1, ["--json"]))
        let at = try #require(json["paused_at"]?.text)
        #expect(json["pause_cause"]?.text == "loss_streak" && json["latched_at"]?.isNull == true)
        #expect(at >= "2026-01-01T07:00:00.000Z" && at <= "2026-01-01T08:00:00.000Z", "\(at)")
        #expect(json["trades"]?.elements?.count == 1)
        let words = try ask(0, 1, [])
        #expect(words.contains("(losing streak) until a person resumes it"), "\(words)")
        // One that ends by itself, and one that never came, are not told.
        for (cooldown, losses) in [(60, 1), (0, 9)] {
            let other = try JSON.parse(try ask(cooldown, losses, ["--json"]))
            #expect(other["pause_cause"]?.isNull == true && other["paused_at"]?.isNull == true)
            #expect(try !ask(cooldown, losses, []).contains("until a person"))
        }
    }

    @Test(
        arguments: [
            ("2026-01-02T00:00Z", nil), ("2026-01-01T05:00Z", "2026-01-01T05:00Z"),
            ("2026-01-01T05:00Z", "2026-01-01T02:00Z"), (nil, "2025-01-01T00:00Z"),
            ("2026-01-01T05:10Z", "2026-01-01T05:50Z"), (nil, "2026-01-01T00:00Z"),
            (nil, "2026-01-01T01:00Z"),
        ] as [(String?, String?)])
    func anEmptyRangeIsWrongUsage(_ from: String?, _ to: String?) throws {
        var line = ["replay", "--candles", candles, "--template", template]
        if let from { line += ["--from", from] }
        if let to { line += ["--to", to] }
        #expect(run(line: line) == .usage)
        #expect(streams.err.contains("plutarc: "))
        #expect(streams.out.isEmpty)
        // One word for scripts, whichever end of the range it is.
        #expect(run(line: line + ["--json"]) == .usage)
        let code = try JSON.parse(streams.out)["error"]?["code"]?.text
        #expect(code == "empty_range", "\(streams.out)")
    }

    @Test(arguments: [
        ("-2", "is negative"), ("+5", "begins with a plus sign"), ("x", "is not a decimal number"),
        ("99999999999999999999", "is too large"),
    ]) func numbersHaveTheirWordsInEachOption(_ text: String, _ words: String) {
        for option in ["--fees", "--equity", "--tick", "--lot"] {
            #expect(run(option, text) == .usage)
            #expect(streams.err.contains("\(option): \"\(text)\" \(words)"))
        }
        for option in ["--equity", "--tick", "--lot"] {
            #expect(run(option, "0") == .usage)
            #expect(streams.err.contains("\(option): \"0\" is zero"))
        }
        #expect(run("--fees", "0") == .done)
        for (option, text, most) in [
            ("--fees", "10000.1", "10000,"), ("--equity", "1000000001", "1000000000,"),
        ] {
            #expect(run(option, text) == .usage)
            #expect(streams.err.contains("at most \(most)"))
        }
    }

    @Test func theLimitsStandUnderTheirHeading() {
        let other = scratch.write("other.ini", "[risk]\ndaily_loss_pct = 2\n")
        #expect(run("--limits", other) == .usage)
        #expect(streams.err.contains("other.ini:1: [risk] is not a section of limits"))
        #expect(streams.err.contains("[limits]"))
        let both = scratch.write(
            "both.ini", "[limits]\ndaily_loss_pct = 2\n[limit]\nmax_leverage = 2\n")
        #expect(run("--limits", both) == .usage)
        #expect(streams.err.contains("both.ini:3"))
        let bare = scratch.write("bare.ini", "daily_loss_pct = 2\n")
        #expect(run("--limits", bare) == .usage)
        #expect(streams.err.contains("before the first [limits]"))
        #expect(streams.err.contains("Write [limits], key = value"))
        let rows = "[limits]\ndaily_loss_pct = 2\n[limits]\ndaily_loss_pct = 3\n"
        #expect(run("--limits", scratch.write("twice.ini", rows)) == .usage)
        #expect(streams.err.contains("twice.ini:3: [limits] stands twice"))
        #expect(run("--help") == .done)
        #expect(streams.out.contains("[limits]"))
    }

    /// A home's own templates by name; a home that is not asked for is not needed.
    @Test func aTemplateOfTheHomeIsKnown() throws {
        let home = scratch.path + "/home"
        _ = try Home.open(path: home, for: .engine, creating: true)
        let open = try Home.open(path: home, for: .console)
        try FleetFixture.write(to: open.path(of: .database))
        chmod(open.path(of: .database), 0o600)
        let engine = try Database(opening: open.path(of: .database))
        let text = try String(contentsOfFile: template, encoding: .utf8)
        try engine.write { db throws(StoreError) in
            try db.insert(
                TemplateVersion(
                    name: "Mine", version: 3, text: text, createdAt: FleetFixture.now,
                    createdBy: "ana"))
        }
        let line = ["replay", "--candles", candles, "--fees", "0", "--json"]
        for name in ["Mine", "mine"] {
            let words = line + ["--template", name, "--home", home]
            #expect(run(line: words) == .done, "\(streams.err)")
            #expect(try JSON.parse(streams.out)["open"]?.elements?.count == 1)
        }
        #expect(run(line: line + ["--template", "Other", "--home", home]) == .noSuchThing)
        #expect(streams.out.contains("Mine") && streams.out.contains("Trend Follower"))
        #expect(run(line: line + ["--template", "Mine"]) == .noSuchThing)
        #expect(run(line: line + ["--template", template]) == .done)
    }
}
