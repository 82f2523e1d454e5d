/// Pastes on a terminal without brackets: told from typed keys, and never commands.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct PasteTests {
    private func taken(_ text: String, takesText: Bool = false) -> [String] {
        var queue = InputQueue()
        queue.add(text.map { .key(.character($0)) }, at: .seconds(0))
        var result: [String] = []
        while let event = queue.next(takesText: takesText) {
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

    /// Its lines are one paste with their ends: Enter would open what the cursor is on.
    @Test func aPasteOfLinesPlaysNoEnter() {
        var queue = InputQueue()
        let keys = "ls -la\nrm -rf x\n".map { $0 == "\n" ? Key.enter : .character($0) }
        queue.add(keys.map { .key($0) }, at: .seconds(1))
        guard case .paste("ls -la\nrm -rf x\n")? = queue.next(takesText: false) else {
            Issue.record("its keys were played")
            return
        }
        #expect(queue.isEmpty)
    }

    @Test func keysAfterAPasteAreKeys() {
        var queue = InputQueue()
        queue.add(
            "abcdefghi".map { .key(.character($0)) } + [.key(.escape)], at: .seconds(0))
        if case .paste? = queue.next(takesText: false) {} else { Issue.record("no paste") }
        if case .key(.escape)? = queue.next(takesText: false) {} else { Issue.record("no key") }
        #expect(queue.next(takesText: false) == nil)
    }

    /// A terminal brings a long paste in several reads: the end of it is no command either.
    @Test func aPasteGoesOnOverReads() {
        func rest(after pause: Int64, off: Set<InputSafeguard> = []) -> [String] {
            var queue = InputQueue(off: off)
            queue.add("restart them".map { .key(.character($0)) }, at: .seconds(1))
            while queue.next(takesText: false, at: .seconds(1)) != nil {}
            let later = Span.seconds(1) + .milliseconds(pause)
            queue.add("XpR".map { .key(.character($0)) }, at: later)
            var keys: [String] = []
            while let event = queue.next(takesText: false, at: later) {
                if case .key(let key) = event { keys.append(key.name) }
            }
            return keys
        }
        #expect(rest(after: 20) == [])
        #expect(rest(after: 20, off: [.pasteGoesOn]) == ["X", "p", "R"])
        #expect(rest(after: 500) == ["X", "p", "R"])
    }

    /// The work for each key is the same, however many wait behind it.
    @Test(arguments: [false, true])
    func theGuardLooksAtEachKeyOnce(takesText: Bool) {
        for text in ["j", "jx", "/abcdefghij", "abcdefgh\u{1}"] {
            var queue = InputQueue()
            let keys = String(repeating: text, count: 40_000 / text.count)
            queue.add(keys.map { .key(.character($0)) }, at: .seconds(0))
            while queue.next(takesText: takesText) != nil {}
            #expect(queue.looks <= 2 * keys.count, "\(text)")
        }
    }

    // MARK: In fields

    private static func keys(_ text: String) -> [TerminalEvent] {
        text.map { .key($0 == "\n" ? .enter : $0 == "\t" ? .tab : .character($0)) }
    }

    /// A field that a script opens, and lines that would do something if their Enter were played.
    struct Field: Sendable, CustomTestStringConvertible {
        var name: String
        var place = Destination.fleet
        var script: String
        var burst: String
        var testDescription: String { name }
    }

    static let fields = [
        Field(name: "filter", script: "/", burst: "btc-trend\nXbtc\n"),
        Field(name: "palette", script: ":", burst: "positions\nxy\n"),
        Field(name: "help", script: "?", burst: "positions\n\n"),
        Field(name: "deploy", script: "a D", burst: "btc-new-21\njj\n"),
        Field(name: "top-up", place: .billing, script: "M", burst: "00000100\n"),
        Field(name: "ticket", place: .support, script: "N", burst: "Subject\tlow\n"),
        Field(
            name: "limit", place: .bot(ID(1), .risk), script: "<enter>", burst: "2\n333333\n"),
        Field(
            name: "label", place: .bot(ID(1), .template), script: "X", burst: "btc-trend-01\n"),
    ]

    /// Enter in a burst submits nothing, and Tab leads nowhere.
    @Test(arguments: fields) func linesInAFieldSubmitNothing(_ field: Field) throws {
        #expect(try Self.stays(field, off: []), "\(field.name) was left")
        #expect(try !Self.stays(field, off: [.linesInFieldAreText]), "nobody notices")
    }

    private static func stays(_ field: Field, off: Set<InputSafeguard>) throws -> Bool {
        var journey = try Journey(Size(100, 30), at: field.place, role: .owner)
        try journey.run(field.script)
        journey.pass(.milliseconds(400))
        try #require(journey.state.takesText, "\(journey.text)")
        let before = (journey.overlay, journey.place, journey.frame().cursor?.row)
        try journey.take([keys(field.burst)], off: off)
        return journey.sent.isEmpty && journey.state.takesText
            && before == (journey.overlay, journey.place, journey.frame().cursor?.row)
    }

    /// In a text of several lines they are its lines, in however many reads they come.
    @Test(arguments: [Set<InputSafeguard>(), [.linesInFieldAreText]])
    func linesInATextAreItsLines(_ off: Set<InputSafeguard>) throws {
        var console = ScriptedConsole(.support, as: SupportFixture.member)
        console.press(.character("r"))
        let reads = ["first\tline", "\nsecond", "\n\tthird"].map(Self.keys)
        console.take(reads, off: off)
        let isText = console.written == "first\tline\nsecond\n\tthird"
        #expect(isText == off.isEmpty, "\(console.written)")
    }

    /// Letters in a burst are typed as ever, and Enter by itself is the person's.
    @Test func enterAloneIsThePersons() throws {
        var journey = try Journey(role: .owner)
        try journey.run("/")
        try journey.take([Self.keys("btc-trend-01"), Self.keys("\n")])
        #expect(journey.state.prompt == nil && journey.fleet?.filter == "btc-trend-01")
        try journey.run(":")
        try journey.take([Self.keys("positions"), Self.keys("\nxy")])
        #expect(journey.overlay == "palette" && journey.place == "fleet")
    }

    /// What is pasted takes the place of a text that is chosen, as what is typed does.
    @Test func aPasteReplacesAChosenText() {
        var editor = LineEditor("5000", limit: 6, isChosen: true)
        #expect(editor.paste("1234567") == .full && editor.text == "5000")
        #expect(editor.tooLong("1234567") == "7 characters and 6 fit: nothing was taken")
        #expect(editor.paste("250\n") == .changed && editor.text == "250")
        #expect(editor.paste("1") == .changed && editor.text == "2501")
    }

    /// As long as a paste goes on no key means anything, and the screen says so.
    @Test(arguments: [Size(80, 24), Size(160, 48), Size(24, 6), Size(20, 3)])
    func aPasteThatGoesOnIsTold(_ size: Size) throws {
        var state = ConsoleState(size: size, session: "test")
        for open in ["", ":", "?", "/"] {
            if !open.isEmpty {
                _ = state.update(.key(.character(Character(open))), at: ScreenFleet.now)
            }
            #expect(!view(state, in: size, .unicode).text.contains("^C ends"))
            _ = state.update(.pasting(true), at: ScreenFleet.now)
            #expect(view(state, in: size, .unicode).text.contains("pasting, ^C ends"), "\(open)")
            _ = state.update(.pasting(false), at: ScreenFleet.now)
            _ = state.update(.key(.escape), at: ScreenFleet.now)
        }
    }
}
