/// The engine is killed with SIGKILL again and again while clients send commands.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:SafetyRules#A-commit-that-fails>. `PLUTARC_KILLS` makes it longer.
@Suite(.serialized) struct KillUnderLoadTests {
    private static var kills: Int {
        ProcessInfo.processInfo.environment["PLUTARC_KILLS"].flatMap { Int($0) } ?? 50
    }
    /// Fast worlds trade much between two kills; slow ones are hit in the middle of a close.
    private static let speeds = ["60", "0.2", "600", "1"]

    @Test func everyAcknowledgedCommandHasItsOutcomeOnce() throws {
        let home = try TrialHome.demo()
        let ledger = try CommandLedger(home)
        var dice = Randomness(seed: 50)
        let clients = (1...3).map { LoadClient(home, name: "client\($0)", seed: UInt64($0)) }
        var cutShort = 0
        for round in 0..<Self.kills {
            let engine = try home.engine(speed: Self.speeds[round % Self.speeds.count])
            // Some die before they serve anybody: the take-over itself must be safe.
            if round % 7 == 3 {
                usleep(UInt32(dice.next() % 600_000))
            } else {
                for client in clients { try client.connect() }
                try load(clients, home, milliseconds: 20 + Int(dice.next() % 230))
                cutShort += clients.reduce(0) { $0 + $1.waiting }
            }
            #expect(engine.status == nil, "it ended by itself: \(engine.errors)")
            engine.kill()
            for client in clients { client.hear() }
        }
        try finish(clients, home)
        let sent = clients.reduce(into: [:]) { all, client in
            all.merge(client.sent) { first, _ in first }
        }
        let problems = try ledger.problems(sent)
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
        try home.expectSound()
        // A load that nothing interrupted would prove nothing.
        #expect(cutShort > Self.kills, "only \(cutShort) requests were cut short")
        #expect(sent.values.count(where: \.isAcknowledged) > Self.kills * 4)
        #expect(sent.values.contains { $0.times > 1 && $0.ids.count == 1 })
        let closed = try home.count(
            "SELECT count(*) FROM commands WHERE verb LIKE 'close%' AND outcome = 'done'")
        #expect(closed > 5)
    }

    private func load(_ clients: [LoadClient], _ home: TrialHome, milliseconds: Int) throws {
        let bots = try home.rows("SELECT label FROM bots ORDER BY id").compactMap { $0[0] }
        let positions = try home.rows(
            """
            SELECT 'position-' || p.id, b.label FROM positions AS p
            JOIN bots AS b ON b.id = p.bot_id ORDER BY p.id
            """
        ).compactMap { row in row[0].flatMap { id in row[1].map { (id: id, bot: $0) } } }
        let end = Date() + Double(milliseconds) / 1000
        repeat {
            for client in clients {
                client.submitAny(bots: bots, positions: positions)
                client.hear()
            }
            usleep(8_000)
        } while Date() < end
        for client in clients { client.hear() }
    }

    /// A last engine that nobody kills answers everything that is open, and ends in peace.
    private func finish(_ clients: [LoadClient], _ home: TrialHome) throws {
        let engine = try home.engine(speed: "60")
        for _ in 0..<20 where clients.contains(where: { $0.waiting > 0 }) {
            for client in clients { try client.connect() }
            _ = home.eventually(within: 3) {
                for client in clients { client.hear() }
                return clients.allSatisfy { $0.waiting == 0 }
            }
        }
        #expect(clients.allSatisfy { $0.waiting == 0 }, "some were never answered")
        let isQuiet = try home.eventually {
            try home.count("SELECT count(*) FROM commands WHERE outcome IN ('queued', 'running')")
                == 0
        }
        #expect(isQuiet)
        // A minute of the world: the bots compare their books with the exchange twice.
        usleep(1_200_000)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
    }
}
