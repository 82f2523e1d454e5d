/// Commands as people meet them: one file each has the key, the palette's words and the command
/// line's.
import Core
import Testing

@testable import Console

@Suite struct ActTests {
    /// Whatever the engine can be asked for, people can ask for; the start of an engine takes the
    /// clock, and a preview belongs to its act.
    @Test func everyCommandHasItsWords() {
        let asked = Set(ActList.actions.keys.map { $0.replacingOccurrences(" ", "-") })
        let verbs = Command.verbs.filter { !$0.hasSuffix("-preview") && $0 != "accept-clock" }
        let others = ["risk-set": "risk", "risk-reset": "risk"]
        for verb in verbs {
            #expect(asked.contains(others[verb] ?? verb), "\(verb) has no words")
        }
        #expect(verbs.count > 25)
    }

    /// What has a key in the menu, or wherever bots are shown, is found by it.
    @Test func everyKeyLeadsToItsAct() {
        for context in [KeyContext.fleet, .actions] {
            let bindings = ActList.bindings(in: context)
            #expect(bindings.count >= 4)
            for binding in bindings {
                #expect(ActList.botAct(binding.command)?.key == binding.command)
                #expect(binding.context == context)
            }
        }
    }

    /// The palette's words of acts lead to an act that exists.
    @Test func everyWordOfThePaletteLeadsToItsAct() {
        #expect(ActList.palettes.count > 10)
        for command in ActList.palettes {
            switch command.deed {
            case .act(let key), .actOnNamed(let key):
                #expect(ActList.botAct(key) != nil, "\(command.code)")
            case .run(let key): #expect(key == .closePosition)
            default: Issue.record("\(command.code) is no act")
            }
        }
    }

    /// An act that is listed twice, or under the words of another one, would never run.
    @Test func noActHidesAnother() {
        let words = ActList.Part.allCases.flatMap { ActList.words(of: $0).map(\.name) }
        #expect(Set(words).count == words.count)
        #expect(Set(ActList.actions.keys) == Set(words))
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: Character, _ new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}
