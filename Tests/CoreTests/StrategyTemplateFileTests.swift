/// The template format: round trips, and errors that name file, line and key.

import Store
import Testing

@testable import Core

@Suite struct StrategyTemplateFileTests {
    static let full = """
        # a comment
        [template]
        name = My Fade ; trailing
        description = Fades, carefully.
        timeframe = 5m
        mode = majority
        threshold = 0.6
        direction = long
        sizing = risk_percent 1.5
        leverage = 5
        warm_up = 200

        [signal RSI]
        weight = 2.5
        period = 7
        low = 30

        [filter adx]
        min = 0
        max = 20

        [exit Hard Stop Loss]
        percent = 1.25

        [session Tokyo]
        days = mon-wed fri
        start = 09:00
        end = 24:00
        zone = Asia/Tokyo
        """

    private func parse(_ text: String) throws(FileError) -> Template {
        try TemplateFile.parse(text, file: "my.template")
    }

    @Test func everyFieldIsRead() throws {
        let template = try parse(Self.full)
        #expect(template.name == "My Fade" && template.summary == "Fades, carefully.")
        #expect(template.timeframe == .fiveMinutes && template.mode == .majority)
        #expect(template.threshold == 0.6 && template.direction == .long)
        #expect(template.sizing == .riskShare(.basisPoints(150)) && template.leverage == 5)
        #expect(template.warmUp == 200)
        #expect(
            template.components == [
                ComponentSpec("RSI", .signal, weight: 2.5, ["period": "7"]),
                ComponentSpec("ADX / DMI", .filter, ["min": "0", "max": "20"]),
                ComponentSpec("Hard Stop Loss", .exit, ["percent": "1.25"]),
            ])
        #expect(
            template.sessions == [
                SessionWindow(
                    name: "Tokyo", days: [0, 1, 2, 4], start: 540, end: 1440, zone: "Asia/Tokyo")
            ])
    }

    @Test func printingAndReadingGivesTheSameTemplate() throws {
        var templates = SystemTemplates.all.map { system in
            var copy = system
            copy.kind = .user
            return copy
        }
        templates.append(try parse(Self.full))
        let sizings = [
            Sizing.quantity(Quantity(raw: 5)), .notional(.units(250)), .equityShare(.percent(2)),
            .equityShare(Rate(raw: 10_001)), .riskShare(Rate(raw: 33_333_333)),
        ]
        for sizing in sizings {
            var template = try parse(Self.full)
            template.sizing = sizing
            template.warmUp = nil
            template.threshold = 0.00001
            templates.append(template)
        }
        for template in templates {
            let text = TemplateFile.print(template)
            #expect(try parse(text) == template)
            #expect(TemplateFile.print(try parse(text)) == text)
        }
    }

    @Test func printingShowsEveryParameterWithItsUnit() {
        let text = TemplateFile.print(SystemTemplates.meanReverter)
        #expect(text.contains("[filter ADX / DMI]\nperiod = 14  ; candles\nmin = 0\nmax = 20\n"))
        #expect(text.contains("[exit Take Profit]\npercent = 4  ; %\n"))
    }

    /// A line to replace in the full file, and the line and key that the error names.
    static let faults: [(find: String, write: String, line: Int, key: String?)] = [
        ("[signal RSI]", "[signal RSX]", 13, nil),
        ("[signal RSI]", "[exit RSI]", 13, nil),
        ("[signal RSI]", "[sgnal RSI]", 13, nil),
        ("weight = 2.5", "weight = 11", 14, "weight"),
        ("weight = 2.5", "weight = much", 14, "weight"),
        ("period = 7", "length = 7", 15, "length"),
        ("period = 7", "period = 0", 15, "period"),
        ("period = 7", "period = 7.5", 15, "period"),
        ("period = 7", "period = 0x7", 15, "period"),
        ("low = 30", "low = 70", 16, "low"),
        ("low = 30", "low = nan", 16, "low"),
        ("max = 20", "max = 20\nmax = 21", 21, "max"),
        ("[exit Hard Stop Loss]", "[filter Hard Stop Loss]", 22, nil),
        ("timeframe = 5m", "timeframe = 7m", 5, "timeframe"),
        ("timeframe = 5m\n", "", 2, "timeframe"),
        ("mode = majority", "mode = all", 6, "mode"),
        ("threshold = 0.6", "threshold = 1.1", 7, "threshold"),
        ("direction = long", "direction = up", 8, "direction"),
        ("risk_percent 1.5", "risk_percent 0", 9, "sizing"),
        ("risk_percent 1.5", "everything", 9, "sizing"),
        ("leverage = 5", "leverage = 0", 10, "leverage"),
        ("warm_up = 200", "warm_up = soon", 11, "warm_up"),
        ("warm_up = 200", "warmup = 200", 11, "warmup"),
        ("name = My Fade ; trailing\n", "", 2, "name"),
        ("[template]", "[templat]", 2, nil),
        ("days = mon-wed fri", "days = someday", 26, "days"),
        ("start = 09:00", "start = 25:00", 27, "start"),
        ("start = 09:00", "start = 24:00", 27, "start"),
        ("end = 24:00\n", "", 25, "end"),
        ("zone = Asia/Tokyo", "place = Tokyo", 29, "place"),
        ("[filter adx]", "filter adx", 18, nil),
    ]

    @Test(arguments: faults.indices) func faultsNameFileLineAndKey(_ index: Int) throws {
        let fault = Self.faults[index]
        let text = Self.full.replacing(fault.find, with: fault.write)
        #expect(text != Self.full)
        let error = try #require(throws: FileError.self) { try parse(text) }
        #expect(error.file == "my.template" && !error.remedy.isEmpty)
        if fault.write != "[templat]" { #expect(error.line == fault.line, "\(error.headline)") }
        #expect(error.key == fault.key, "\(error.headline)")
    }

    @Test func aTemplateWithoutASignalIsRefused() throws {
        let text = "[template]\nname = x\ntimeframe = 1h\n[exit Time Stop]\n"
        let error = try #require(throws: FileError.self) { try parse(text) }
        #expect(error.problem.contains("no signal"))
    }

    @Test func theLongerTimeframeMustBeLonger() throws {
        let text = "[template]\nname = x\ntimeframe = 4h\n[signal RSI]\n[filter HTF Trend]\n"
        let error = try #require(throws: FileError.self) { try parse(text) }
        #expect(error.line == 5 && error.key == "timeframe")
    }

    @Test func rulesOnTheEntryATRMustAgreeOnItsLength() throws {
        let text = """
            [template]
            name = x
            timeframe = 4h
            [signal RSI]
            [exit ATR Stop]
            period = 14
            [exit Volatility Exit]
            period = 20
            """
        let error = try #require(throws: FileError.self) { try parse(text) }
        #expect(error.line == 8 && error.key == "period")
    }

    @Test func systemTemplatesAreSound() throws {
        for template in SystemTemplates.all {
            try template.validate()
            #expect(template.kind == .system && !template.summary.isEmpty)
            for spec in template.components {
                #expect(Catalog.kind(named: spec.name)?.name == spec.name)
            }
        }
    }
}
