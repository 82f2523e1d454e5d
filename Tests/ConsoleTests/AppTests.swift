/// The console's own pieces: filters, figures, clock, clipboard, kept texts, sizes.
import Glibc
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct AppTests {
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
        let inside = Clipboard(environment: { ["TMUX": "/tmp/x", "TERM": "screen"][$0] })
        #expect(inside.copy(of: "f").sequence == "\u{1B}]52;c;Zg==\u{07}")
        let screen = Clipboard(environment: { ["TERM": "screen"][$0] })
        #expect(screen.copy(of: "f").sequence == "\u{1B}P\u{1B}]52;c;Zg==\u{07}\u{1B}\\")
        #expect(Clipboard(.plain).copy(of: "f").sequence == "\u{1B}]52;c;Zg==\u{07}")
    }

    @Test func aCopyThatDoesNotFitSaysSo() {
        let long = Clipboard(.plain).copy(of: String(repeating: "日", count: 60_000))
        #expect(long.sequence.utf8.count < 100_100)
        #expect(!long.isWhole)
        #expect(long.bytes % 3 == 0, "no character is cut in half")
        #expect(Clipboard(.plain).copy(of: "日").isWhole)
        var state = ConsoleState(size: Size(80, 24), session: "test")
        func words(_ copy: Clipboard.Copy?) -> String {
            _ = state.update(.copied(copy), at: Instant(milliseconds: 1))
            return state.around.status.history.last?.text ?? ""
        }
        #expect(words(long).contains("more does not fit"))
        #expect(words(nil).contains("no clipboard"))
        #expect(words(Clipboard(.plain).copy(of: "abc")) == "sent to the terminal, 3 bytes")
    }

    // MARK: Kept texts

    @Test func keptTextsOutliveTheProgram() {
        let scratch = Scratch()
        let environment = { (name: String) in name == "XDG_STATE_HOME" ? scratch.path : nil }
        let kept = KeptTexts(home: "/home/a", environment: environment)
        kept.put("draft.1", "two\nlines – and more")
        kept.put("gone", "x")
        kept.put("gone", nil)
        #expect(kept.turn(.seconds(1)) == nil)
        #expect(KeptTexts(home: "/home/a", environment: environment).texts.isEmpty)
        #expect(kept.turn(.milliseconds(1600)) == true)
        #expect(kept.turn(.milliseconds(2600)) == nil)
        let again = KeptTexts(home: "/home/a", environment: environment)
        #expect(again.texts == ["draft.1": "two\nlines – and more"])
        #expect(KeptTexts(home: "/home/b", environment: environment).texts.isEmpty)
    }

    /// What cannot be written is said, and tried again.
    @Test func whatCannotBeKeptIsSaid() {
        let scratch = Scratch()
        let place = scratch.write("state", "a file where a folder should be")
        let environment = { (name: String) in name == "XDG_STATE_HOME" ? place : nil }
        let kept = KeptTexts(home: "/home/a", environment: environment)
        kept.put("draft.1", "x")
        #expect(kept.turn(.seconds(1)) == nil && kept.turn(.seconds(2)) == false)
        #expect(kept.problem?.contains("Not a directory") == true, "\(kept.problem ?? "")")
        #expect(kept.turn(.seconds(3)) == nil && kept.turn(.seconds(4)) == false)
        unlink(place)
        mkdir(place, 0o700)
        mkdir(place + "/plutarc", 0o700)
        #expect(kept.turn(.seconds(5)) == nil && kept.turn(.seconds(6)) == true)
        #expect(kept.problem == nil)
        let again = KeptTexts(home: "/home/a", environment: environment)
        #expect(again.texts == ["draft.1": "x"])
        let nowhere = KeptTexts(home: "/home/a", environment: { _ in nil })
        nowhere.put("draft.1", "x")
        #expect(nowhere.flush() == false && nowhere.problem != nil)
    }

    @Test func aFreshConsoleForgetsViewsAlone() {
        #expect(KeptTexts.isView("fleet.view") && KeptTexts.isView("positions.filter"))
        for name in [
            DraftPurpose.newTicket.name, DraftPurpose.reply(ID(1)).name, SeenMessages.name, "theme",
        ] {
            #expect(!KeptTexts.isView(name), "\(name)")
        }
    }

    // MARK: Results

    @Test func resultsOfSeveralBotsAreCounted() {
        let row = { (target: String, outcome: CommandOutcome, message: String) in
            OutcomeRow(
                target: target, command: ID(1), verb: "pause", outcome: outcome,
                changed: outcome == .done, message: message)
        }
        let rows = [
            row("a", .done, "paused"), row("b", .refused, "b is already paused"),
            row("c", .done, "paused"),
        ]
        #expect(CommandTally(rows)?.words == "2 of 3 done; b: b is already paused")
        #expect(CommandReport.rows(of: OutcomeRows(rows).json) == rows)
        #expect(
            CommandReport.rows(of: ClosedPositions(closed: [], commands: rows).json) == rows)
        #expect(CommandTally([rows[0]]) == nil)
        #expect(CommandTally(CommandReport.rows(of: .null)) == nil)
    }

    // MARK: Sizes

    @Test(arguments: [Destination.fleet, .positions, .support, .bot(ID(1), .template)])
    func everySizeHasAPicture(_ place: Destination) throws {
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
            name, size: Size(100, 30), bot: ID(1), reader: reader, at: ScreenFleet.now)
        #expect(text?.contains("plutarc") == true)
        #expect(
            try ScreenPrinter.text(
                "nosuch", size: Size(80, 24), reader: reader, at: ScreenFleet.now) == nil)
    }
}
