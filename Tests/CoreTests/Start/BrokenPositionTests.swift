/// A row of a position that cannot be true stops its bot; whatever is open can be closed.

import Testing

@testable import Core
@testable import Store

@Suite struct BrokenPositionTests {
    private static let unbookable = [
        ("opened_at = 9000000000000", "after the clock of its world"),
        ("funding = -9223372036854775808", "its funding cannot be counted"),
        ("fees = -9223372036854775808", "its fees cannot be counted"),
        ("exit_value = -100000000000000000", "its exit value is below zero"),
    ]
    private static let spoilt =
        unbookable + [
            ("exit_value = -9223372036854775808", "its exit value cannot be counted"),
            ("realised = 9223372036854775807", "its realised cannot be counted"),
            ("exit_value = 7", "nothing of it is closed"),
            ("leverage = 5000", "its leverage is 5000"),
            ("entry_price = 9223372036854775807", "nothing is traded at"),
        ]

    private func bench(_ sql: String, without off: StartSafeguard? = nil) throws -> StartBench {
        let bench = try StartBench(switchedOff: off.map { [$0] } ?? [])
        try bench.database.connection.execute(
            "UPDATE positions SET \(sql) WHERE id = "
                + "(SELECT min(id) FROM positions WHERE bot_id = 1)")
        return bench
    }

    /// Of every bot, as a person does it in an emergency.
    /// - Parameter isHeard: no engine ends at it.
    private func closeAll(_ bench: StartBench, isHeard: Bool = true) throws {
        for bot in try bench.bots() {
            let answer = bench.ask(
                .closeAll(.named([bot.label]), confirmation: .label(bot.label)))
            let words = "\(String(describing: answer))"
            #expect(!isHeard || answer?["type"]?.text != "refused", "\(words)")
        }
        for _ in 0..<600 where try !bench.positions().isEmpty {
            bench.pass(.seconds(1))
            try bench.turn()
        }
    }

    @Test(arguments: spoilt, [true, false])
    func itsBotStopsAtTheStart(_ spoilt: (String, String), isOn: Bool) throws {
        let bench = try bench(spoilt.0, without: isOn ? nil : .brokenPositions)
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect((bot.record.phase == .error) == isOn)
        #expect((bot.record.errorText?.contains(spoilt.1) == true) == isOn, "\(bot.record)")
        #expect(bench.engine.world.bots.dropFirst().allSatisfy { $0.record.phase == .online })
    }

    /// `plutarc check` says it beforehand.
    @Test(arguments: spoilt) func theCheckSaysTheSame(_ spoilt: (String, String)) throws {
        let bench = try bench(spoilt.0)
        let told = try bench.database.read { db in try HomeLaws.ofBots(db) }
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        let words = try #require(bot.flaws.words)
        #expect(told == ["bots: \(bot.record.label): \(words)"] && words.contains(spoilt.1))
    }

    /// Its own position is closed too, and what came of it is sound; then it can be restarted.
    @Test(arguments: spoilt) func whateverIsOpenCanBeClosed(_ spoilt: (String, String)) throws {
        let bench = try bench(spoilt.0)
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        let restart = Command.restart(bot: bot.record.label, reason: nil)
        #expect(bench.ask(restart)?["type"]?.text == "refused")
        try closeAll(bench)
        #expect(try bench.positions().isEmpty)
        #expect(try bench.trades().count == 6)
        #expect(try bench.trades().allSatisfy { $0.flaw == nil })
        #expect(bot.flaws.isEmpty && bot.record.phase == .error)
        let answer = bench.ask(restart)
        #expect(answer?["type"]?.text != "refused", "\(String(describing: answer))")
    }

    /// Without the look at the trade the schema refuses it, and no engine goes on.
    @Test(arguments: unbookable, [true, false])
    func aTradeThatCannotBeBooked(_ spoilt: (String, String), isOn: Bool) throws {
        let bench = try bench(spoilt.0)
        try bench.turn { bench.isTrading }
        bench.engine.world.disarmed = isOn ? [] : [.soundTrades]
        guard isOn else {
            #expect(throws: LoadError.self) { try closeAll(bench, isHeard: false) }
            return
        }
        try closeAll(bench)
        let told = try bench.database.read { db in try db.notices(limit: 100) }
        #expect(told.contains { $0.message.contains("its trade is not what it was") }, "\(told)")
    }
}
