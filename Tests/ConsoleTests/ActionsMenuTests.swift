/// The menu of acts tells the truth: every row, in every state of a bot, for everyone.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct ActionsMenuTests {
    struct Reader: Sendable, CustomTestStringConvertible {
        var role: WorkspaceRole
        var isStaff = false
        var testDescription: String { isStaff ? "staff" : role.rawValue }
    }

    static let readers = WorkspaceRole.allCases.map { Reader(role: $0) }
        + [Reader(role: .viewer, isStaff: true)]

    /// A console whose cursor is on a bot in this state.
    private static func journey(
        _ reader: Reader, _ state: BotState, holds: Bool, isPaused: Bool,
        off: Set<ScreenSafeguard> = []
    ) throws -> Journey {
        var journey = try Journey(
            Size(100, 40), role: reader.role, isStaff: reader.isStaff, off: off)
        var fleet = try #require(journey.state.around.fleet)
        var row = try #require(fleet.rows.first { $0.label == "xrp-mean-01" })
        row.bot.phase = state == .paused ? .online : state
        row.bot.isPaused = isPaused || state == .paused
        row.bot.pauseCause = row.bot.isPaused ? .person : nil
        if row.openPositions != nil { row.openPositions = holds ? 1 : 0 }
        fleet.rows = [row]
        try journey.send(.board(.fleet(fleet)))
        return journey
    }

    @Test(arguments: readers, BotState.allCases)
    func everyRowSaysWhatItsKeyDoes(_ reader: Reader, _ state: BotState) throws {
        for (holds, isPaused) in [(false, false), (true, false), (false, true)] {
            let start = try Self.journey(reader, state, holds: holds, isPaused: isPaused)
            #expect(try Self.lies(start).map { "\(reader) \(state) \($0)" } == [])
        }
    }

    @Test(arguments: readers) func aMenuThatHidesARefusalIsNoticed(_ reader: Reader) throws {
        let start = try Self.journey(
            reader, .stopped, holds: true, isPaused: false, off: [.menuTellsRefusals])
        #expect(try !Self.lies(start).isEmpty)
    }

    /// The rows of the menu that say something else than what their key does.
    private static func lies(_ start: Journey) throws -> [String] {
        let entries = ListMenu.actions(of: start.state).entries
        #expect(entries.count > 8)
        return try entries.compactMap { entry in
            let key = try #require(entry.key)
            var inside = start
            try inside.run("a")
            let opened = inside.text
            try inside.send(.key(key))
            var outside = start
            try outside.send(.key(key))
            var isRight = isTrue(entry, inside, opened, "actions")
            if entry.isMenuOnly {
                // Another key, or none; never this act.
                isRight = isRight && outside.overlay.isEmpty && outside.sent.isEmpty
            } else {
                isRight = isRight && isTrue(entry, outside, start.text, "")
                    && (entry.refusal != nil || outside.overlay == inside.overlay)
            }
            return isRight ? nil : "\(entry.label) (\(entry.refusal ?? "")): \(inside.said)"
        }
    }

    /// With a reason nothing opens and the reason is said; without one something comes of it.
    private static func isTrue(
        _ entry: ListMenu.Entry, _ journey: Journey, _ before: String, _ overlay: String
    ) -> Bool {
        let last = journey.state.around.status.history.last
        guard let refusal = entry.refusal else {
            return journey.overlay != "actions" && last?.level != .warn
                && (journey.text != before || !journey.effects.isEmpty)
        }
        return journey.overlay == overlay && journey.sent.isEmpty && last?.level == .warn
            && !refusal.isEmpty
    }

    @Test func aStoppedBotIsStartedByARowOfThatName() throws {
        let owner = Reader(role: .owner)
        var journey = try Self.journey(owner, .stopped, holds: false, isPaused: false)
        try journey.run("a")
        for words in ["a S start bot..", "a D deploy new.."] {
            #expect(journey.text.contains(words), "\(journey.text)")
        }
        #expect(journey.text.contains("it is Stopped and flat"))
        try journey.run("D")
        #expect(journey.overlay == "deploy")
        journey = try Self.journey(owner, .online, holds: false, isPaused: false)
        #expect(
            ListMenu.actions(of: journey.state).entries.first { $0.label == "start bot.." }?
                .refusal == "it is Online")
    }

    @Test func aKeyOfTheMenuAloneSaysWhereItIs() throws {
        var journey = try Self.journey(
            Reader(role: .owner), .online, holds: false, isPaused: false)
        try journey.run("T")
        #expect(journey.said == "stop bot.. is in the menu of acts: a T")
        try journey.run("? stop")
        #expect(journey.text.contains("a T"), "\(journey.text)")
    }
}
