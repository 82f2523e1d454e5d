/// The table from which parser and help are made.

import Core
import Testing

@testable import Console

@Suite struct CommandsTableTests {
    private let table = CommandTable.all

    @Test func namesAreUnique() {
        let names = table.commands.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func everyCommandOfTheFirstIssueIsThere() {
        let named = """
            demo init engine status bots bot positions trades events pause resume close close-all \
            risk tickets audit templates commands replay screen sql check orders themes help version
            """
        for name in named.split(separator: " ") { #expect(table[String(name)] != nil, "\(name)") }
        #expect(
            table.subcommands(of: "ticket") == [
                "show", "open", "reply", "note", "assign", "priority", "category", "resolve",
                "close", "reopen",
            ])
    }

    @Test func anOptionMeansTheSameEverywhere() {
        var known: [String: Option.Argument] = [:]
        for option in table.options + table.commands.flatMap(\.options) {
            #expect(known[option.name] ?? option.argument == option.argument, "\(option.name)")
            known[option.name] = option.argument
        }
        let shorts = table.options.compactMap(\.short)
        #expect(Set(shorts).count == shorts.count)
    }

    /// A line of the help that cannot be typed would be worse than none.
    @Test func everyExampleParses() throws {
        for command in table.commands {
            for example in command.examples {
                let call = try ArgumentParser.parse(Self.words(example.line), table)
                #expect(call.command == command, "\(example.line)")
            }
        }
    }

    @Test func everyCommandHasAPageOfHelp() {
        let help = HelpText(table: table)
        for command in table.commands {
            let page = help.page(of: command)
            for option in command.options { #expect(page.contains("--\(option.name)")) }
            #expect(help.overview.contains("  \(command.name) "))
            let lines = page.split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= 100 }, "\(command.name)")
            let options = lines.drop { $0 != "OPTIONS" }.prefix { $0 != "EXAMPLES" }
            #expect(options.allSatisfy { $0.count <= 80 }, "\(command.name)")
        }
    }

    @Test func worstOfTwoExitStatuses() {
        #expect(Console.ExitStatus.done.worst(.done) == .done)
        #expect(Console.ExitStatus.done.worst(.refused) == .refused)
        #expect(Console.ExitStatus.notPermitted.worst(.done) == .notPermitted)
        #expect(Console.ExitStatus.notPermitted.worst(.refused) == .refused)
    }

    @Test func theNearestWordIsSuggested() {
        #expect(Suggestion.nearest(to: "stauts", among: ["status", "bots"]) == "status")
        #expect(Suggestion.nearest(to: "posi", among: ["positions"]) == "positions")
        #expect(Suggestion.nearest(to: "xyz", among: ["bots", "bot"]) == nil)
        #expect(Suggestion.distance(from: Array("ab".unicodeScalars), to: []) == 2)
    }

    /// Words of a shell line with single quotes; what follows ">" is the shell's.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quoted = false
        for character in line + " " {
            if character == "'" { quoted.toggle(); continue }
            if character == " ", !quoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else { word.append(character) }
        }
        return Array(words.dropFirst().prefix { $0 != ">" })
    }
}
