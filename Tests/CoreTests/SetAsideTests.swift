/// A bot at which engines have died comes back from its restart as if it had run all along.

import Store
import Testing

@testable import Core

@Suite struct SetAsideTests {
    /// Without its past it would hold positions by indicators that know nothing yet.
    @Test(arguments: [true, false]) func itIsWarmWhenItComesBack(isRecalled: Bool) throws {
        let (desk, _) = try FoundedDesk.warm(symbols: 1, days: 29)
        let world = desk.world
        let bot = world.bots[0]
        for other in world.bots {
            world.trading.fail(other, "the engine died twice while at work on it")
        }
        _ = try desk.settle()
        bot.isSetAside = true
        let label = bot.record.label
        let reply = try desk.take(
            .restart(bot: label, reason: nil), key: "r", from: (uid: 1, session: "t"))
        #expect(reply.refusal == nil && bot.recalled != nil)
        if !isRecalled { bot.recalled = nil }
        for _ in 0..<60 where bot.isSetAside {
            world.advance(to: world.now + .minutes(1))
            _ = try desk.settle()
        }
        #expect(!bot.isSetAside && bot.record.state != .error)
        let strategies = bot.traded.map(\.strategy)
        #expect(!strategies.isEmpty)
        #expect(strategies.allSatisfy { $0.candlesSeen >= $0.warmUpCandles } == isRecalled)
    }
}
