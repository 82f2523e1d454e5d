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
        _ reader: Reader, _ state: BotState, holds: Bool, isPaused: Bool
    ) throws -> Journey {
        var journey = try Journey(Size(100, 40), role: reader.role, isStaff: reader.isStaff)
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
            let menu = ListMenu.actions(of: start.state)
            #expect(menu.entries.count > 8)
            for entry in menu.entries {
                let about = "\(reader) \(state) \(entry.label)"
                let key = try #require(entry.key)
                var inside = start
                try inside.run("a")
                let opened = inside.text
                try inside.send(.key(key))
                try Self.check(entry, inside, opened, "actions", about)
                var outside = start
                try outside.send(.key(key))
                if entry.isMenuOnly {
                    // Another key, or none; never this act.
                    #expect(outside.overlay.isEmpty && outside.sent.isEmpty, "\(about)")
                } else {
                    try Self.check(entry, outside, start.text, "", about)
                    #expect(
                        entry.refusal != nil || outside.overlay == inside.overlay, "\(about)")
                }
            }
        }
    }

    /// With a reason nothing opens and the reason is said; without one something comes of it.
    private static func check(
        _ entry: ListMenu.Entry, _ journey: Journey, _ before: String, _ overlay: String,
        _ about: String
    ) throws {
        let last = journey.state.around.status.history.last
        if let refusal = entry.refusal {
            #expect(journey.overlay == overlay && journey.sent.isEmpty, "\(about): \(refusal)")
            #expect(last?.level == .warn && !refusal.isEmpty, "\(about): \(refusal)")
        } else {
            #expect(journey.overlay != "actions", "\(about)")
            #expect(journey.text != before || !journey.effects.isEmpty, "\(about)")
            #expect(last?.level != .warn, "\(about): \(last?.text ?? "")")
        }
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
