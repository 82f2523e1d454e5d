/// Menus, dialogs and panels take their keys from the one table, and no others.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct OverlayKeysTests {
    /// What lies over a screen, and the keys that open it.
    private static let scenes: [Scene] = [
        Scene(name: "menu", script: "a"), Scene(name: "sort", script: "s"),
        Scene(name: "copy", script: "y"), Scene(name: "plain", script: "Y"),
        Scene(name: "alerts", script: "!"), Scene(name: "help", script: "?"),
        Scene(name: "palette", script: ":"), Scene(name: "quit", script: "q"),
        Scene(name: "deploy", script: "a D"), Scene(name: "rollout", script: "a O"),
        Scene(name: "position", place: .positions, script: "<enter>"),
        Scene(name: "close", place: .positions, script: "x"),
        Scene(name: "close all", script: "/btc-trend <enter> X"),
        Scene(name: "why", place: .bot(ID(1), .template), script: "W"),
        Scene(name: "templates", place: .bot(ID(1), .template), script: "c"),
        Scene(name: "top up", place: .billing, script: "M"),
    ]

    @Test func everyKindHasAWayOutAndOneMeaningForAKey() {
        for context in KeyContext.allCases where context.isOverlay {
            let own = Binding.defaults.filter { $0.context == context }
            #expect(own.contains { $0.command == .closeTop }, "\(context) has no way out")
            let keys = own.flatMap(\.keys)
            #expect(keys.count == Set(keys).count, "\(context)")
            #expect(own.allSatisfy { $0.permission == nil && !$0.changes })
        }
    }

    @Test(arguments: scenes) func escapeClosesAndTheHintsHold(_ scene: Scene) throws {
        let opened = try scene.journey()
        let overlay = try #require(opened.state.overlays.last, "\(scene.name) did not open")
        let keymap = opened.state.around.keymap
        #expect(overlay.keyContext.isOverlay)
        for hint in overlay.hints(opened.state.around) where hint.keys != "type" {
            let names = Key(name: hint.keys) != nil
                ? [hint.keys]
                : hint.keys.contains(" ")
                    ? hint.keys.split(separator: " ").map(String.init)
                    : hint.keys.map { String($0) }
            for name in names {
                let key = try #require(Key(name: name), "\(hint.keys)")
                let command = keymap.command(of: key, in: overlay.keyContext)
                #expect(command != nil, "\(scene.name): \(name) \(hint.label)")
            }
        }
        var closed = opened
        closed.pass(.seconds(1))
        try closed.send(.key(.escape))
        #expect(closed.state.overlays.isEmpty, "\(scene.name)")
    }

    /// The same key on another command, everywhere and in a menu.
    private static func remapped(
        _ command: KeyCommand, in context: KeyContext, to keys: [Key]
    ) -> Keymap {
        Keymap(Binding.defaults.map { binding in
            var binding = binding
            if binding.command == command, binding.context == context { binding.keys = keys }
            return binding
        })
    }

    private static func pressed(_ key: Key, _ scene: Scene, _ keymap: Keymap) throws -> Journey {
        var journey = try scene.journey()
        journey.use(keymap)
        journey.pass(.seconds(1))
        try journey.send(.key(key))
        return journey
    }

    @Test(arguments: scenes) func anotherKeyClosesIt(_ scene: Scene) throws {
        let opened = try scene.journey()
        let context = try #require(opened.state.overlays.last).keyContext
        let keymap = Self.remapped(.closeTop, in: context, to: [.function(11)])
        #expect(try Self.pressed(.function(11), scene, keymap).state.overlays.isEmpty)
        // Its old key means nothing any more: nothing reads keys beside the table.
        #expect(try Self.pressed(.escape, scene, keymap).state.overlays.count == 1)
        // With the table as it is the new one means nothing.
        #expect(try Self.pressed(.function(11), scene, Keymap()).state.overlays.count == 1)
    }

    @Test func hintsAndPicturesNameTheNewKeys() throws {
        let menu = Self.remapped(.down, in: .menu, to: [.character("n")])
        let scene = Scene(name: "sort", script: "s")
        let journey = try Self.pressed(.character("n"), scene, menu)
        #expect(journey.text.contains("nk move"))
        let question = Self.remapped(.yes, in: .question, to: [.character("o")])
        let asked = Scene(name: "quit", script: "q")
        let told = try Self.pressed(.function(9), asked, question)
        #expect(told.text.contains("o / Esc"))
        let quit = try Self.pressed(.character("o"), asked, question)
        #expect(quit.state.overlays.isEmpty)
        let kept = try Self.pressed(.character("y"), asked, question)
        #expect(kept.state.overlays.count == 1)
    }

    /// What opened a panel closes it, under whatever key it is.
    @Test func theKeyThatOpenedItClosesIt() throws {
        for (script, key) in [("Y", Key.character("Y")), ("!", .character("!"))] {
            let scene = Scene(name: script, script: script)
            #expect(try Self.pressed(key, scene, Keymap()).state.overlays.isEmpty)
        }
        let other = Self.remapped(.alerts, in: .everywhere, to: [.function(12)])
        let scene = Scene(name: "alerts", script: "!")
        #expect(try Self.pressed(.function(12), scene, other).state.overlays.isEmpty)
    }

    /// So do a reply and the form of a new ticket, in the place of the screen's own keys.
    @Test func whatIsWrittenTakesItsKeysFromTheTable() {
        for (letter, context) in [(Character("r"), KeyContext.message), ("N", .ticket)] {
            var console = ScriptedConsole(.support, as: SupportFixture.member, Size(160, 48))
            console.use(Self.remapped(.closeTop, in: context, to: [.function(11)]))
            console.press(.character(letter))
            #expect(console.frame().text.contains("F11 keep draft"))
            console.press(.escape)
            #expect(console.support?.writing != nil, "\(letter): Esc stands beside the table")
            console.press(.function(11))
            #expect(console.support?.writing == nil, "\(letter)")
        }
    }

    /// What asks before something is sent is answered by the keys of every question.
    @Test func whatIsSentIsAskedWithTheKeysOfTheTable() {
        var console = ScriptedConsole(.support, as: SupportFixture.member, Size(160, 48))
        console.use(Self.remapped(.yes, in: .question, to: [.character("o")]))
        console.press(.character("r"))
        console.type("hello")
        console.press(.control("x"))
        #expect(console.frame().text.contains("o send"))
        console.press(.character("y"))
        #expect(console.sent.isEmpty)
        console.press(.character("o"))
        #expect(
            console.sent == [.ticketReply("ticket-42", message: "hello", asSupport: false)])
    }

    /// Letters of a field are text, whatever they mean elsewhere.
    @Test func aFieldTakesLetters() throws {
        var journey = try Scene(name: "deploy", script: "a D").journey()
        journey.pass(.seconds(1))
        try journey.run("jkgG")
        #expect(journey.text.contains("jkgG"))
        var palette = try Scene(name: "palette", script: ":").journey()
        try palette.run("jq")
        #expect((palette.state.overlays.last as? Palette)?.editor.text == "jq")
    }

    @Test func aPanelIsCopiedAsItIsRead() throws {
        var journey = try Scene(name: "plain", script: "Y").journey()
        let panel = try #require(journey.state.overlays.last as? TextPanel)
        try journey.run("y")
        let copied = journey.effects.compactMap { effect -> String? in
            if case .copy(let text) = effect { text } else { nil }
        }
        #expect(copied == [panel.lines.map(\.text).joined(separator: "\n")])
    }
}
