/// Rows of the simulated exchange that cannot be true, closes that were lost, positions that only
/// the book has: whatever is open can be closed, and a close ends.

import Testing

@testable import Core
@testable import Store

@Suite struct VenueRepairTests {
    private static let first =
        "(key_id, symbol) = (SELECT key_id, symbol FROM positions WHERE bot_id = 1 ORDER BY id)"
    private static let spoilt = [
        ("UPDATE venue_positions SET entry_price = 9223372036854775807 WHERE " + first,
            "nothing is traded at"),
        ("UPDATE venue_positions SET quantity = 9223372036854775807 WHERE " + first,
            "what it is worth cannot be counted"),
        ("UPDATE venue_positions SET leverage = 9000 WHERE " + first, "its leverage is 9000"),
        ("UPDATE venue_positions SET liquidation_price = 9223372036854775807 WHERE " + first,
            "its liquidation price lies beyond its entry"),
        ("UPDATE venue_accounts SET deposits = 9223372036854775000, wallet = 9223372036854775000, "
            + "realised = 0, fees = 0, funding = 0, adjustments = 0 WHERE key_id = "
            + "(SELECT key_id FROM bots WHERE id = 1)", "its sums cannot be counted"),
    ]

    private func bench(_ sql: String, without off: StartSafeguard? = nil) throws -> StartBench {
        let bench = try StartBench(switchedOff: off.map { [$0] } ?? [])
        try bench.database.connection.execute(sql)
        return bench
    }

    private func closeAll(_ bench: StartBench, seconds: Int = 20) throws {
        for bot in try bench.bots() {
            bench.ask(.closeAll(.named([bot.label]), confirmation: .label(bot.label)))
        }
        try pass(seconds, bench)
    }

    private func pass(_ seconds: Int, _ bench: StartBench) throws {
        for _ in 0..<seconds {
            bench.pass(.seconds(1))
            try bench.turn()
        }
    }

    @Test(arguments: spoilt) func itsBotStopsAndIsClosed(_ spoilt: (String, String)) throws {
        let bench = try bench(spoilt.0)
        let told = try bench.database.read { db in try HomeLaws.ofBots(db) }
        #expect(told.count == 1 && told[0].contains(spoilt.1), "\(told)")
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(bot.record.phase == .error)
        #expect(bot.record.errorText?.contains(spoilt.1) == true, "\(bot.record)")
        #expect(bench.engine.world.bots.dropFirst().allSatisfy { $0.record.phase == .online })
        #expect(bot.held.count == 2)
        try closeAll(bench)
        #expect(try bench.positions().isEmpty)
        let rows = try bench.rows()
        #expect(rows.allSatisfy { $0.outcome == .done }, "\(rows)")
        #expect(try bench.database.read { db in try HomeLaws.ofBots(db) }.isEmpty)
        let answer = bench.ask(.restart(bot: bot.record.label, reason: nil))
        #expect(answer?["type"]?.text != "refused", "\(String(describing: answer))")
    }

    /// What the books do not hold is not there.
    @Test func anAccountWithoutABookHoldsNothing() throws {
        let bench = try bench(Self.spoilt[1].0)
        try bench.database.connection.execute(
            "UPDATE positions SET exit_reason = 'x', quantity = 9223372036854775807, "
                + "opened_quantity = 9223372036854775807 WHERE id = "
                + "(SELECT min(id) FROM positions WHERE bot_id = 1)")
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(bot.record.errorText != nil)
        let key = try #require(bot.record.keyID)
        #expect(bench.engine.world.trading.venue.paper.positions(key).count == 1)
    }

    /// Without the repair the exchange fills nothing of it, and its caller is told why.
    @Test func withoutTheRepairNothingIsClosed() throws {
        let bench = try bench(Self.spoilt[1].0, without: .brokenVenueRows)
        try bench.turn { bench.isTrading }
        let told = try #require(bench.engine.world.machine(ID(1))).record.errorText
        #expect(told?.contains("as its book has it") != true)
        try closeAll(bench)
        #expect(try bench.positions().map(\.botID) == [ID(1)])
        let orders = try bench.database.read { db in try db.orders(limit: 50) }
        #expect(orders.contains { $0.status == .rejected && $0.rejectReason != nil })
        let command = try #require(try bench.rows().first { $0.outcome == .running })
        let progress = try bench.database.read { db in try CommandProgress.load(db, command) }
        #expect(progress?.rejection?.contains("cannot count") == true, "\(progress as Any)")
    }

    @Test(arguments: ["Hard Stop Loss", "liquidation", "zzz"])
    func aLostCloseIsClosed(_ reason: String) throws {
        let bench = try bench(
            "UPDATE positions SET exit_reason = '\(reason)' WHERE id = "
                + "(SELECT min(id) FROM positions WHERE bot_id = 1)")
        let lost = try #require(bench.positions().first { $0.exitReason != nil }).id
        try bench.turn { bench.isTrading }
        try pass(5, bench)
        #expect(try bench.trades().map(\.positionID) == [lost])
        #expect(try bench.trades().map(\.exitReason) == ["interrupted close"])
        let told = try bench.database.read { db in try db.activity(limit: 100) }
        #expect(told.contains { $0.what == "lost close" && $0.detail.contains(reason) })
    }

    @Test(arguments: [true, false]) func aLostCloseIsFreed(_ isOn: Bool) throws {
        let bench = try WorldBench()
        bench.print(100)
        bench.enter()
        bench.world.disarmed = isOn ? [] : [.closeAgain]
        bench.bot.held[0].position.exitReason = "x"
        bench.world.trading.reconcileAtStart()
        bench.world.advance(to: bench.world.now + .seconds(5))
        bench.print(100)
        #expect(bench.bot.held.isEmpty == isOn)
    }

    /// A close of what only the book has ends as soon as the exchange has said so.
    @Test(arguments: [true, false]) func aGhostHoldsNoCloseUp(_ isWhole: Bool) throws {
        let bench = try bench(
            "DELETE FROM venue_positions WHERE key_id = (SELECT key_id FROM bots WHERE id = 1)")
        try bench.turn { bench.isTrading }
        let label = try #require(try bench.bots().first { $0.id == ID(1) }).label
        for round in 0..<2 {
            if isWhole {
                bench.ask(.closeAll(.named([label]), confirmation: .label(label)))
            } else {
                for position in try bench.positions() where position.botID == ID(1) {
                    bench.ask(.closePosition(position.id.description, confirmation: .label(label)))
                }
            }
            try pass(6, bench)
            let rows = try bench.rows()
            #expect(rows.count == (round + 1) * (isWhole ? 1 : 2))
            #expect(rows.allSatisfy { $0.outcome == .done }, "\(rows)")
            #expect(rows.allSatisfy { $0.message.contains("the book still shows") }, "\(rows)")
        }
    }
}
