/// Every kind of mistake in a template file, and the error that tells a trader what to do.

import Store
import Testing

@testable import Core

/// Beyond the faults of single values in ``StrategyTemplateFileTests``.
@Suite struct TemplateMistakeTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let kind: String
        let find: String
        let write: String
        let line: Int
        var key: String?
        /// What was expected, or is known: part of the remedy.
        let remedy: String
        var testDescription: String { kind }
    }

    private static func mistake(
        _ kind: String, _ find: String, _ write: String, _ line: Int, _ key: String? = nil,
        says remedy: String
    ) -> Mistake {
        Mistake(kind: kind, find: find, write: write, line: line, key: key, remedy: remedy)
    }

    /// Signs and zero have the words that they have everywhere.
    @Test(arguments: [
        ("percent = 1.25", "percent = -2", "\"-2\" is negative"),
        ("percent = 1.25", "percent = 0", "\"0\" is zero"),
        ("percent = 1.25", "percent = +5", "\"+5\" begins with a plus sign"),
        ("percent = 1.25", "percent = x", "\"x\" is not allowed"),
        ("leverage = 5", "leverage = -2", "\"-2\" is negative"),
        ("leverage = 5", "leverage = 0", "\"0\" is zero"),
        ("leverage = 5", "leverage = +5", "\"+5\" begins with a plus sign"),
        ("leverage = 5", "leverage = 500", "500 is out of range"),
        ("leverage = 5", "leverage = -0", "\"-0\" is negative"),
        ("leverage = 5", "leverage = 9223372036854775808", "9223372036854775808 is out of range"),
        ("period = 7", "period = 9223372036854775808", "9223372036854775808 is out of range"),
        ("warm_up = 200", "warm_up = -0", "\"-0\" is negative"),
        ("warm_up = 200", "warm_up = 9223372036854775808", "9223372036854775808 is out of range"),
        ("risk_percent 1.5", "quantity 9223372036854775808", "9223372036854775808 is out of"),
        ("weight = 2.5", "weight = -2", "\"-2\" is negative"),
        ("weight = 2.5", "weight = +2", "\"+2\" begins with a plus sign"),
        ("risk_percent 1.5", "risk_percent 0", "\"0\" is zero"),
        ("risk_percent 1.5", "equity_percent -2", "\"-2\" is negative"),
        ("risk_percent 1.5", "notional +5", "\"+5\" begins with a plus sign"),
        ("risk_percent 1.5", "notional -5", "\"-5\" is negative"),
        ("risk_percent 1.5", "quantity 0.0", "\"0.0\" is zero"),
        ("mon-wed fri", "0", "\"0\" is not allowed"),
    ]) func signsAndZeroHaveTheirWords(_ find: String, _ write: String, _ words: String) throws {
        let text = StrategyTemplateFileTests.full.replacing(find, with: write)
        let error = try #require(throws: FileError.self) {
            try TemplateFile.parse(text, file: "my.template")
        }
        #expect(error.problem.hasPrefix(words), "\(error.headline)")
    }

    @Test func aNumberIsShownWhole() {
        #expect(99999999999999999999.0.shortText == "1e+20")
        #expect(1.5e20.shortText == "1.5e+20")
        #expect(0.00000125.shortText == "0.00000125")
    }

    static let mistakes: [Mistake] = [
        mistake("unknown key", "leverage = 5", "levrage = 5", 10, "levrage", says: "leverage"),
        mistake("unknown parameter", "period = 7", "length = 7", 15, "length", says: "period"),
        mistake("unknown section", "[exit ", "[exits ", 22, says: "[signal RSI]"),
        mistake("unknown component", "signal RSI", "signal RSX", 13, says: "EMA Cross"),
        mistake("no component named", "[signal RSI]", "[signal]", 13, says: "EMA Cross"),
        mistake("wrong role", "[signal RSI]", "[gate RSI]", 13, says: "signal or filter"),
        mistake("value out of range", "percent = 1.25", "percent = -1", 23, "percent", says: "%"),
        mistake("a word for a number", "period = 7", "period = seven", 15, "period",
            says: "whole number"),
        mistake("decimal comma", "threshold = 0.6", "threshold = 0,6", 7, "threshold",
            says: "0 to 1"),
        mistake("a unit typed", "leverage = 5", "leverage = 5x", 10, "leverage",
            says: "whole number"),
        mistake("no value", "threshold = 0.6", "threshold =", 7, "threshold", says: "0 to 1"),
        mistake("duplicate key", "leverage = 5", "mode = any", 10, "mode", says: "key = value"),
        mistake("duplicate head", "[signal RSI]", "[template]", 13, says: "Keep one"),
        mistake("no signal", "[signal RSI]\nweight = 2.5", "[filter RSI]\n", 2,
            says: "[signal EMA Cross]"),
        mistake("all weights 0", "weight = 2.5", "weight = 0", 2, says: "[signal EMA Cross]"),
        mistake("no exit", "[exit Hard Stop Loss]\npercent = 1.25", "", 2,
            says: "[exit Hard Stop Loss]"),
        mistake("bad weight", "weight = 2.5", "weight = -1", 14, "weight", says: "0 to 10"),
        mistake("bad mode", "majority", "most", 6, "mode", says: "weighted, majority"),
        mistake("bad timeframe", "= 5m", "= 5 min", 5, "timeframe", says: "1m, 5m, 15m"),
        mistake("bad direction", "= long", "= buy", 8, "direction", says: "both"),
        mistake("bad sizing", "risk_percent 1.5", "risk 1.5", 9, "sizing", says: "risk_percent 1"),
        mistake("bad warm-up", "warm_up = 200", "warm_up = -5", 11, "warm_up", says: "0 to"),
        mistake("no warm-up", "warm_up = 200", "warm_up = 1.5", 11, "warm_up",
            says: "auto, or a whole number of candles from 0 to 1000000"),
        mistake("a warm-up beyond counting", "warm_up = 200", "warm_up = 9223372036854775808", 11,
            "warm_up", says: "0 to 1000000"),
        mistake("leverage beyond counting", "leverage = 5", "leverage = 9223372036854775808", 10,
            "leverage", says: "1 to 100"),
        mistake("a size beyond counting", "risk_percent 1.5", "notional 92233720368547758.08", 9,
            "sizing", says: "at most \(Money.most)"),
        mistake("too much equity", "risk_percent 1.5", "equity_percent 1000.01", 9, "sizing",
            says: "0.01 to 1000"),
        mistake("session: bad day", "mon-wed fri", "mon-xyz", 26, "days", says: "mon-fri"),
        mistake("session: bad time", "09:00", "9am", 27, "start", says: "09:00"),
        mistake("session: no end", "end = 24:00\n", "", 25, "end", says: "start, end and zone"),
        mistake("session: no name", "[session Tokyo]", "[session]", 25, says: "[session Tokyo]"),
        mistake("session: unknown zone", "Asia/Tokyo", "Asia/Tokio", 29, "zone", says: "IANA"),
        mistake("session: zone as path", "Asia/Tokyo", "../../etc/passwd", 29, "zone",
            says: "IANA"),
        mistake("session: a region alone", "Asia/Tokyo", "Asia", 29, "zone", says: "IANA"),
        mistake("session: an unknown key", "zone =", "tz =", 29, "tz", says: "zone"),
        mistake("no equals sign", "leverage = 5", "leverage 5", 10, says: "key = value"),
        mistake("no key", "leverage = 5", "= 5", 10, says: "key = value"),
        mistake("open bracket", "[signal RSI]", "[signal RSI", 13, says: "[section]"),
        mistake("a key before any section", "# a comment", "leverage = 5", 1, "leverage",
            says: "[section]"),
        mistake("control character", "My Fade", "My \u{7}Fade", 3, "name", says: "one line"),
        mistake("two rules at odds", "low = 30", "low = 80", 16, "low", says: "smaller than high"),
    ]

    @Test(arguments: mistakes) func theErrorNamesFileLineKeyAndWhatToDo(
        _ mistake: Mistake
    ) throws {
        let text = StrategyTemplateFileTests.full.replacing(mistake.find, with: mistake.write)
        try #require(text != StrategyTemplateFileTests.full)
        let error = try #require(throws: FileError.self) {
            try TemplateFile.parseNew(text, file: "my.template")
        }
        let place = "my.template:\(mistake.line): " + (mistake.key.map { "\($0): " } ?? "")
        #expect(error.headline.hasPrefix(place), "\(error.headline)")
        #expect(error.problem.count > 5 && error.headline.count < 200, "\(error.headline)")
        #expect(error.remedy.contains(mistake.remedy), "\(error.remedy)")
        #expect(error.key == mistake.key)
    }

    @Test func theFileWithoutAMistakeIsTaken() throws {
        let text = StrategyTemplateFileTests.full
        let plain = try TemplateFile.parse(text, file: "my.template")
        #expect(try TemplateFile.parseNew(text, file: "my.template") == plain)
    }

    /// As editors elsewhere write them.
    @Test func linesMayEndInCarriageReturnsAndAMarkMayStandInFront() throws {
        let text = StrategyTemplateFileTests.full
        let plain = try TemplateFile.parse(text, file: "my.template")
        let foreign = "\u{FEFF}" + text.replacing("\n", with: "\r\n")
        #expect(try TemplateFile.parse(foreign, file: "my.template") == plain)
        let broken = foreign.replacing("period = 7", with: "period = 0")
        let error = try #require(throws: FileError.self) {
            try TemplateFile.parse(broken, file: "my.template")
        }
        #expect(error.line == 15 && error.key == "period")
    }

    /// A line of a megabyte is quoted in a few words.
    @Test(arguments: ["", "[", "[signal ", "period = ", "name = x ; y\n[exit Time Stop]\n"])
    func aLineThatIsTooLongIsQuotedShort(_ start: String) throws {
        let noise = String(repeating: "long ", count: 200_000)
        let text = "[template]\nname = x\ntimeframe = 1h\n[signal RSI]\n\(start)\(noise)]\n"
        let error = try #require(throws: FileError.self) {
            try TemplateFile.parse(text, file: "my.template")
        }
        #expect(error.headline.utf8.count < 300, "\(error.headline.utf8.count) bytes")
        #expect((error.line ?? 0) >= 5)
    }

    /// What was stored before a rule came stays readable.
    @Test func storedTemplatesNeedNoExitAndNoKnownZone() throws {
        let text = "[template]\nname = x\ntimeframe = 1h\n[signal RSI]\n"
            + "[session a]\ndays = mon\nstart = 09:00\nend = 10:00\nzone = Old/Zone\n"
        #expect(try TemplateFile.parse(text, file: "x").sessions.count == 1)
        #expect(throws: FileError.self) { try TemplateFile.parseNew(text, file: "x") }
    }

    @Test func systemTemplatesKeepToTheRulesForNewOnes() throws {
        for template in SystemTemplates.all {
            let text = TemplateFile.print(template)
            #expect(try TemplateFile.parseNew(text, file: "x").name == template.name)
        }
    }
}
