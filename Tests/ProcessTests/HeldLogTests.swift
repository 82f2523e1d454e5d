/// A reader that stands still inside its read: the log grows, is told of once, and ends with it.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite(.serialized) struct HeldLogTests {
    @Test func whoHoldsTheLogIsNamedOnceAndNothingWaits() throws {
        let home = try TrialHome.fresh()
        let engine = HostedEngine(
            home, pace: .real, logAlarmBytes: 1 << 20, prepare: { _ in }, counting: { _ in 0 })
        defer { engine.stop() }
        let client = try home.client()
        let query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            + "SELECT count(*) FROM n, bots"
        let reader = try home.start("sql", query)
        let shm = home.path + "/plutarc.db-shm"
        try #require(home.eventually { LogReader.all(of: shm).map(\.pid).contains(reader.pid) })
        reader.send(SIGSTOP)

        let notices = "SELECT count(*) FROM notices WHERE kind = 'log'"
        var sent = 0
        func write() throws {
            sent += 1
            let text = String(repeating: "a long text. ", count: 1200)
            let command = Command.ticketOpen(
                subject: "\(sent)", message: text, .bot, .low, bot: nil)
            let answer = try client.perform(
                CommandRequest(
                    key: "\(sent)", verb: command.verb, args: command.arguments))
            guard case .outcome(let report) = answer, report.outcome == .done else {
                Issue.record("\(answer)")
                return
            }
            usleep(60_000)
        }
        // Commands are answered all the while.
        for _ in 0..<400 where try home.count(notices) == 0 { try write() }
        let words = try home.rows("SELECT message FROM notices WHERE kind = 'log'").first?[0] ?? ""
        #expect(words.contains("\(reader.pid) (plutarc sql WITH RECURSIVE"), "\(words)")
        #expect(words.contains("kill \(reader.pid)"), "\(words)")
        for _ in 0..<50 { try write() }
        #expect(try home.count(notices) == 1, "told more than once")

        reader.kill()
        let isOver = try home.eventually {
            try write()
            return try home.count(notices + " AND acknowledged_by = 'engine'") == 1
        }
        #expect(isOver)
        var facts = stat()
        stat(home.path + "/plutarc.db-wal", &facts)
        #expect(facts.st_size < 1 << 20)
        #expect(engine.failure == nil)
    }

    /// The audit is handed out a page at a time: whoever takes it slowly reads nothing meanwhile.
    @Test func anExportIntoAFullPipeHoldsNothing() throws {
        let home = try TrialHome.demo()
        let reader = try BoardReader(
            path: home.path + "/plutarc.db", owner: (0, "root"), for: 0)
        let writer = try Database(opening: home.path + "/plutarc.db")
        var seen = 0
        try reader.eachAuditEntry { _ in
            seen += 1
            if seen == 1 {
                #expect((try? writer.checkpointIfNeeded(isIdle: true)) == true)
            }
            return true
        }
        #expect(seen > 0)
        reader.letGo()
        #expect(try reader.fleet().rows.isEmpty == false)
    }
}
