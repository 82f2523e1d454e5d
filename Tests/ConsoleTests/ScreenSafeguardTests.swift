/// Each safeguard of the screens is seen to be needed: without it a test of its own fails.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct ScreenSafeguardTests {
    /// These are left out beside the tests of their own rules.
    private static let elsewhere: Set<ScreenSafeguard> = [
        .litButton, .causeInRow, .troubleByCause, .standingClock, .menuTellsRefusals, .columnsWait,
        .chipsOnBars, .keysInRemedies, .waitNamesRemedy, .waitStandsFirst, .stateWordsGo,
        .refreshLeavesNothing, .filterTakesText, .lateFateStays,
    ]

    @Test(arguments: ScreenSafeguard.allCases.filter { !elsewhere.contains($0) })
    func withoutItsGuardAScreenSaysTooMuch(_ one: ScreenSafeguard) throws {
        #expect(try Self.holds(one, off: []), "with every safeguard")
        #expect(try !Self.holds(one, off: [one]), "the test does not notice")
    }

    private static func holds(_ one: ScreenSafeguard, off: Set<ScreenSafeguard>) throws -> Bool {
        switch one {
        case .unseenFleet:
            return try !Journey(role: .owner, engine: false, off: off).text.contains("* Online")
        case .growingAges:
            var journey = try Journey(role: .owner, engine: false, off: off)
            journey.pass(.hours(15))
            try journey.send(.tick)
            return journey.text.contains("hb 15h")
        case .filterMistake:
            var journey = try Journey(role: .owner, off: off)
            try journey.run("/staus:error")
            return journey.text.contains("there is no field \"staus\"")
        case .liveBox:
            var journey = try Journey(at: .positions, role: .owner, off: off)
            try journey.run("<enter>")
            let screen = try #require(journey.state.top as? PositionsScreen)
            var board = try #require(screen.board)
            for index in board.rows.indices { board.rows[index].mark?.price = try Price.parse("7") }
            try journey.send(.board(.positions(board)))
            let place = try #require(journey.state.overlays.last as? TextPanel)
            return place.lines.contains { $0.text.hasPrefix("mark") && $0.text.contains(" 7.0") }
        case .oldReading:
            var journey = try Journey(
                Size(100, 30), at: .bot(ID(1), .template), role: .owner, off: off)
            var dossier = try #require(journey.bot?.dossier)
            for index in dossier.breakdown?.decisions.indices ?? 0..<0 {
                dossier.breakdown?.decisions[index].decision.at = ScreenFleet.now - .hours(15)
            }
            try journey.send(.board(.dossier(ID(1), dossier)))
            return journey.text.contains("NOW ~15h00m old")
        case .editorIsThere: return try namesNoEditor(off)
        case .worldAhead: return try Self.tellsNoAge(off)
        case .worldBehind: return try Self.tellsTheWorldsAge(off)
        default:
            Issue.record("\(one) is nobody's")
            return false
        }
    }

    /// An engine has committed just now, and its catch-up was stopped three days before the wall.
    private static func tellsTheWorldsAge(_ off: Set<ScreenSafeguard>) throws -> Bool {
        var journey = try Journey(Size(160, 48), role: .owner, engine: false, off: off)
        var fleet = try #require(journey.state.around.fleet)
        fleet.workspace?.machineClock = MachineClock(
            wall: journey.wall, boottime: .seconds(9), bootID: "b")
        fleet.now = journey.wall - .days(3)
        try journey.send(.board(.fleet(fleet)))
        #expect(journey.text.contains("engine stopped"), "\(journey.text)")
        return journey.text.contains("engine stopped 3d")
    }

    /// The world is a month ahead of the wall, and its engine went away three days ago.
    private static func tellsNoAge(_ off: Set<ScreenSafeguard>) throws -> Bool {
        var journey = try Journey(Size(160, 48), role: .owner, engine: false, off: off)
        var fleet = try #require(journey.state.around.fleet)
        fleet.workspace?.machineClock = MachineClock(
            wall: journey.wall, boottime: .seconds(9), bootID: "b")
        fleet.now = fleet.now + .days(30)
        for index in fleet.rows.indices { fleet.rows[index].clocks.heartbeatAt = fleet.now }
        journey.pass(.days(3))
        try journey.send(.board(.fleet(fleet)))
        let text = journey.text
        #expect(text.contains("engine stopped 3d") && text.contains("was Online"), "\(text)")
        return !text.contains("ago") && !text.contains("hb 3d")
    }

    /// While a reply or a ticket is written; the help says why `e` does nothing.
    private static func namesNoEditor(_ off: Set<ScreenSafeguard>) throws -> Bool {
        var named: [Bool] = []
        for key in ["r", "N"] as [Character] {
            var console = ScriptedConsole(
                .support, as: SupportFixture.member, hasEditor: false, off: off)
            console.press(.character(key))
            let text = console.frame().text
            #expect(console.state.takesText && text.contains("Esc keep draft"), "\(text)")
            named.append(text.contains("$EDITOR"))
        }
        var journey = try Journey(at: .support, role: .owner, hasEditor: false, off: off)
        try journey.run("? edit")
        named.append(!journey.text.contains("edit in $EDITOR (no editor set)"))
        return !named.contains(true)
    }
}
