/// README's lists are generated: keys from the key table, commands from the command table.
import Core
import Foundation
import TestKit
import Testing

@testable import Console

@Suite(.serialized) struct ReadmeTests {
    private static let file = Shared.package.appendingPathComponent("README.md")

    @Test func keysAreThoseOfTheTable() throws {
        try check(section: "keys", Self.keys())
    }

    @Test func commandsAreThoseOfTheTable() throws {
        try check(section: "commands", Self.commands())
    }

    @Test func theLawsAreCounted() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(text.contains("checks \(Simulation.lawCount) laws after every commit"))
    }

    @Test func everyFolderOfTheSourcesIsOnTheMap() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        for module in ["Store", "Core", "Console"] {
            let root = Shared.package.appendingPathComponent("Sources/\(module)")
            let folders = try FileManager.default.contentsOfDirectory(
                at: root, includingPropertiesForKeys: [.isDirectoryKey])
            for folder in folders where folder.hasDirectoryPath {
                let name = "\(module)/\(folder.lastPathComponent)"
                #expect(text.contains("`\(name)/`"), "README's map lacks \(name)")
            }
        }
    }

    /// `RECORD_SNAPSHOTS=1` writes the section anew.
    private func check(section: String, _ expected: String) throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let open = "<!-- \(section): generated, do not edit -->\n"
        let end = "<!-- end of \(section) -->"
        let begin = try #require(text.range(of: open)).upperBound
        let finish = try #require(text.range(of: end)).lowerBound
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            let changed = text.replacingCharacters(in: begin..<finish, with: expected)
            try changed.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(String(text[begin..<finish]) == expected, "run RECORD_SNAPSHOTS=1 swift test")
    }

    private static func keys() -> String {
        var lines = ["| where | keys | what |", "| --- | --- | --- |"]
        for context in KeyContext.allCases {
            for binding in Binding.defaults
            where binding.context == context && !binding.keys.isEmpty {
                let menu = context == .actions ? "a " : ""
                let keys = binding.keys.map { "`\(menu)\($0.name == "|" ? "\\|" : $0.name)`" }
                lines.append(
                    "| \(context.rawValue) | \(keys.joined(separator: " ")) | \(binding.label) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func commands() -> String {
        let table = CommandDispatcher(actions: ProgramActions.all).table
        var lines = ["| command | does |", "| --- | --- |"]
        for command in table.commands {
            let synopsis = command.synopsis.replacingOccurrences(of: "|", with: "\\|")
            lines.append("| `\(synopsis)` | \(command.summary) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
