/// Arguments and variables are bytes until they are known to be text.

import Core
import Testing

@testable import Console

@Suite struct ProcessWordsTests {
    private let streams = CapturedStreams()

    private func run(
        _ arguments: [[UInt8]], _ variables: [String: [UInt8]] = [:]
    ) -> Console.ExitStatus {
        CommandDispatcher(actions: ["bots": Self.seen, "help": Self.seen]).run(
            ProcessWords(arguments: arguments) { variables[$0] }, streams: streams
        ) { _ throws(CommandFailure) in .done }
    }

    @Sendable private static func seen(
        _ context: CommandContext
    ) throws(CommandFailure) -> Console.ExitStatus {
        try context.output.lines([try context.homePath()])
        return .done
    }

    private static let bad: [[UInt8]] = [
        [0xFF], [0x2F, 0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x80, 0x61],
        [0xF5, 0x80, 0x80, 0x80],
    ]

    @Test(arguments: bad) func anArgumentThatIsNoTextIsRefused(_ bytes: [UInt8]) throws {
        let home = Array("--home=".utf8) + bytes
        for arguments in [
            [home, Array("bots".utf8)], [Array("bots".utf8), Array("--home".utf8), bytes],
            [Array("bots".utf8), bytes], [bytes],
        ] {
            #expect(run(arguments) == .usage)
            #expect(streams.err.contains("is not UTF-8 text"))
        }
        streams.out = ""
        #expect(run([Array("bots".utf8), Array("--json".utf8), home]) == .usage)
        #expect(try JSON.parse(streams.out)["error"]?["code"] == "usage")
    }

    @Test(arguments: bad, ["PLUTARC_HOME", "XDG_DATA_HOME", "HOME"])
    func aVariableThatIsNoTextIsRefused(_ bytes: [UInt8], _ name: String) {
        #expect(run([Array("bots".utf8)], [name: bytes]) == .usage)
        #expect(streams.err.contains("$\(name) is not UTF-8 text"))
    }

    /// Whatever stands in what nobody looks at: the home is named.
    @Test(arguments: [
        "PLUTARC_HOME", "XDG_DATA_HOME", "HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME",
        "XDG_DATA_DIRS", "XDG_RUNTIME_DIR", "TMPDIR", "EDITOR", "VISUAL",
    ])
    func aVariableThatIsNotUsedStopsNothing(_ name: String) {
        #expect(run([Array("bots".utf8), Array("--home=/h".utf8)], [name: [0xFF]]) == .done)
        #expect(streams.out == "/h\n" && streams.err.isEmpty)
    }

    /// The editor that a text would be written with, the folder of its file.
    @Test func whatIsLookedAtIsNamed() throws {
        let call = try ArgumentParser.parse(["bots"], .all)
        let context = CommandContext(
            call: call, output: Output(streams), environment: { _ in nil },
            isNoText: { ["EDITOR", "TMPDIR"].contains($0) }, table: .all)
        let editor = #expect(throws: CommandFailure.self) {
            try context.looking { ExternalEditor.chosen($0) }
        }
        #expect(editor?.message == "$EDITOR is not UTF-8 text" && editor?.status == .usage)
        let folder = #expect(throws: CommandFailure.self) {
            try context.looking { ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap($0) }
        }
        #expect(folder?.message == "$TMPDIR is not UTF-8 text")
        #expect(throws: Never.self) { try context.looking { ["HOME"].compactMap($0) } }
    }

    @Test func anEmptyVariableOfOurOwnIsRefused() {
        let place = ["HOME": Array("/h".utf8)]
        for blank in ["", " ", " \t"] {
            streams.err = ""
            let empty = ["PLUTARC_HOME": Array(blank.utf8)]
            #expect(run([Array("bots".utf8)], place.merging(empty) { $1 }) == .usage)
            #expect(streams.err.contains("$PLUTARC_HOME is empty"))
        }
        for name in ["XDG_DATA_HOME", "XDG_STATE_HOME", "EDITOR", "LC_ALL"] {
            streams.out = ""
            #expect(run([Array("bots".utf8)], place.merging([name: []]) { $1 }) == .done)
            #expect(streams.out == "/h/.local/share/plutarc\n")
        }
    }

    /// A combining mark behind the slash makes one character of both, and is a name all the same.
    @Test func aPathIsCutByItsBytes() {
        let mark = "\u{301}x"
        for (given, path) in [
            ("/\(mark)", "/\(mark)"), ("/a/\(mark)/./b//", "/a/\(mark)/b"),
            ("/e\u{301}", "/e\u{301}"), ("/\u{E9}", "/\u{E9}"),
        ] {
            streams.out = ""
            #expect(run([Array("--home=\(given)".utf8), Array("bots".utf8)]) == .done)
            #expect(Array(streams.out.utf8) == Array("\(path)\n".utf8))
        }
    }

    /// Of every option that takes a value, and of every operand.
    @Test func emptyNamesNothing() throws {
        let table = CommandTable.all
        for option in table.options where option.argument != .none {
            let owner = table.commands.first { $0.options.contains(option) }
            let name = owner.map { $0.words } ?? []
            let operands = owner?.operands.filter { $0.count == .one }.map { _ in "x" } ?? []
            for value in [["--\(option.name)="], ["--\(option.name)", ""]] {
                let words = name + operands + value
                #expect(throws: CommandFailure.self, "\(words)") {
                    try ArgumentParser.parse(words, table)
                }
            }
        }
        for command in table.commands where !command.operands.isEmpty {
            let least = max(1, command.operandRange.least)
            for place in 0..<least {
                var operands = Array(repeating: "x", count: least)
                operands[place] = ""
                #expect(throws: CommandFailure.self, "\(command.name)") {
                    try ArgumentParser.parse(command.words + operands, table)
                }
            }
        }
    }
}
