/// Numbers on the command line: one wording and one exit status, wherever they stand.

import Core
import Store
import Testing

@testable import Console

@Suite struct CommandsNumberTests {
    /// Words before the number, and what stands before its complaint. Zero is lawful in some.
    static let places: [(line: [String], place: String, takesZero: Bool)] = [
        (["trades", "--limit"], "--limit", false), (["orders", "--limit"], "--limit", false),
        (["events", "--limit"], "--limit", false), (["commands", "--limit"], "--limit", false),
        (["audit", "--limit"], "--limit", false),
        (["update", "--all", "--canary"], "--canary", false),
        (["simulate", "--bots"], "--bots", false), (["simulate", "--days"], "--days", false),
        (["init", "--demo", "--days"], "--days", false), (["init", "--seed"], "--seed", true),
        (["init", "--bots"], "--bots", true),
        (["engine", "run", "--speed"], "--speed", false),
        (replay("--fees"), "--fees", true), (replay("--equity"), "--equity", false),
        (replay("--tick"), "--tick", false), (replay("--lot"), "--lot", false),
        (["bench", "engine", "none.csv", "--qty"], "--qty", false),
        (["bench", "fuzz", "1", "--qty"], "--qty", false),
        (["top-up"], "amount", false),
    ]

    private static func replay(_ option: String) -> [String] {
        ["replay", "--candles", "none.csv", "--template", "Trend Follower", option]
    }

    @Test(arguments: places)
    func aWrongNumberIsWrongUsage(
        _ line: [String], _ place: String, _ takesZero: Bool
    ) throws {
        let console = try CommandsHarness()
        for (text, words) in [
            ("-2", "is negative"), ("+5", "begins with a plus sign"), ("0", "is zero"),
            ("99999999999999999999", "is too large"),
        ] where text != "0" || !takesZero {
            #expect(console.run(line + [text]) == .usage, "\(line) \(text)")
            #expect(
                console.streams.err.hasPrefix("plutarc: \(place): \"\(text)\" \(words)"),
                "\(line): \(console.streams.err)")
            #expect(console.streams.err.contains("\n  Write "))
        }
        #expect(console.run(line + ["x"]) == .usage)
        #expect(console.sender.requests.isEmpty)
    }

    @Test(arguments: [
        ("max_leverage", "-2", "is negative"), ("max_leverage", "0", "is zero"),
        ("max_leverage", "+5", "begins with a plus sign"), ("max_leverage", "999", "is too large"),
        ("max_leverage", "2.5", "is not a whole number"), ("daily_loss_pct", "-2", "is negative"),
        ("daily_loss_pct", "0", "is zero"), ("daily_loss_pct", "+5", "begins with a plus sign"),
        ("daily_loss_pct", "0.1", "is too small"), ("daily_loss_pct", "99", "is too large"),
        ("daily_loss_pct", "5%", "is not a decimal number"),
    ])
    func aWrongLimitIsWrongUsage(_ name: String, _ text: String, _ words: String) throws {
        let console = try CommandsHarness()
        #expect(console.run("risk", "trend-1", "--set", "\(name)=\(text)") == .usage)
        #expect(console.streams.err.hasPrefix("plutarc: \(name): \"\(text)\" \(words)"))
        #expect(console.sender.requests.isEmpty)
    }

    @Test func signsOfLengthsAndSizesAreNamed() throws {
        let console = try CommandsHarness()
        for (text, words) in [
            ("-2s", "is negative"), ("-2", "is negative"), ("+5s", "begins with a plus sign"),
            ("0", "is not a length of time"), ("soon", "is not a length of time"),
        ] {
            #expect(console.run("pause", "trend-1", "--timeout", text) == .usage)
            #expect(console.streams.err.contains("--timeout: \"\(text)\" \(words)"))
        }
        for (text, words) in [
            ("-2x40", "\"-2\" is negative"), ("0x40", "\"0\" is zero"),
            ("+5x40", "begins with a plus sign"), ("9x900", "\"900\" is too large"),
            ("9", "is not a size"),
        ] {
            #expect(console.run("screen", "fleet", "--size", text) == .usage)
            #expect(console.streams.err.contains("--size: "))
            #expect(console.streams.err.contains(words))
        }
    }

    @Test func numbersOfASimulationHaveTheSameWords() throws {
        let console = try CommandsHarness()
        for (option, text, words) in [
            ("--seeds", "-2", "--seeds: \"-2\" is negative"),
            ("--seeds", "+5", "--seeds: \"+5\" begins with a plus sign"),
            ("--seeds", "1..+5", "--seeds: \"+5\" begins with a plus sign"),
            ("--seeds", "x", "--seeds: \"x\" names no seeds"),
            ("--faults", "storms=-2", "--faults: storms: \"-2\" is negative"),
            ("--faults", "storms=+2", "--faults: storms: \"+2\" begins with a plus sign"),
            ("--faults", "storms=11", "--faults: storms: \"11\" is too large"),
            ("--faults", "storms=x", "--faults: storms: \"x\" is not a decimal number"),
        ] {
            #expect(console.run("simulate", option, text) == .usage)
            #expect(console.streams.err.hasPrefix("plutarc: \(words)"), "\(console.streams.err)")
        }
    }

    /// What the engine says comes with the same status as what is seen before it is asked.
    @Test(arguments: [
        Refusal.badNumber(name: "max_leverage", .zero("0"), range: "1 to 50"),
        .badValue(name: "daily_loss_flatten", value: "x", expected: "true or false"),
        .unknownLimit("luck", known: []), .life(.amount("-2")), .life(.labelMalformed("--all")),
        .life(.labelReserved("close 5")),
    ])
    func theEnginesWordIsNoOther(_ refusal: Refusal) {
        #expect(CommandFailure(refusal).status == .usage)
        let word = WireError(code: refusal.code, message: refusal.headline, remedy: "")
        #expect(CommandFailure(word).status == .usage)
    }

    @Test func whatStandsOnceIsNotWrittenTwice() throws {
        let console = try CommandsHarness()
        for option in CommandTable.all.options {
            switch option.argument {
            case .one, .oneOf: break
            case .none, .several: continue
            }
            let name = "--\(option.name)"
            #expect(console.run(["version", name, "a", name, "b"]) == .usage)
            #expect(console.streams.err.contains("\(name) stands twice"), "\(name)")
        }
    }
}
