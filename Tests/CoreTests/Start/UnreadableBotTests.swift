/// What cannot be read of one bot ends no fleet, and a bot that was set aside stays so.

import Testing

@testable import Core
@testable import Store

@Suite struct UnreadableBotTests {
    /// A bench whose database somebody has altered before its engine loads it.
    private func bench(_ sql: String, without off: StartSafeguard?) throws -> StartBench {
        let bench = try StartBench(switchedOff: off.map { [$0] } ?? [])
        try bench.database.connection.execute(sql)
        return bench
    }

    private func machine(_ bench: StartBench) throws -> BotMachine {
        try #require(bench.engine.world.machine(ID(1)))
    }

    private static let own = "UPDATE bots SET template_name = 'mine', template_version = 1"
        + " WHERE id = 1; "
    private static let spoilt = [
        ("UPDATE bots SET sessions = 'garbage' WHERE id = 1", "sessions"),
        (own, "template mine v1 is not there"),
        (
            "UPDATE bots SET template_name = 'Trend Follower', template_version = 99 WHERE id = 1",
            "template Trend Follower v99 is not there"
        ),
        (
            own + "INSERT INTO templates VALUES ('mine', 1, 'user', 'garbage', 0, 'ana')",
            "template cannot be read"
        ),
    ]

    @Test(arguments: spoilt, [true, false])
    func oneBotGoesToErrorAndTheOthersTrade(_ spoilt: (String, String), isOn: Bool) throws {
        let bench = try bench(spoilt.0, without: isOn ? nil : .oneBotOnly)
        guard isOn else {
            #expect(throws: LoadError.self) { try bench.turn { bench.isTrading } }
            return
        }
        try bench.turn { bench.isTrading }
        let bot = try machine(bench)
        #expect(bot.record.phase == .error && bot.held.count == 2)
        #expect(bot.record.errorText?.contains(spoilt.1) == true, "\(bot.record)")
        let others = bench.engine.world.bots.dropFirst()
        #expect(others.allSatisfy { $0.record.phase == .online && !$0.traded.isEmpty })
        let told = try bench.database.read { db in try db.notices(limit: 100) }
            .filter { $0.botID == bot.id && $0.severity == .critical }
        #expect(told.contains { $0.message.contains("BTC-PERP long") }, "\(told)")
        // The next start finds it so, and nobody starts it as it is.
        try bench.restart()
        try bench.turn { bench.isTrading }
        #expect(try machine(bench).record.errorText?.contains(spoilt.1) == true)
        let answer = bench.ask(.restart(bot: bot.record.label, reason: nil))
        #expect(answer?["type"]?.text == "refused", "\(String(describing: answer))")
        #expect(bench.ask(.pause(.all, reason: nil))?["type"]?.text != "refused")
    }

    /// `plutarc check` says beforehand what a start will say of a bot, and of no other.
    @Test(arguments: spoilt) func theCheckSaysTheSame(_ spoilt: (String, String)) throws {
        let sound = try StartBench()
        #expect(try sound.database.read { db in try HomeLaws.ofBots(db) } == [])
        let bench = try bench(spoilt.0, without: nil)
        let told = try bench.database.read { db in try HomeLaws.ofBots(db) }
        try bench.turn { bench.isTrading }
        let bot = try machine(bench)
        let flaws = try #require(bot.flaws.words)
        #expect(told == ["bots: \(bot.record.label): \(flaws)"] && flaws.contains(spoilt.1))
        let reader = BoardReader(over: bench.database, owner: (Int64(bench.home.owner), "ana"))
        #expect(try reader.botProblems() == told)
    }

    /// Sessions that are set anew can be read again: its restart brings it back as it was told.
    @Test func whoPutsItRightStartsItAgain() throws {
        let bench = try bench(Self.spoilt[0].0, without: nil)
        try bench.turn { bench.isTrading }
        let bot = try machine(bench)
        let label = bot.record.label
        let early = bench.ask(.restart(bot: label, reason: nil))
        let refusal = "\(String(describing: early))"
        #expect(early?["type"]?.text == "refused", "\(refusal)")
        #expect(refusal.contains("\(label): its sessions"), "\(refusal)")
        #expect(refusal.contains("unreadable_sessions"), "a rule refuses it: \(refusal)")
        #expect(try #require(bot.record.errorText).contains("its sessions cannot be read"))
        #expect(refusal.contains("plutarc sessions \(label) --set FILE"), "\(refusal)")
        let set = bench.ask(.setSessions(bot: label, text: nil))
        #expect(set?["type"]?.text != "refused", "\(String(describing: set))")
        try bench.turn()
        let outcome = try bench.rows().last?.message ?? ""
        #expect(outcome.contains("stays in Error until plutarc restart \(label)"), "\(outcome)")
        #expect(bot.flaws.isEmpty && bot.record.sessions == nil)
        #expect(bot.record.errorText == Trading.putRight, "what is left is said")
        let restart = bench.ask(.restart(bot: label, reason: nil))
        #expect(restart?["type"]?.text != "refused", "\(String(describing: restart))")
        for _ in 0..<2000 where bot.record.phase != .online {
            bench.pass(.seconds(2))
            try bench.turn()
        }
        #expect(bot.record.phase == .online && !bot.traded.isEmpty)
        #expect(bot.record.errorText == nil)
        let told = try bench.database.read { db in try db.activity(of: bot.id, limit: 200) }
        #expect(!told.contains { $0.what == "recovered" }, "no exchange has healed it")
    }

