/// The key table: names, clashes, rules that no binding may break, hints, help.
import Store
import Testing

@testable import Console
@testable import Core

@Suite struct KeysTests {
    @Test func aHintWithoutRoomIsLeftOutWhole() {
        let canvas = Canvas(Size(22, 1))
        let words = [("jk", "move"), ("Enter", "go"), ("c", "copy all"), ("q", "back")]
        canvas.hints(
            1, 0, words.map { KeyHint(keys: $0.0, label: $0.1, isDangerous: false) })
        #expect(canvas.frame.line(0).hasPrefix(" jk move  Enter go"))
        #expect(!canvas.frame.line(0).contains("c"))
    }

    @Test func keyNamesRoundTrip() {
        let keys: [Key] = [
            .character("j"), .space, .control("d"), .function(10), .up, .pageDown, .enter, .escape,
            .backTab, .delete, .home, .character("^"),
        ]
        for key in keys { #expect(Key(name: key.name) == key) }
        #expect(Key(name: "PageDown") == .pageDown)
        #expect(Key(name: "F13") == nil && Key(name: "nonsense") == nil)
    }

    @Test func defaultsDoNotClash() { #expect(Keymap().clashes.isEmpty) }

    @Test func reservedKeysAreNeverBound() {
        let reserved = "aghjknopqst \\".map { Key.control($0) }
        for binding in Binding.defaults {
            #expect(Set(binding.keys).isDisjoint(with: reserved), "\(binding.command)")
        }
    }

    @Test func dangerIsNeverOnControlNorOnAMovementKey() {
        let moving: Set<Key> = Set("jkhlgG".map { .character($0) })
        for binding in Binding.defaults where binding.changes {
            for key in binding.keys {
                if case .control = key { Issue.record("\(binding.command) on \(key.name)") }
            }
            #expect(moving.isDisjoint(with: binding.keys))
        }
        for binding in Binding.defaults where binding.isDangerous {
            #expect(binding.permission != nil)
            #expect(binding.label.hasSuffix(".."), "\(binding.command) must ask first")
        }
    }

    @Test func viewsOwnBindingComesFirst() {
        let map = Keymap()
        #expect(map.binding(for: .character("N"), in: .support)?.command == .newTicket)
        #expect(map.binding(for: .character("N"), in: .fleet) == nil)
        #expect(map.binding(for: .character("X"), in: .fleet)?.command == .closeAll)
        #expect(map.binding(for: .character("X"), in: .audit) == nil)
        #expect(map.binding(for: .down, in: .bot)?.command == .down)
    }

    @Test func hintsAreCutByRankAndKeepTheHelp() {
        let map = Keymap()
        let wide = map.hints(in: .fleet, cells: 200)
        let narrow = map.hints(in: .fleet, cells: 30)
        #expect(wide.first?.keys == "jk" && wide.first?.label == "move")
        #expect(wide.last?.label == "help" && narrow.last?.label == "help")
        #expect(narrow.count < wide.count)
        #expect(narrow.reduce(-2) { $0 + $1.cells + 2 } <= 30)
        #expect(wide.contains { $0.keys == "X" && $0.isDangerous })
    }

    @Test func refusedHintsSayWhy() {
        let hints = Keymap().hints(in: .fleet, cells: 200) {
            $0.permission == nil ? nil : "admin only"
        }
        #expect(hints.first { $0.keys == "X" }?.refusal == "admin only")
        let canvas = Canvas(Size(40, 1))
        canvas.hints(1, 0, Array(hints.filter { $0.keys == "X" }))
        #expect(canvas.frame.text == " X close-all.. (admin only)")
        #expect(canvas.frame[1, 0].role == .disabled)
    }

    @Test func helpIsSearchable() {
        let map = Keymap()
        #expect(map.help(in: .fleet).first?.command == .switchView)
        let found = map.help(in: .fleet, search: "close-all")
        #expect(found.map(\.command) == [.closeAll])
        #expect(map.help(in: .support).filter { $0.keys.contains("r") }.first?.command == .reply)
    }

    /// What the engine advises names commands and options, and the console keys.
    private static let refusals: [(refusal: Refusal, key: String)] = [
        (.confirmationMissing(.label(bot: "btc-trend-01")), "Press its key again"),
        (.confirmationMissing(.token(bots: 3)), "Press its key again"),
        (.stalePreview(.unknown), "Press its key again"),
        (.reasonRequired(act: "pause", why: .staff), "Press its key again"),
        (.wrongState(bot: "btc-trend-01", state: .stopped, act: "pause"), "Enter on the bot"),
        (.noSuch(.bot, "x"), "List them: 1."), (.noSuch(.command, "x"), "List them: :cmds."),
        (.noSuch(.notice, "x"), "List them: !."),
        (.life(.holds(bot: "BTC Trend", positions: ["BTC-PERP long"], act: "update")), "first: X."),
        (.life(.holds(bot: "b", positions: ["BTC-PERP long"], act: "stop")), "Press its key"),
        (
            .restartCooldown(
                bot: "btc-trend-01", last: Instant(milliseconds: 0),
                until: Instant(milliseconds: 3_600_000)),
            "stop and start it: a T, then a S."
        ),
    ]

    @Test func remediesNameKeys() {
        for (refusal, key) in Self.refusals {
            let words = KeyRemedy.words(refusal.remedy)
            #expect(words.contains(key), "\(words)")
            #expect(!words.contains("plutarc ") && !words.contains("--"), "\(words)")
            // Without the safeguard the command line looks out.
            let plain = KeyRemedy.words(refusal.remedy, off: [.keysInRemedies])
            #expect(plain.contains("plutarc ") || plain.contains("--"), "\(plain)")
        }
    }

    @Test func whatHasNoKeyStaysAsItIs() {
        for words in [
            "Ask an Owner.", "See plutarc check; watch the positions.", "Write 1 to 20.", "",
        ] {
            #expect(KeyRemedy.words(words) == words)
        }
        let resumed = KeyRemedy.words("paused: entries start with plutarc resume \"BTC Trend\"")
        #expect(resumed == "paused: entries start with u")
    }
}

extension Keymap {
    /// Keys that mean two things in one view, in words; empty for a sound map.
    fileprivate var clashes: [String] {
        var result: [String] = []
        for context in KeyContext.allCases {
            var owners: [Key: KeyCommand] = [:]
            for binding in bindings where binding.context == context {
                for key in binding.keys {
                    if let other = owners[key] {
                        result.append(
                            "[\(context.rawValue)] \(key.name) is both \(other.rawValue) "
                                + "and \(binding.command.rawValue)")
                    } else {
                        owners[key] = binding.command
                    }
                }
            }
        }
        return result
    }
}
