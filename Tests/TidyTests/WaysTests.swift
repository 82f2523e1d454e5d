/// The ways that the architecture page draws: they lead through the files that it names, in that
/// order, and are short.
import Foundation
import TestKit
import Testing

@Suite struct WaysTests {
    /// How many files somebody may have to open who follows one.
    private static let limits = [
        "X on the fleet, to its outcome": 45, "A right, for a command": 12,
        "A right, for a board": 12, "A ticket's text, to another console": 45,
    ]

    private static let page: [String] = {
        let path = Shared.package.appendingPathComponent("Sources/Core/Core.docc/Architecture.md")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n")
    }()

    private static let ways = Way.all(in: page)

    /// The sources that any way names.
    private static let tree: [String: [SourceCalls]] = {
        let drawn = ways.reduce(into: Set<String>()) { $0.formUnion($1.files) }
        let named = SourceTree.sources.map { file in
            (String(file.path.split(separator: "/").last ?? ""), file)
        }
        return Dictionary(grouping: named.filter { drawn.contains($0.0) }, by: \.0)
            .mapValues { $0.map { SourceCalls($0.1.lines) } }
    }()

    private static func faults(of way: Way) -> [String] {
        way.faults(in: tree, limit: limits[way.title] ?? 0)
    }

    @Test func eachWayIsDrawn() {
        #expect(Self.ways.map(\.title).sorted() == Self.limits.keys.sorted())
        #expect(Self.ways.map(\.bridges.count) == [2, 0, 0, 2])
    }

    @Test func eachWayLeadsThroughItsFiles() {
        for way in Self.ways {
            for fault in Self.faults(of: way) { Issue.record("\(way.title): \(fault)") }
        }
    }

    // MARK: What would be found

    /// Two files that stand below each other change places.
    @Test func filesInAnotherOrderAreFound() {
        for way in Self.ways {
            for (side, steps) in way.sides.enumerated() {
                for place in steps.indices.dropLast() {
                    var other = way
                    other.sides[side][place].file = steps[place + 1].file
                    other.sides[side][place + 1].file = steps[place].file
                    #expect(
                        !Self.faults(of: other).isEmpty,
                        "\(way.title): \(steps[place].file) and \(steps[place + 1].file)")
                }
            }
        }
    }

    /// A file is left out, and the number above the drawing stays.
    @Test func aFileThatIsLeftOutIsFound() {
        for way in Self.ways {
            for (side, steps) in way.sides.enumerated() {
                for place in steps.indices
                where way.steps.count(where: { $0.file == steps[place].file }) == 1 {
                    var other = way
                    other.sides[side].remove(at: place)
                    #expect(!Self.faults(of: other).isEmpty, "\(way.title): \(steps[place].file)")
                }
            }
        }
    }

    /// Whoever calls these calls what they call, too, by the same name.
    private static let sharedCalls: Set<String> = [
        "Navigation.swift", "CommandSocket.swift", "SocketConnection.swift",
        "OrderDelivery.swift", "EngineAnswers.swift",
    ]

    /// So is one between two others where the number is made to fit.
    @Test func aFileThatIsPassedOverIsFound() {
        for way in Self.ways {
            for (side, steps) in way.sides.enumerated() {
                for place in steps.indices.dropLast()
                where steps[place + 1].depth > steps[place].depth
                    && !Self.sharedCalls.contains(steps[place].file)
                {
                    var other = way
                    other.sides[side].remove(at: place)
                    for below in place..<other.sides[side].count {
                        guard other.sides[side][below].depth > steps[place].depth else { break }
                        other.sides[side][below].depth -= 1
                    }
                    other.said[0] = other.files.count
                    #expect(!Self.faults(of: other).isEmpty, "\(way.title): \(steps[place].file)")
                }
            }
        }
    }

    @Test func aBridgeThatNobodyKnowsIsFound() {
        for way in Self.ways {
            for place in way.bridges.indices {
                for names in [[], ["Nothing"], way.bridges[place] + ["GridWalk"]] {
                    var other = way
                    other.bridges[place] = names
                    #expect(!Self.faults(of: other).isEmpty, "\(way.title): \(names)")
                }
            }
        }
    }

    @Test func aWayThatIsTooLongIsFound() {
        for way in Self.ways {
            #expect(!way.faults(in: Self.tree, limit: way.files.count - 1).isEmpty)
        }
    }

    @Test func aDrawingIsRead() throws {
        let page = [
            "# Page", "Words.", "### A way", "", "2 files; at most 3.", "", "```", "A.swift",
            "  B.swift    call   words", "--- over the wire: One; on disk: Two ---", "A.swift",
            " C.swift", "what", "```", "", "## Others", "```", "D.swift", "```",
        ]
        let way = try #require(Way.all(in: page).first)
        #expect(Way.all(in: page).count == 1 && way.title == "A way" && way.said == [2, 3])
        #expect(way.bridges == [["One", "Two"]] && way.riddles == [" C.swift", "what"])
        #expect(way.sides.map(\.count) == [2, 1])
        #expect(way.steps[1] == Way.Step(depth: 1, file: "B.swift", name: "call"))
    }

    @Test func callsAreReadOffTheSource() {
        let calls = SourceCalls([
            "struct House {", "    let door: Door", "    private func lock() { key.turn() }",
            "    func open() {", "        let hand = 1  // hinge", "        door.swing(\"roof\")",
        ])
        #expect(calls.offered == ["House", "door", "open"])
        #expect(calls.mentioned.isSuperset(of: ["Door", "turn", "swing", "hand"]))
        #expect(calls.mentioned.isDisjoint(with: ["lock", "open", "hinge", "roof"]))
    }
}
