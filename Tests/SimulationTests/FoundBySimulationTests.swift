/// Faults of the product that simulations have found, each on its own.
import Store
import Testing

@testable import Core

@Suite struct FoundBySimulationTests {
    /// Seed 4, step 89: the store saw it asleep before it saw its position closed.
    @Test func aBotThatHasClosedMaySleepInTheSameCommit() throws {
        let fleet = try Simulation(seed: 13).fleet
        let bot = try Self.holder(fleet)
        fleet.world.trading.pause(bot, cause: .person, until: nil)
        for position in bot.positions {
            fleet.world.trading.close(
                position.id, of: bot, purpose: .limitClose, reason: "test", touch: nil,
                decision: nil)
        }
        for _ in 0..<500 where bot.isHolding || !bot.orders.isEmpty {
            fleet.play(to: fleet.world.now + .minutes(1))
        }
        #expect(fleet.world.fleet.apply(.sessionsEnded, to: bot))
        fleet.world.fleet.released(bot)
        _ = try fleet.settle()
        let stored = try fleet.database.read { db throws(StoreError) in try db.bot(bot.id) }
        #expect(stored?.phase == .sleeping)
    }

    /// Seed 21, step 140: an entry on its way filled on a key that no bot had any more.
    @Test func aKeyDoesNotChangeWhileAnOrderIsOnItsWay() throws {
        let fleet = try Simulation(seed: 13).fleet
        let bot = try Self.holder(fleet)
        fleet.world.trading.close(
            bot.positions[0].id, of: bot, purpose: .limitClose, reason: "test", touch: nil,
            decision: nil)
        bot.held.removeAll()
        let reply = try fleet.desk.take(
            .assignKey(bot: bot.record.label, key: "key-9-x"), key: "k",
            from: (SimulatedFleet.owner.uid, "test"))
        #expect(reply.refusal?.code == "orders_under_way")
    }

    /// Seed 69, step 138: what a limit asked for while it wound down was forgotten by its start.
    @Test func aStartMeetsTheLimitsThatAStopHidFrom() throws {
        let fleet = try Simulation(seed: 13).fleet
        let bots = [fleet.world.bots[0], fleet.world.bots[1]]
        for bot in bots {
            #expect(fleet.world.fleet.apply(.stop, to: bot))
            #expect(fleet.world.fleet.apply(.released, to: bot))
        }
        bots[0].record.killLatchedAt = fleet.world.now
        bots[1].record.consecutiveLosses = bots[1].limits.consecutiveLosses
        for bot in bots {
            let reply = try fleet.desk.take(
                .start(bot: bot.record.label), key: "start \(bot.id)",
                from: (SimulatedFleet.owner.uid, "test"))
            #expect(reply.refusal == nil)
        }
        #expect(bots.map(\.record.isPaused) == [true, true])
        #expect(bots.map(\.record.pauseCause) == [.killSwitch, .lossStreak])
    }

    private static func holder(_ fleet: SimulatedFleet) throws -> BotMachine {
        for _ in 0..<200 {
            if let bot = fleet.world.bots.first(where: \.isHolding) { return bot }
            fleet.play(to: fleet.world.now + .hours(1))
            _ = try fleet.settle()
        }
        let last = fleet.world.bots.first { $0.isHolding }
        return try #require(last)
    }
}
