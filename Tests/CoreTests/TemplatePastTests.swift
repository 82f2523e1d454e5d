/// A template that comes in the middle of a market knows its past: levels, warm-up, cool-down.

import Store
import Testing

@testable import Core

@Suite struct TemplatePastTests {
    static let text = """
        [template]
        name = Minute Trend
        timeframe = 1m
        mode = any
        [signal EMA Cross]
        fast = 5
        slow = 20
        [guard Cooldown]
        candles = 30
        [exit Chandelier Exit]
        """

    private func office() throws -> (LifeOffice, String) {
        let office = try LifeOffice(bots: 6)
        let label = try office.holder()
        #expect(try office.ask(.templateImport(text: Self.text, file: nil)).refusal == nil)
        return (office, label)
    }

    private func assign(_ office: LifeOffice, _ label: String) throws {
        let reply = try office.ask(
            .assignTemplate(bot: label, template: "Minute Trend", confirmation: .label(label)))
        try #require(reply.refusal == nil)
    }

    /// Else what it took over would stand without a stop until it is warm.
    @Test func itHoldsWhatItTakesOverByItsLevelsAtOnce() throws {
        let (office, label) = try office()
        let bot = try office.machine(label)
        try assign(office, label)
        #expect(bot.isHolding)
        #expect(bot.held.allSatisfy { $0.levels.stop != nil })
        for traded in bot.traded {
            #expect(traded.strategy.candlesSeen > traded.strategy.warmUpCandles)
            #expect(traded.strategy.lastDecision.isWarm)
        }
    }

    /// Candles of the turn in which the command comes are not written down yet.
    @Test func itMissesNoCandle() throws {
        let (office, label) = try office()
        office.desk.world.advance(to: office.desk.world.now + .minutes(5))
        try assign(office, label)
        let before = try office.machine(label).traded.map { $0.strategy.snapshotText() }
        let levels = try office.machine(label).held.map(\.levels.stop?.price)
        try office.restart()
        #expect(try office.machine(label).traded.map { $0.strategy.snapshotText() } == before)
        #expect(try office.machine(label).held.map(\.levels.stop?.price) == levels)
        #expect(!before.isEmpty)
    }

    @Test func aKeyThatIsAssignedFindsItsTemplateWarm() throws {
        let (office, _) = try office()
        try office.ask(
            .deploy(DeployRequest(label: "new-1", region: "tokyo", template: "Minute Trend")))
        try office.pass(.minutes(1))
        try office.addSpareKey("BTC-PERP")
        let reply = try office.ask(.assignKey(bot: "new-1", key: "spare"))
        try #require(reply.refusal == nil)
        let traded = try office.machine("new-1").traded
        #expect(!traded.isEmpty)
        #expect(traded.allSatisfy { $0.strategy.lastDecision.isWarm })
    }

    /// Else a restart, or another template, would let a bot in again right after an exit.
    @Test func aCooldownIsForgottenNeitherByARestartNorByATemplate() throws {
        let (office, label) = try office()
        try assign(office, label)
        let symbol = try #require(try office.machine(label).held.first).symbol
        let halt = try office.ask(.closeAll(.named([label]), confirmation: .label(label)))
        try office.pass(.seconds(20))
        try #require(try office.command(halt).outcome == .done)
        try office.pass(.minutes(5))
        let count = try #require(try office.machine(label).traded(symbol)?.candlesSinceExit)
        #expect((4...6).contains(count))
        try office.restart()
        #expect(try office.machine(label).traded(symbol)?.candlesSinceExit == count)
        let other = Self.text.replacing("slow = 20", with: "slow = 30")
        try office.ask(.templateImport(text: other, file: nil))
        try assign(office, label)
        #expect(try office.machine(label).record.templateVersion == 2)
        #expect(try office.machine(label).traded(symbol)?.candlesSinceExit == count)
        // Long after what the indicators want of the past.
        try office.pass(.hours(4))
        let later = try #require(try office.machine(label).traded(symbol)?.candlesSinceExit)
        #expect(later > 240)
        try office.restart()
        #expect(try office.machine(label).traded(symbol)?.candlesSinceExit == later)
    }
}
