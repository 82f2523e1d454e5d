/// The rooms of the core: small folders in one order, each built on those before it.
import Foundation
import TestKit
import Testing

@Suite struct RoomsTests {
    /// The folders of `Sources/Core` from the ground up: a room uses names of those before it.
    private static let order = """
        Numbers Text System Clock Home Process Socket Lease Client
        Sessions Candles Venue Market Strategy Templates Decisions Analytics Compute Bot Risk
        Access Support Commands Rules Audit
        Billing Persistence State Trading Fleet World
        Replay Sweep Fuzz Start Desk Admission Engine Founding Simulation Boards
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    /// Uses of a name of a room above, as ``Rooms/upward(in:)`` tells them. This list only ever
    /// shrinks: what two rooms need belongs to the lower one.
    private static let exceptions: Set<String> = []

    private static let core = Rooms(SourceTree.sources.filter { $0.module == "Core" })
    private static let upward = core.upward(in: order)

    @Test func everyRoomHasItsPlaceInTheOrder() {
        #expect(Self.core.names == Set(Self.order))
        #expect(Self.order.count == Set(Self.order).count)
    }

    @Test func theMapListsThemInTheirOrder() throws {
        let map = Shared.package.appendingPathComponent("Sources/Core/Core.docc/Map.md")
        let rows = try String(contentsOf: map, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| `Core/") }.map { String($0.split(separator: "/")[1]) }
        #expect(rows.filter(Set(Self.order).contains) == Self.order)
    }

    @Test func aRoomUsesOnlyThoseBelow() {
        for use in Self.upward.subtracting(Self.exceptions).sorted() {
            Issue.record("\(use), which is above: what both need belongs to the lower room")
        }
        for use in Self.exceptions.subtracting(Self.upward).sorted() {
            Issue.record("\(use): mended; take it out of the exceptions")
        }
    }

    /// What is found in the wrong order is what would be found if rooms changed places.
    @Test func inAnotherOrderTheRulesDoNotHold() {
        #expect(Self.core.upward(in: Self.order.reversed()).count > 500)
    }

    @Test func aFolderHasAtMostFifteenFiles() {
        let folders = Dictionary(grouping: SourceTree.sources) { file in
            file.path.split(separator: "/").dropLast().joined(separator: "/")
        }
        #expect(folders.count > 50)
        for (folder, files) in folders.sorted(by: { $0.key < $1.key }) where files.count > 15 {
            Issue.record("\(folder): \(files.count) files; divide it by subject")
        }
    }

    /// In code and in what is put into a text; not in comments, texts, members or names of its own.
    @Test func aNameFromAboveIsFound() {
        let roof = Self.file(
            "Roof/Roof.swift",
            """
            public struct Roof {}
            @inline(__always) func raise(_ height: Int) {}
            private enum Tile {}
            enum Ridge {}
            """)
        let uses = [
            "let roof = Roof()", "raise(1)", #"let text = "at \(say("x", Roof.self)) m""#,
            "extension Roof {", "func under(_ roof: Roof?)",
        ]
        for line in uses {
            let ground = Self.file("Ground/Ground.swift", line)
            let name = line.contains("raise") ? "raise" : "Roof"
            let rooms = Rooms([ground, roof])
            let found = rooms.upward(in: ["Ground", "Roof"])
            #expect(found == ["Ground/Ground.swift uses \(name) of Roof"], "\(line)")
            #expect(rooms.upward(in: ["Roof", "Ground"]).isEmpty)
        }
    }

    @Test func whatIsNoUseIsNotFound() {
        let roof = Self.file("Roof/Roof.swift", "struct Roof {}\nfunc raise() {}\nenum Ridge {}")
        let others = [
            "// a Roof", "/// ``Roof``", #"let text = "a Roof \" Roof""#, "house.raise()",
            "House.Roof()", "let raise = 1", "let text = \"\"\"\n    Roof raise()\n    \"\"\"",
            "struct House {\n    struct Roof {}\n    let roof: Roof\n}", "let roofs: Roofs",
            "private func raise() {}\nraise()",
        ]
        for text in others {
            let ground = Self.file("Ground/Ground.swift", text)
            #expect(Rooms([ground, roof]).upward(in: ["Ground", "Roof"]).isEmpty, "\(text)")
        }
    }

    private static func file(_ path: String, _ text: String) -> SourceFile {
        SourceFile(
            path: "Sources/Core/\(path)",
            lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
}

/// The folders of one module and who uses whose names.
struct Rooms: Sendable {
    let names: Set<String>
    private let files: [(path: String, room: String, names: SourceNames)]
    /// The rooms that declare a name.
    private let homes: [String: Set<String>]

    init(_ sources: [SourceFile]) {
        files = sources.map { file in
            let parts = file.path.split(separator: "/").map(String.init)
            return (
                parts.dropFirst(2).joined(separator: "/"), parts[2], SourceNames(file.lines)
            )
        }
        names = Set(files.map(\.room))
        var homes: [String: Set<String>] = [:]
        for file in files {
            for name in file.names.declared { homes[name, default: []].insert(file.room) }
        }
        self.homes = homes
    }

    /// Each use of a name that only a later room declares: `Text/IniFile.swift uses cut of Access`.
    func upward(in order: [String]) -> Set<String> {
        let floors = Dictionary(
            order.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: min)
        var found: Set<String> = []
        for file in files {
            for name in file.names.used {
                // A name that several rooms declare is not known by its word.
                guard let home = homes[name], home.count == 1, let room = home.first,
                    floors[room, default: 0] > floors[file.room, default: 0]
                else { continue }
                found.insert("\(file.path) uses \(name) of \(room)")
            }
        }
        return found
    }
}
