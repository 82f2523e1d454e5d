/// What a department holds is set in its own room: others ask it by its functions.
import Testing

@Suite struct DepartmentsTests {
    private static let core = SourceTree.sources.filter { $0.module == "Core" }
    private static let reaches = Departments(core).reaches

    @Test func aDepartmentIsSetInItsRoomAlone() {
        for reach in Self.reaches.sorted() {
            Issue.record("\(reach): ask it by a function of its room")
        }
    }

    // MARK: What would be found

    private static let rooms = [
        file(
            "Trading/Trading.swift",
            "final class Trading: Department {", "    private(set) var venue: Venue",
            "    var halts: [Halt] = []", "    func pause(_ bot: Bot) { let gone = 1 }", "}"),
        file(
            "Fleet/Fleet.swift",
            "final class Fleet: Department {", "    var rollout: Work?", "}"),
        file("Venue/Venue.swift", "    mutating func deposit(_ money: Money) {}"),
    ]

    @Test func whatReachesInIsFound() {
        let lines = [
            "world.trading.halts = []", "desk.world.trading.halts[index].left -= 1",
            "trading.halts.append(halt)", "world?.trading.venue.paper.deposit(.zero)",
            "trading.halts.removeAll { $0.isOver }", "look(&world.trading.halts)",
        ]
        for line in lines {
            let file = Self.file("Desk/Desk.swift", line)
            let name = line.contains("venue") ? "venue" : "halts"
            #expect(
                Departments(Self.rooms + [file]).reaches
                    == ["Desk/Desk.swift sets \(name) of Trading"], "\(line)")
        }
        let below = Self.file("Trading/Halt.swift", "fleet.rollout = nil")
        #expect(
            Departments(Self.rooms + [below]).reaches
                == ["Trading/Halt.swift sets rollout of Fleet"])
        let beside = Self.file("Desk/Desk.swift", "extension Trading {")
        #expect(
            Departments(Self.rooms + [beside]).reaches == ["Desk/Desk.swift extends Trading"])
    }

    @Test func whatAsksIsNotFound() {
        let lines = [
            "world.trading.pause(bot)", "if trading.halts == [] { return }",
            "let left = trading.halts.first { $0.isOver }", "board.fleet?.rollout != nil",
            "let venue = world.trading.venue.paper", "extension TradingEvent {",
            "for halt in world.trading.halts {", "trading.gone = 1",
        ]
        for line in lines {
            let file = Self.file("Desk/Desk.swift", line)
            #expect(Departments(Self.rooms + [file]).reaches.isEmpty, "\(line)")
        }
        let own = Self.file("Trading/Halt.swift", "trading.halts = []")
        #expect(Departments(Self.rooms + [own]).reaches.isEmpty)
    }

    private static func file(_ path: String, _ lines: String...) -> SourceFile {
        SourceFile(path: "Sources/Core/\(path)", lines: lines)
    }
}

/// Who sets what a department holds from outside of its room.
struct Departments {
    /// `Desk/DeskTurn.swift sets finishedHalts of Trading`
    private(set) var reaches: Set<String> = []

    private static let rooms = ["Trading", "Fleet"]
    /// Of lists, sets and dictionaries.
    private static let changes: Set<String> = [
        "append", "formUnion", "insert", "merge", "popFirst", "popLast", "remove", "removeAll",
        "removeFirst", "removeLast", "removeValue", "reserveCapacity", "sort", "subtract",
        "swapAt", "toggle", "updateValue",
    ]

    /// By room: what its department holds.
    private var held: [String: Set<String>] = [:]
    /// Functions that change what they are called on.
    private var changing = Self.changes

    init(_ files: [SourceFile]) {
        for file in files {
            for line in file.lines where line.contains("mutating func ") {
                if let match = line.firstMatch(of: /mutating func (\w+)/) {
                    changing.insert(String(match.1))
                }
            }
        }
        for room in Self.rooms { held[room] = Self.held(by: room, files) }
        for file in files { look(into: file) }
    }

    /// The properties of the class of a room.
    private static func held(by room: String, _ files: [SourceFile]) -> Set<String> {
        let home = files.first { $0.path.hasSuffix("/\(room)/\(room).swift") }
        let names = (home?.lines ?? []).compactMap { line in
            line.firstMatch(of: /^ {4}(?:[a-z()]+ )*var (\w+)/)?.1
        }
        return Set(names.map(String.init))
    }

    private mutating func look(into file: SourceFile) {
        let path = file.path.split(separator: "/").dropFirst(2).joined(separator: "/")
        for room in Self.rooms where !path.hasPrefix("\(room)/") {
            if file.lines.contains(where: { $0.hasPrefix("extension \(room) ") }) {
                reaches.insert("\(path) extends \(room)")
            }
            for line in file.lines where line.contains(room.lowercased()) {
                for name in names(setIn: line, of: room) {
                    reaches.insert("\(path) sets \(name) of \(room)")
                }
            }
        }
    }

    /// The properties of a room's department that a line of code assigns to, changes by a function
    /// or hands over to be changed.
    private func names(setIn line: String, of room: String) -> [String] {
        let use = /(&[\w.?!]*)?\b(trading|fleet)[?!]?\.(\w+)((?:[?!]?\.\w+|\[[^\]]*\])*)/
        // The full stop of a member ends a word.
        return line.matches(of: use.wordBoundaryKind(.simple)).compactMap { match in
            let name = String(match.3)
            guard match.2 == room.lowercased(), held[room]?.contains(name) == true else {
                return nil
            }
            let next = line[match.range.upperBound...].drop { $0 == " " }
            let last = match.4.split(separator: ".").last.map(String.init) ?? ""
            let isCall = next.hasPrefix("(") || next.hasPrefix("{")
            let isSet = next.prefixMatch(of: /[-+*\/]?=(?!=)/) != nil
            let isChanged = isCall && changing.contains(last)
            return isSet || isChanged || match.1 != nil ? name : nil
        }
    }
}
