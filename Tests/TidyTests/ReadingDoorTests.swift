/// What is shown is read through one door: no other way to a home's database, no check beside it.
import Foundation
import Testing

@Suite struct ReadingDoorTests {
    private static let door = "Sources/Core/Boards/BoardReader.swift"

    private func files(_ pattern: String, in sources: [SourceFile]) throws -> [String] {
        let rule = try Regex(pattern).wordBoundaryKind(.simple)
        return sources.filter { file in
            file.lines.contains { !$0.contains("///") && $0.contains(rule) }
        }.map(\.path)
    }

    private var above: [SourceFile] { SourceTree.sources.filter { $0.module != "Store" } }

    @Test func oneFileOpensADatabaseForReading() throws {
        #expect(try files(#"Database\(reading:"#, in: above) == [Self.door])
    }

    /// Founding looks at the home that it has just made; nothing else of the console sees rows.
    @Test func theConsoleReadsBoardsOnly() throws {
        let console = above.filter { $0.module == "Console" }
        #expect(
            try files(#"database\.read\b|\b_ db: Reading\b"#, in: console)
                == ["Sources/Console/Commands/Home/FoundingCommands.swift"])
    }

    @Test func theBoardsAreNotLoadedFromOutside() throws {
        let boards = above.filter { $0.path.hasPrefix("Sources/Core/Boards/") }
        #expect(boards.count > 20)
        #expect(try files(#"(public|package) static func load"#, in: boards).isEmpty)
        #expect(try files(#"database\.read\b"#, in: boards) == [Self.door])
    }

    /// The functions of an extension that do not ask at the door.
    private func doorless(_ lines: [String]) -> [String] {
        let parts = lines.joined(separator: "\n").components(separatedBy: " func ").dropFirst()
        return parts.filter { !$0.contains("try read(.") && !$0.contains("try events(of") }
            .map { String($0.prefix { $0 != "(" && $0 != "<" }) }
    }

    @Test func everyReadingPassesTheDoor() throws {
        let file = try #require(
            SourceTree.sources.first { $0.path == "Sources/Core/Boards/BoardReadings.swift" })
        // The last one is of a name that was looked up, and reads nothing.
        #expect(doorless(file.lines) == ["required"])
        let planted = ["    public func balance() throws(StoreError) -> Money {", "    }"]
        #expect(doorless(file.lines + planted) == ["required", "balance"])
    }

    /// A right to see something is looked at where boards are read, and nowhere by hand.
    @Test func rightsToSeeAreCheckedAtTheDoorAlone() throws {
        let pattern = #"\b(allows|check)\(\s*\.\w+View\b"#
        let rooms = ["Sources/Core/Access/", "Sources/Core/Boards/"]
        let others = above.filter { file in !rooms.contains { file.path.hasPrefix($0) } }
        #expect(try files(pattern, in: others).isEmpty)
        let planted = SourceFile(path: "X.swift", lines: ["if Gate.allows(.auditView, for: me) {"])
        #expect(try files(pattern, in: [planted]) == ["X.swift"])
    }
}
