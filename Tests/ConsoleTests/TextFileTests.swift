/// Text files that are too large, no text, or not there: refused with the file and what to do.

import Foundation
import TestKit
import Testing

@testable import Console

@Suite struct TextFileTests {
    private let scratch = Scratch("plutarc-text")

    private func failure(_ bytes: Data) throws -> CommandFailure {
        let path = scratch.path + "/my.template"
        try bytes.write(to: URL(fileURLWithPath: path))
        return try #require(throws: CommandFailure.self) { try TextFile.read(path) }
    }

    @Test func aFileThatIsNotUTF8NamesItsLine() throws {
        let text = Data("[template]\nname = M".utf8) + Data([0xFC]) + Data("ller\n".utf8)
        let failure = try failure(text)
        #expect(failure.message.hasSuffix("my.template:2: is not UTF-8 text"))
        #expect(failure.status == .usage && failure.remedy.contains("UTF-8"))
    }

    /// What is stdin where a file is read is no file of that name where one is written.
    @Test func aDashIsNoFileToWrite() throws {
        let failure = try #require(throws: CommandFailure.self) {
            try TextFile.create("-") { write throws(CommandFailure) in try write("x") }
        }
        #expect(failure.status == .usage && failure.message == "\"-\" is no file to write")
        #expect(access("-", F_OK) != 0)
        let path = scratch.path + "/-"
        try TextFile.create(path) { write throws(CommandFailure) in try write("x") }
        #expect(try TextFile.read(path) == "x")
    }

    @Test func aFileThatIsTooLargeSaysHowLargeItMayBe() throws {
        let failure = try failure(Data(repeating: 0x20, count: TextFile.largest + 1))
        #expect(failure.message.hasSuffix("my.template is longer than 1 MiB"))
        #expect(failure.status == .usage && !failure.remedy.isEmpty)
        let path = scratch.path + "/my.template"
        try Data(repeating: 0x20, count: TextFile.largest).write(to: URL(fileURLWithPath: path))
        #expect(try TextFile.read(path).utf8.count == TextFile.largest)
    }

    @Test func aFileThatIsNotThereOrAFolderIsRefused() throws {
        for path in [scratch.path + "/absent", scratch.path] {
            let failure = try #require(throws: CommandFailure.self) { try TextFile.read(path) }
            #expect(failure.message.hasPrefix(path) && failure.status == .usage)
        }
    }
}
