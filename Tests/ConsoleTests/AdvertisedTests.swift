/// Help, README, remedies and keys name what runs, and nothing else.
import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct AdvertisedTests {
    private static let table = CommandDispatcher(actions: ProgramActions.all).table

    /// The text of every source file, comments left out.
    private static let sources: [(name: String, lines: [String])] = {
        let root = Shared.package.appendingPathComponent("Sources")
        let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
        return (found ?? []).filter { $0.hasSuffix(".swift") }.compactMap { name in
            let url = root.appendingPathComponent(name)
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
            let lines = text.components(separatedBy: "\n").filter {
                !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//")
            }
            return (name, lines)
        }
    }()

    /// `plutarc ticket reply TICKET`: the words in small letters that follow the name.
    @Test func everyCommandThatIsNamedRuns() throws {
        let names = Set(Self.table.commands.map(\.name))
        let words = /plutarc((?: --[a-z-]+(?: [^ a-z"]+)?)*) ([a-z][a-z-]+)((?: [a-z][a-z-]+)?)/
        var seen = 0
        for (name, lines) in Self.sources {
            for line in lines where line.contains("\"") {
                for match in line.matches(of: words) {
                    let first = String(match.2)
                    let second = String(match.3.dropFirst())
                    if Self.prose.contains(first) { continue }
                    seen += 1
                    let isGroup = !Self.table.subcommands(of: first).isEmpty
                    let isKnown = names.contains(first) || (isGroup && second.isEmpty)
                        || names.contains("\(first) \(second)")
                    #expect(isKnown, "\(name) names \"plutarc \(first) \(second)\"")
                }
            }
        }
        #expect(seen > 30, "the sources were not found")
    }

    /// Words that follow the program's name in sentences.
    private static let prose: Set<String> = [
        "database", "as", "in", "was",
    ]

    @Test func everyOptionThatIsNamedIsOne() {
        let known = Set(Self.table.options.map(\.name))
        for (name, lines) in Self.sources {
            for line in lines where line.contains("\"") {
                for match in line.matches(of: /[ "(]--([a-z][a-z-]+)/) {
                    let option = String(match.1)
                    if Self.foreign.contains(option) { continue }
                    #expect(known.contains(option), "\(name) names --\(option)")
                }
            }
        }
    }

    /// Of other programs.
    private static let foreign: Set<String> = []

    /// One that nobody reads would do nothing.
    @Test func everyOptionIsRead() throws {
        let file = try #require(Self.sources.first { $0.name.hasSuffix("Arguments/Option.swift") })
        let declared = file.lines.compactMap { line in
            line.firstMatch(of: /static let ([a-zA-Z]+) = Option\(/).map { String($0.1) }
        }
        #expect(declared.count > 40)
        let readers = Self.sources.filter { !$0.name.hasSuffix("Arguments/Option.swift") }
            .map { file in
                // What a command takes is not yet read.
                file.lines.joined(separator: "\n").replacing(/options: \[[^\]]*\]/, with: "")
            }
        for name in declared {
            let isRead = readers.contains { $0.contains(".\(name)") }
            #expect(isRead, "nobody reads Option.\(name)")
        }
    }

    /// Code spans and blocks of the README that call the program.
    @Test func everyLineOfTheReadmeParses() throws {
        let url = Shared.package.appendingPathComponent("README.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        var lines: [String] = []
        for line in text.components(separatedBy: "\n") where !line.hasPrefix("| `plutarc") {
            for match in line.matches(of: /`(plutarc [^`]+)`/) { lines.append(String(match.1)) }
        }
        #expect(lines.count > 5)
        for line in lines {
            let words = CommandsTableTests.words(line)
            #expect(throws: Never.self, "\(line)") {
                try ArgumentParser.parse(words, Self.table)
            }
        }
    }

    // MARK: Keys

    /// Every key that a view lists does something there, or says why not.
    @Test(arguments: [
        Destination.fleet, .bot(ID(1), .template), .bot(ID(1), .risk), .bot(ID(1), .activity),
        .positions, .support, .audit, .commands(nil), .billing,
    ])
    func noKeyOfAViewIsSilent(_ place: Destination) throws {
        let start = try Journey(Size(160, 48), at: place, role: .owner)
        let context = try #require(start.state.top?.keyContext)
        for binding in Keymap().bindings(in: context) {
            let isIdle = [.closeTop, .unmark].contains(binding.command)
            let isHere = binding.command.rawValue == start.place
            if KeyCommand.moving.contains(binding.command) || isIdle || isHere { continue }
            for key in binding.keys {
                var journey = start
                let before = (journey.text, journey.effects.count, journey.said)
                journey.pass(.seconds(2))
                try journey.send(.key(key))
                let isSilent = journey.text == before.0 && journey.effects.count == before.1
                    && journey.said == before.2
                #expect(!isSilent, "\(place): \(key.name) \(binding.label)")
            }
        }
    }

    @Test(arguments: [Destination.fleet, .bot(ID(1), .risk), .support, .audit])
    func anUnknownKeySaysSo(_ place: Destination) throws {
        var journey = try Journey(at: place)
        let context = try #require(journey.state.top?.keyContext)
        for key in [Key.character("$"), .function(9), .control("g"), .character("é")] {
            try #require(journey.state.around.keymap.binding(for: key, in: context) == nil)
            try journey.send(.key(key))
            #expect(journey.said == "\(key.name) is no key here; ? shows the keys")
            #expect(journey.sent.isEmpty && journey.overlay.isEmpty)
        }
    }

    // MARK: Taking a command back

    @Test func cancelAsksAboutTheOneThatWaits() throws {
        var journey = try Journey(at: .commands(nil), role: .owner)
        try journey.run("C")
        #expect(journey.said.contains("nothing waits") || journey.overlay == "question")
        let waiting = CommandRecord(
            id: ID(7), idempotencyKey: "k", verb: "pause", target: "btc", arguments: "{}",
            actor: "op1", actorUID: 1, role: "owner", at: ScreenFleet.now, outcome: .queued,
            message: "waits")
        let one = CancelAct.actions([waiting], journey.state.around)
        guard case .open(let question)? = one.first else {
            Issue.record("nothing was asked")
            return
        }
        try journey.open(question)
        #expect(journey.text.contains("Cancel command-7, pause of btc?"))
        journey.pass(.seconds(1))
        try journey.run("y")
        #expect(journey.sent == [.cancel("command-7")])
        #expect(CancelAct.refusal([]) == "nothing waits")
        guard case .open(let menu)? = CancelAct.actions([waiting, waiting], journey.state.around)
            .first
        else { return }
        #expect(menu.name == "cancel")
    }
}
