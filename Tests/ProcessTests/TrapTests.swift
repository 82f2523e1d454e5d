/// An engine that dies at work on one bot: the third start leaves that bot alone.
import Core
import Foundation
import TestKit
import Testing

#if DEBUG
    @Suite struct TrapTests {
        /// An engine told to trap when it works on a bot.
        private func trapping(_ home: TrialHome, _ bot: String?) throws -> Child {
            try Child(
                Program.path,
                ["engine", "run", "--home", home.path, "--speed", "600", "--for", "86400s"],
                environment: bot.map { ["PLUTARC_TRAP": $0] } ?? [:])
        }

        @Test func theThirdStartLeavesTheBotInError() throws {
            let home = try TrialHome.fresh()
            for _ in 1...2 {
                let engine = try trapping(home, "bot-1")
                #expect(engine.wait().map { $0 > 128 } == true, "\(engine.errors)")
            }
            let engine = try trapping(home, "bot-1")
            let isStopped = try home.eventually {
                try home.count("SELECT count(*) FROM bots WHERE id = 1 AND phase = 'error'") == 1
            }
            #expect(isStopped, "\(engine.errors)")
            let text = try home.rows("SELECT error_text FROM bots WHERE id = 1").first?.first
            #expect(text??.contains("died twice while at work on it") == true)
            let notices = try home.rows("SELECT message FROM notices WHERE bot_id = 1")
            #expect(notices.contains { $0.first??.contains("died twice") == true })
            try expectOthersTrade(home, engine)
        }

        /// It lives on, and the other bot looks at candles yet.
        private func expectOthersTrade(_ home: TrialHome, _ engine: Child) throws {
            let seen = "SELECT coalesce(max(at), 0) FROM last_decisions WHERE bot_id = 2"
            let before = try home.count(seen)
            #expect(try home.eventually { try home.count(seen) > before }, "\(engine.errors)")
            #expect(engine.wait(within: 0) == nil)
            engine.send(SIGTERM)
            #expect(engine.wait() == 0)
        }

        /// A close that ends the engine is taken to the next one, and is not carried out for ever.
        @Test func theThirdStartLeavesACloseOfTheBotUndone() throws {
            let home = try TrialHome.fresh()
            let labels = try home.rows("SELECT label FROM bots WHERE id = 1")
            let label = try #require(labels.first?[0])
            let close = try Child(
                Program.path,
                [
                    "close-all", "bot-1", "--confirm-label", label, "--home", home.path,
                    "--timeout", "60s",
                ], environment: ["PLUTARC_TRAP": "bot-1"])
            #expect(close.wait().map { $0 != 0 } == true)
            // Who had no acknowledgement went on to the next engine by itself.
            let open = "SELECT count(*) FROM commands WHERE finished_at IS NULL"
            for _ in 1...2 {
                guard try home.count(open) == 1 else { break }
                let next = try trapping(home, "bot-1")
                let isOver = try home.eventually {
                    try home.count(open) == 0 || next.wait(within: 0) != nil
                }
                #expect(isOver, "\(next.errors)")
            }
            let row = try home.rows(
                "SELECT outcome, message FROM commands WHERE verb = 'close-all'")
            #expect(row.count == 1 && row.first?[0] == "refused", "\(row)")
            #expect(row.first?[1]?.contains("died twice") == true)
            let stop = try Child(Program.path, ["engine", "stop", "--home", home.path])
            #expect(stop.wait() != nil)
            try expectOthersTrade(home, try trapping(home, "bot-1"))
        }

        /// Killed from outside, at whatever it is, no bot is suspected.
        @Test func killsSuspectNobody() throws {
            let home = try TrialHome.fresh()
            for round in 1...6 {
                let engine = try trapping(home, nil)
                usleep(UInt32(40_000 * round))
                engine.kill()
            }
            let engine = try trapping(home, nil)
            _ = try home.client()
            #expect(try home.count("SELECT count(*) FROM bots WHERE phase = 'error'") == 0)
            engine.kill()
        }
    }
#endif
