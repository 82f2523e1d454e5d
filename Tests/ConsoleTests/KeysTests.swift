/// The key table: names, clashes, rules that no binding may break, hints, help.
import Core
import Testing

@testable import Console

@Suite struct KeysTests {
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
