/// `--read-only` is heard by every command of the table, with or without an engine.
import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct ReadOnlyTests {
    /// Commands that never change anything, whatever stands beside them.
    private static let readers: Set<String> = [
        "bots", "bot", "positions", "orders", "trades", "regions", "billing", "templates",
        "template show", "template export", "why", "analytics", "replay", "events", "commands",
        "audit", "alerts", "tickets", "ticket show", "status", "check", "screen", "themes", "sql",
        "bench", "simulate", "help", "version",
    ]
    /// Calls of the others that read. A demo that is there is only looked at.
    private static let reading: Set<String> = [
        "risk btc-trend-01", "sessions btc-trend-01",
        "sessions btc-trend-01 --set tokyo.ini --preview", "engine --unit", "engine", "demo",
        "demo --speed 60", "engine status",
    ]

    /// The words of an example up to where a shell sends its output, quotes taken away.
    private static func words(_ line: String) -> [String] {
        var words: [String] = [""]
        var isQuoted = false
        for character in line.prefix(while: { $0 != ">" }) {
            if character == "'" || character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        return words.filter { !$0.isEmpty }.dropFirst().map { $0 == "…" ? "x" : $0 }
    }

    /// Every example of the table, and words of the engine that no example has.
    private static let lines: [(command: String, words: [String])] =
        CommandTable.all.commands.flatMap { command in
            command.examples.map { (command.name, words($0.line)) }
        } + ["engine", "engine status", "engine start", "engine stop", "engine run"].map {
            ("engine", words("plutarc \($0)"))
        }

    /// The calls that went on where they should not, and those that were refused without need.
    private func faults(over table: CommandTable) -> [String] {
        let seen: CommandAction = { _ throws(CommandFailure) in .done }
        let names = CommandTable.all.commands.map { ($0.name, seen) }
        let dispatcher = CommandDispatcher(
            actions: Dictionary(uniqueKeysWithValues: names), words: table)
        return Self.lines.compactMap { line in
            let streams = CapturedStreams()
            let status = dispatcher.run(
                line.words + ["--read-only", "--json"], streams: streams,
                environment: { _ in nil }, console: seen)
            let call = line.words.joined(separator: " ")
            let reads = Self.readers.contains(line.command) || Self.reading.contains(call)
            let code = try? JSON.parse(streams.out)["error"]?["code"]?.text
            let holds = reads
                ? status == .done : status == .notPermitted && code == "read_only"
            return holds ? nil : call
        }
    }

    @Test func everyCommandHearsIt() {
        #expect(faults(over: .all) == [])
        #expect(Set(Self.lines.map(\.command)) == Set(CommandTable.all.commands.map(\.name)))
    }

    /// Without the word of the table it goes on, and that is seen.
    @Test func aCommandThatDoesNotSayItIsFound() {
        let silent = CommandTable(
            CommandTable.all.commands.map {
                guard $0.name == "init" || $0.name == "pause" else { return $0 }
                return CommandSpec(
                    $0.name, $0.group, $0.summary, $0.operands, options: $0.options,
                    isChange: { _ in false }, examples: $0.examples)
            })
        let found = faults(over: silent)
        #expect(found.contains("init") && found.contains { $0.hasPrefix("pause ") })
    }

    /// Over real folders: nothing is made, written or ended.
    @Test(arguments: [
        "init", "init --demo", "demo", "engine start", "engine run", "engine stop", "pause --all",
    ])
    func nothingIsTouched(_ line: String) throws {
        let root = "/tmp/plutarc-ro-\(UInt64.random(in: 0 ... .max))"
        let manager = FileManager.default
        try manager.createDirectory(atPath: root, withIntermediateDirectories: false)
        defer { try? manager.removeItem(atPath: root) }
        var folder = "\(root)/new"
        if !line.hasPrefix("init"), line != "demo" {
            folder = "\(root)/home"
            let home = try Home.open(path: folder, for: .engine, creating: true)
            try FleetFixture.write(to: home.path(of: .database))
        }
        let before = try manager.subpathsOfDirectory(atPath: root).sorted()
        let streams = CapturedStreams()
        let status = CommandDispatcher(actions: ProgramActions.all).run(
            Self.words("plutarc \(line)") + ["--read-only", "--home", folder, "--json"],
            streams: streams, environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
        #expect(status == .notPermitted, "\(line): \(streams.out)")
        #expect(try JSON.parse(streams.out)["error"]?["code"]?.text == "read_only")
        #expect(try manager.subpathsOfDirectory(atPath: root).sorted() == before)
    }
}
