/// The halt of a fleet with the real program: the terminal goes one second after the key.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:ProductRules#Closing-until-flat>.
@Suite(.enabled(if: TmuxTerminal.isThere, "tmux is not installed"))
struct HaltProcessTests {
    private static let open = "SELECT count(*) FROM positions"
    private static let resting = "SELECT count(*) FROM orders WHERE status IN ('open', 'intent')"

    private func count(_ outcome: String, _ home: TrialHome) throws -> Int {
        try home.count(
            "SELECT count(*) FROM commands WHERE verb = 'close-all' AND outcome = '\(outcome)'")
    }

    private func press(_ terminal: TmuxTerminal) throws {
        try terminal.expect("20 bots")
        try terminal.press("*")
        try terminal.expect("20 marked")
        try terminal.press("X")
        try terminal.expect("PAUSE & CLOSE ALL")
        usleep(500_000)
        try terminal.type("close 20")
        usleep(200_000)
        try terminal.press("Enter")
    }

    /// A tenth of real time: one second is a tenth of one for the exchange.
    @Test func aFleetEndsFlatWithoutTheTerminalThatAsked() throws {
        let home = try HaltFleet.home(resting: 30)
        let engine = try home.engine(speed: "0.1")
        try halt(home, known: 30)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        try home.expectSound()
    }

    /// Five of the thirty were placed by somebody else, after the engine had compared its books.
    @Test func ordersThatNoBotKnowsAreGoneToo() throws {
        let home = try HaltFleet.home(resting: 25)
        let pace = try #require(Pace(text: "0.1"))
        let engine = HostedEngine(
            home, pace: pace, prepare: HaltFleet.addStrangers, counting: HaltFleet.strangersLeft)
        defer { engine.stop() }
        #expect(home.eventually { engine.count == 5 }, "\(engine.failure ?? "no strangers")")
        try halt(home, known: 25)
        #expect(engine.count == 0)
        engine.stop()
        #expect(engine.failure == nil)
        try home.expectSound()
    }

    /// Presses the keys, ends the terminal after a second, and watches from another.
    private func halt(_ home: TrialHome, known: Int) throws {
        #expect(try home.count(Self.open) == 60)
        #expect(try home.count(Self.resting) == known)
        _ = try home.client()
        var terminal: TmuxTerminal? = try TmuxTerminal(
            columns: 120, rows: 40, running: TerminalJourneyTests.shell(home))
        try terminal.map(press)
        #expect(try home.eventually { try count("running", home) + count("done", home) == 20 })
        let pressed = try home.rows("SELECT min(at) FROM commands WHERE verb = 'close-all'")
        let at = try #require(pressed.first.flatMap { $0[0] })
        sleep(1)
        terminal = nil
        #expect(home.eventually { TerminalJourneyTests.console(of: home) == nil })
        #expect(try count("running", home) > 0, "it was over before the terminal went")

        let second = try TmuxTerminal(
            columns: 80, rows: 24, running: TerminalJourneyTests.shell(home))
        try second.expect("/20 flat")
        #expect(second.screen.contains("HALT"))

        #expect(try home.eventually { try count("done", home) == 20 })
        #expect(try home.count(Self.open) == 0)
        #expect(try home.count(Self.resting) == 0)
        #expect(
            try home.count(
                """
                SELECT count(*) FROM fills JOIN orders ON orders.id = order_id
                WHERE purpose = 'entry' AND fills.at > \(at)
                """) == 0)
        #expect(
            try home.count("SELECT count(*) FROM orders WHERE status = 'rejected'") > 0,
            "no close was rejected")
        #expect(home.eventually { !second.screen.contains("HALT") })
    }
}
