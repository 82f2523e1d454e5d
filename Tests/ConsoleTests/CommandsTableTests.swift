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
        var known: [String: Int] = [:]
        for option in table.options + table.commands.flatMap(\.options) {
            let kind = Self.kind(option.argument)
            #expect(known[option.name] ?? kind == kind, "\(option.name)")
            known[option.name] = kind
        }
        let shorts = table.options.compactMap(\.short)
        #expect(Set(shorts).count == shorts.count)
    }

    /// What it takes; the word for it is each command's own.
    private static func kind(_ argument: Option.Argument) -> Int {
        switch argument {
        case .none: 0
        case .one: 1
        case .oneOf: 2
        case .several: 3
        }
    }

    /// The same name may stand for another thing: then it has words of its own.
    @Test(arguments: [
        ("risk", "set", "NAME=VALUE…", "limits"), ("sessions", "set", "FILE|TEXT…", "sessions"),
        ("template export", "file", "FILE", "write it to a new file"),
        ("ticket reply", "file", "FILE", "take the text from a file"),
        ("ticket open", "bot", "BOT", "it is about"), ("trades", "bot", "BOT", "only this bot"),
        ("deploy", "template", "TEMPLATE", "plutarc templates"),
        ("replay", "template", "TEMPLATE", "template file"),
    ])
    func anOptionIsToldAsItsCommandMeansIt(
        _ name: String, _ option: String, _ word: String, _ words: String
    ) throws {
        let command = try #require(table[name])
        let own = try #require(command.options.first { $0.name == option })
        #expect(own.synopsis == "--\(option) \(word)" && own.summary.contains(words))
        #expect(HelpText(table: table).page(of: command).contains("--\(option) \(word)"))
        do throws(CommandFailure) {
            _ = try ArgumentParser.parse(command.words + ["--\(option)"], table)
            Issue.record("\(name) --\(option) was taken")
        } catch { #expect(error.remedy.contains("--\(option) \(word)"), "\(error.remedy)") }
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