    /// Exchange errors are healed by an exchange that answers, and nothing else is.
    @Test(arguments: [
        "15 exchange errors \(RiskLimits.errorWindowWords)", Trading.putRight,
        "its sessions cannot be read: x", "",
    ])
    func onlyExchangeErrorsEndByThemselves(_ text: String) throws {
        let bench = try StartBench()
        try bench.turn { bench.isTrading }
        let bot = try machine(bench)
        bench.engine.world.fleet.apply(.criticalError, to: bot)
        bot.record.errorText = text.isEmpty ? nil : text
        bench.engine.world.trading.recoverFromErrors(bot)
        let isOfTheExchange = text.contains("exchange errors")
        #expect((bot.record.phase == .online) == isOfTheExchange, "\(text)")
        #expect(bot.record.errorText == (isOfTheExchange || text.isEmpty ? nil : text))
    }

    /// Even where something else would bring it up: without its template it would have no exits.
    @Test func nothingElseBringsItUp() throws {
        let bench = try bench(Self.own, without: nil)
        try bench.turn { bench.isTrading }
        let bot = try machine(bench)
        #expect(bot.traded.isEmpty)
        bench.engine.world.fleet.apply(.recovered, to: bot)
        #expect(bot.record.phase == .error)
        bot.flaws = BotFlaws()
        bench.engine.world.fleet.apply(.recovered, to: bot)
        #expect(bot.record.phase == .online)
    }
}

/// Positions that nobody could close any more.
@Suite struct LostPositionTests {
    @Test(arguments: [true, false]) func aPositionWithoutAMarketIsNotForgotten(isOn: Bool) throws {
        let bench = try StartBench(switchedOff: isOn ? [] : [.lostPositions])
        try bench.database.connection.execute("DELETE FROM markets WHERE symbol = 'ETH-PERP'")
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(bot.held.count == 1)
        #expect((bot.record.phase == .error) == isOn)
        #expect((bot.record.errorText?.contains("ETH-PERP long") == true) == isOn)
        let close = Command.closeAll(
            .named([bot.record.label]), confirmation: .label(bot.record.label))
        _ = bench.ask(close)
        let rows = try bench.rows().filter { $0.verb == CloseAllCommand.verb }
        #expect(rows.contains { $0.outcome == .refused } == isOn, "\(rows)")
        #expect(rows.contains { $0.outcome != .refused })
    }
}

/// A bot at which engines have died, in the starts after the one that set it aside.
@Suite struct StillAsideTests {
    private static let stored =
        "UPDATE bots SET phase = 'error', error_text = '\(Trading.diedAtWork)' WHERE id = 1"

    @Test(arguments: [true, false]) func aLaterStartLetsItBe(isOn: Bool) throws {
        let bench = try StartBench(switchedOff: isOn ? [] : [.staysAside])
        try bench.database.connection.execute(Self.stored)
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(bot.isSetAside == isOn)
        #expect(bot.traded.isEmpty == isOn)
        #expect(bot.record.phase == .error, "\(bot.record)")
        #expect(bot.held.count == 2)
        #expect(bench.engine.world.bots.dropFirst().allSatisfy { !$0.isSetAside })
    }

    /// No engine has died at what this one has accepted, or at what it had begun in peace.
    @Test(arguments: [true, false]) func itsClosesGetThroughAStart(isOn: Bool) throws {
        let bench = try StartBench(switchedOff: isOn ? [] : [.ownCommandsGoOn])
        try bench.database.connection.execute(Self.stored)
        let label = try bench.database.read { db throws(StoreError) in
            try db.findBot("bot-1").match?.label
        }
        let close = Command.closeAll(
            .named(["bot-1"]), confirmation: .label(try #require(label)))
        #expect(bench.ask(close)?["type"]?.text == "accepted")
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(bot.isSetAside)
        for _ in 0..<60 where !bot.held.isEmpty {
            bench.pass(.seconds(1))
            try bench.turn()
        }
        #expect(bot.held.isEmpty == isOn)
        let row = try #require(try bench.rows().last { $0.verb == CloseAllCommand.verb })
        #expect(row.outcome == (isOn ? .done : .refused), "\(row)")
        #expect((row.errorCode == "engine_died") != isOn)
    }

    /// Another reason is none of this kind.
    @Test func anotherErrorSetsNothingAside() throws {
        let bench = try StartBench()
        try bench.database.connection.execute(
            "UPDATE bots SET phase = 'error', error_text = 'margin' WHERE id = 1")
        try bench.turn { bench.isTrading }
        #expect(bench.engine.world.bots.allSatisfy { !$0.isSetAside })
    }

    /// A person's restart lifts it, also where the engine ends before that is done.
    @Test func aRestartLiftsIt() throws {
        let bench = try StartBench()
        try bench.database.connection.execute(Self.stored)
        try bench.turn { bench.isTrading }
        let label = try #require(bench.engine.world.machine(ID(1))).record.label
        let answer = bench.ask(.restart(bot: label, reason: nil))
        #expect(answer?["type"]?.text != "refused", "\(String(describing: answer))")
        try bench.turn()
        try bench.restart()
        try bench.turn { bench.isTrading }
        let bot = try #require(bench.engine.world.machine(ID(1)))
        #expect(!bot.isSetAside && !bot.traded.isEmpty)
    }
}
