/// Each guard of the screens is seen to be needed: without it a test of its own fails.
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

@Suite struct ScreenGuardTests {
    @Test(arguments: ScreenGuard.allCases)
    func withoutItsGuardAScreenSaysTooMuch(_ one: ScreenGuard) throws {
        #expect(try Self.holds(one, off: []), "with every guard")
        #expect(try !Self.holds(one, off: [one]), "the test does not notice")
    }

    private static func holds(_ one: ScreenGuard, off: Set<ScreenGuard>) throws -> Bool {
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
        }
    }
}
