/// The halt of a whole fleet: everything flat, nothing resting, nothing entered, seen by others.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Closing-until-flat>.
@Suite struct HaltFleetTests {
    private func entries(_ fleet: HaltOffice, since: Instant) throws -> Int {
        try fleet.office.database.read { db throws(StoreError) in
            try db.orders(limit: 10_000).count {
                $0.purpose == .entry && $0.filled.isPositive && ($0.doneAt ?? since) > since
            }
        }
    }

    private func outcomes(_ fleet: HaltOffice) throws -> [CommandOutcome] {
        try fleet.office.database.read { db throws(StoreError) in
            try db.commands(limit: 1000).filter { $0.verb == "close-all" }.map(\.outcome)
        }
    }

    @Test func twentyBotsEndFlatThoughOneCloseInTenIsRejected() throws {
        let fleet = try HaltOffice()
        #expect(fleet.world.bots.count == 20)
        #expect(fleet.positions == 60)
        #expect(fleet.resting.count == 30)
        #expect(fleet.strangers.count == 5)
        let known = Set(fleet.world.bots.flatMap { $0.orders.map(\.clientOrderID) })
        #expect(fleet.resting.count { !known.contains($0.clientOrderID) } == 5)

        let pressed = fleet.world.now
        try fleet.halt()
        let begun = try #require(try fleet.progress())
        #expect(begun.bots == 20)
        #expect(begun.words.hasPrefix("HALT \(begun.flat)/20 flat · "))
        // Whoever asked is gone; the engine goes on alone, and another console sees how far it is.
        var seen: Set<Int> = []
        while let halt = try fleet.progress(), fleet.world.now < pressed + .minutes(10) {
            seen.insert(halt.flat)
            #expect(halt.bots == 20)
            fleet.world.advance(to: fleet.world.now + .milliseconds(100))
            _ = try fleet.office.desk.settle()
        }
        #expect(seen.count > 2, "\(seen)")
        #expect(fleet.held == 0)
        #expect(fleet.positions == 0)
        #expect(fleet.resting.isEmpty)
        #expect(try outcomes(fleet) == Array(repeating: .done, count: 20))
        let rejected = try fleet.office.database.read { db throws(StoreError) in
            try db.orders(limit: 10_000).count {
                $0.status == .rejected && $0.purpose == .personClose && $0.createdAt >= pressed
            }
        }
        #expect(rejected > 0, "no close was ever rejected")
        try fleet.office.pass(.hours(6))
        #expect(try entries(fleet, since: pressed) == 0)
        #expect(fleet.held == 0)
        #expect(try fleet.office.database.check().isEmpty)
    }

    /// The engine dies in the middle: it finishes after its restart.
    @Test func aHaltOutlivesTheEngine() throws {
        let fleet = try HaltOffice(rejects: 40)
        try fleet.halt()
        fleet.world.advance(to: fleet.world.now + .milliseconds(300))
        _ = try fleet.office.desk.settle()
        let before = fleet.held
        #expect(before > 0 && before < 60)
        try fleet.office.restart()
        try fleet.office.desk.resumeHalts()
        try fleet.office.pass(.minutes(3))
        #expect(fleet.held == 0)
        #expect(try fleet.progress() == nil)
        #expect(try outcomes(fleet).allSatisfy { $0 == .done })
    }

    /// What comes to rest while the halt runs is cancelled as well.
    @Test func anOrderThatArrivesLateIsCancelledToo() throws {
        let fleet = try HaltOffice(rejects: 0)
        let bot = try #require(fleet.world.bots.last)
        let key = try #require(bot.record.keyID)
        try fleet.halt()
        let market = fleet.world.markets[bot.instruments[0]].instrument
        let order = Order(
            id: ID(0), botID: bot.id, keyID: key, clientOrderID: "late", symbol: market.symbol,
            side: .buy, kind: .limit, quantity: market.minimumQuantity, limitPrice: market.tick,
            reduceOnly: false, purpose: .entry, decisionPrice: market.tick,
            createdAt: fleet.world.now, deadline: fleet.world.now)
        fleet.world.trading.venue.place(
            order, symbol: bot.instruments[0], maxSlippage: nil, at: fleet.world.now)
        fleet.world.trading.drainVenue()
        try fleet.office.pass(.minutes(1))
        #expect(fleet.resting.isEmpty)
        #expect(try fleet.progress() == nil)
    }

    /// A position that no book has, on a symbol that the bot does not even trade.
    @Test func whatOnlyTheExchangeHoldsIsClosedToo() throws {
        let office = try LifeOffice(bots: 1)
        try office.pass(.seconds(30))
        let world = office.desk.world
        let bot = try #require(world.bots.first)
        let key = try #require(bot.record.keyID)
        for (number, symbol) in [bot.instruments[0], world.markets.count - 1].enumerated() {
            let market = world.markets[symbol]
            let price = try #require(market.lastPrice)
            world.trading.venue.place(
                Order(
                    id: ID(0), botID: bot.id, keyID: key, clientOrderID: "outside-\(number)",
                    symbol: market.instrument.symbol, side: .sell,
                    quantity: market.instrument.minimumQuantity, reduceOnly: false,
                    purpose: .entry, decisionPrice: price, leverage: 2, createdAt: world.now,
                    deadline: world.now),
                symbol: symbol, maxSlippage: nil, at: world.now)
            world.trading.drainVenue()
        }
        #expect(world.trading.venue.paper.positions(key).count == 2)
        try office.ask(
            .closeAll(
                .named([bot.record.label]), confirmation: .label(bot.record.label)))
        try office.pass(.minutes(1))
        #expect(world.trading.venue.paper.positions(key).isEmpty)
        #expect(world.trading.finishedHalts.isEmpty && world.trading.halts.isEmpty)
    }
}
