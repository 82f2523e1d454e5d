/// The console's own pieces: paste guard, filters, figures, clock, clipboard, kept texts, sizes.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct AppTests {
    // MARK: Paste guard

    private func taken(_ text: String, takesText: Bool = false) -> [String] {
        var guardian = PasteGuard(text.map { .key(.character($0)) })
        var result: [String] = []
        while let event = guardian.next(takesText: takesText) {
            switch event {
            case .paste(let text): result.append("paste \(text)")
            case .key(let key): result.append(key.name)
            default: result.append("?")
            }
        }
        return result
    }

    @Test func aBurstOutsideFieldsIsAPaste() {
        #expect(taken("rm -rf the fleet") == ["paste rm -rf the fleet"])
        #expect(taken("Xpy").count == 3)
    }

    @Test func heldKeysAndPromptsAreNoPaste() {
        #expect(taken("jjjjjjjjjjjjjjkkkkkhhhll").count == 24)
        #expect(taken("/btc-trend").first == "/")
        #expect(taken(":bot btc-trend-01").first == ":")
        #expect(taken("btc-trend-01", takesText: true).count == 12)
    }

    @Test func keysAfterAPasteAreKeys() {
        var guardian = PasteGuard("abcdefghi".map { .key(.character($0)) } + [.key(.enter)])
        if case .paste? = guardian.next(takesText: false) {} else { Issue.record("no paste") }
        if case .key(.enter)? = guardian.next(takesText: false) {} else { Issue.record("no key") }
        #expect(guardian.next(takesText: false) == nil)
    }

    // MARK: Figures

    @Test(arguments: [
        ("1284.2", "+1,284.20"), ("-96.11", "-96.11"), ("0", "0.00"), ("0.001", "0.00"),
        ("1000000", "+1,000,000.00"), ("-1234567.891", "-1,234,567.89"),
    ])
    func moneyIsSignedAndGrouped(_ text: String, _ shown: String) throws {
        #expect(try Money.parse(text).signed == shown)
    }

    @Test(arguments: [
        ("61877", "61,877.0"), ("3340.1", "3,340.10"), ("17.9", "17.900"), ("1.5", "1.5000"),
        ("0.5321", "0.53210"),
    ])
    func pricesShowWhatTheirSizeNeeds(_ text: String, _ shown: String) throws {
        #expect(try Price.parse(text).figure == shown)
    }

    @Test func agesUnderTenSecondsHaveATenth() {
        #expect(Figures.fineAge(.milliseconds(430)) == "0.4s")
        #expect(Figures.fineAge(.seconds(11)) == "11s")
        #expect(Figures.fineAge(.seconds(-3)) == "0.0s")
    }

    // MARK: Clock

    @Test func theClockRunsAtTheEnginesSpeed() {
        let start = ScreenFleet.now
        var clock = ConsoleClock()
        clock.run(from: start, speed: "60", at: start)
        #expect(clock.now(at: start + .seconds(2)) == start + .minutes(2))
        clock.stop(at: start + .seconds(2))
        #expect(clock.now(at: start + .hours(1)) == start + .minutes(2))
    }

    @Test func aBoardAheadOfTheClockMovesIt() {
        let start = ScreenFleet.now
        var clock = ConsoleClock()
        clock.run(from: start, speed: "1", at: start)
        clock.see(start + .seconds(5), at: start + .seconds(1))
        #expect(clock.now(at: start + .seconds(1)) == start + .seconds(5))
        clock.see(start + .seconds(3), at: start + .seconds(2))
        #expect(clock.now(at: start + .seconds(2)) == start + .seconds(6))
    }

    // MARK: Clipboard

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
    ])
    func textIsEncodedForTheTerminal(_ text: String, _ encoded: String) {
        #expect(Clipboard.base64(Array(text.utf8)) == encoded)
    }

    @Test func multiplexersGetTheSequenceWrapped() {
        let inside = Clipboard(environment: { ["TMUX": "/tmp/x"][$0] })
        #expect(inside.sequence("f").hasPrefix("\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zg==\u{07}"))
        #expect(Clipboard(environment: { ["TERM": "screen"][$0] }).wrapping == .screen)
        #expect(Clipboard(.none).sequence("f") == "\u{1B}]52;c;Zg==\u{07}")
        let long = Clipboard(.none).sequence(String(repeating: "x", count: 200_000))
        #expect(long.utf8.count < 100_100)
    }

    // MARK: Kept texts

    @Test func keptTextsOutliveTheProgram() {
        let scratch = Scratch()
        let environment = { (name: String) in name == "XDG_STATE_HOME" ? scratch.path : nil }
        let kept = KeptTexts(home: "/home/a", environment: environment)
        kept.put("draft.1", "two\nlines – and more")
        kept.put("gone", "x")
        kept.put("gone", nil)
        kept.turn(.seconds(1))
        #expect(KeptTexts(home: "/home/a", environment: environment).texts.isEmpty)
        kept.turn(.milliseconds(1600))
        let again = KeptTexts(home: "/home/a", environment: environment)
        #expect(again.texts == ["draft.1": "two\nlines – and more"])
        #expect(KeptTexts(home: "/home/b", environment: environment).texts.isEmpty)
    }

    // MARK: Results

    @Test func resultsOfSeveralBotsAreCounted() {
        let rows: JSON = .array([
            ["outcome": "done", "target": "a", "message": "paused"],
            ["outcome": "refused", "target": "b", "message": "b is already paused"],
            ["outcome": "done", "target": "c", "message": "paused"],
        ])
        #expect(CommandTally(rows)?.words == "2 of 3 done; b: b is already paused")
        #expect(CommandTally(["commands": rows])?.words == "2 of 3 done; b: b is already paused")
        #expect(CommandTally(.array([["outcome": "done"]])) == nil)
        #expect(CommandTally(.null) == nil)
    }

    // MARK: Sizes

    @Test(arguments: [Place.fleet, .positions, .support, .bot(ID(1), .template)])
    func everySizeHasAPicture(_ place: Place) throws {
        var journey = try Journey(at: place)
        for columns in [1, 2, 5, 12, 19, 20, 24, 39, 40, 41, 59, 79, 80, 119, 120, 161, 300] {
            for rows in [1, 2, 4, 5, 6, 11, 12, 13, 23, 24, 39, 40, 48, 100] {
                try journey.resize(columns, rows)
                let frame = journey.frame()
                #expect(frame.size == Size(columns, rows))
            }
        }
    }

    @Test func dialogsFitEverySize() throws {
        var journey = try Journey()
        try journey.run("<space> <space> X")
        for columns in [1, 3, 20, 40, 60, 80, 200] {
            for rows in [1, 2, 5, 12, 24, 60] {
                try journey.resize(columns, rows)
                #expect(journey.frame().size == Size(columns, rows))
            }
        }
    }

    @Test func unreadableDataSaysSoWithoutSQL() throws {
        var journey = try Journey()
        try journey.send(.unreadable(headline: "the workspace is busy", remedy: "wait"))
        #expect(journey.text.contains("the workspace is busy"))
        let strange = StoreError.other(code: 1, message: "x", sql: "SELECT secret")
        #expect(!"\(strange.headline)".isEmpty)
    }

    @Test func aStrangerSeesNothing() throws {
        let journey = try Journey(isStranger: true)
        #expect(journey.text.contains("no member of this workspace"))
        #expect(!journey.text.contains("btc-trend-01"))
    }

    // MARK: Printed screens

    @Test(arguments: ScreenPrinter.names)
    func everyNamedScreenPrints(_ name: String) throws {
        let reader = BoardReader(over: try ScreenFleet.database(), owner: ScreenFleet.owner)
        let text = try ScreenPrinter.text(
            name, size: Size(100, 30), bot: ID(1), reader: reader)
        #expect(text?.contains("plutarc") == true)
        #expect(
            try ScreenPrinter.text(
                "nosuch", size: Size(80, 24), reader: reader) == nil)
    }
}
