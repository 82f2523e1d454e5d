/// A preview and its confirmation at the one door: what voids it, and that nothing closes then.

import Store
import Testing

@testable import Core

/// **Source** <doc:ProductRules#Previews>: the set grew, a value moved past tolerance, 30 s.
@Suite struct PreviewDeskTests {
    private final class Case {
        let fleet: HaltOffice
        let token: String
        var desk: Desk { fleet.office.desk }

        init() throws {
            fleet = try HaltOffice(rejects: 0)
            token = try #require(
                fleet.office.ask(.previewCloseAll(.all)).result["preview_token"]?.text)
        }

        func close(from uid: Int64 = 1000) throws -> Refusal? {
            try fleet.office.ask(
                .closeAll(.all, confirmation: .token(token)), from: uid
            ).refusal
        }

        /// Nothing was closed, cancelled or paused.
        func expectUntouched(at place: SourceLocation = #_sourceLocation) {
            #expect(fleet.held == 60, sourceLocation: place)
            #expect(fleet.resting.count >= 30, sourceLocation: place)
            #expect(
                fleet.world.bots.allSatisfy { !$0.record.isPaused }, sourceLocation: place)
        }
    }

    @Test func whatWasSeenIsClosedOnceAndTheTokenIsSpent() throws {
        let one = try Case()
        #expect(try one.close() == nil)
        #expect(try one.close() == .stalePreview(.unknown))
    }

    @Test func thirtySecondsAreTheEnd() throws {
        let one = try Case()
        one.desk.wall = one.desk.wall + .milliseconds(30_001)
        #expect(try one.close() == .stalePreview(.tooOld(age: .milliseconds(30_001))))
        one.expectUntouched()
        one.desk.wall = one.desk.wall - .milliseconds(30_002)
        #expect(try one.close() == .stalePreview(.tooOld(age: .milliseconds(-1))))
        one.desk.wall = one.desk.wall + .seconds(30)
        #expect(try one.close() == nil)
    }

    @Test func anOrderMoreAtTheExchangeVoidsIt() throws {
        let one = try Case()
        let bot = try #require(one.fleet.world.bots.first)
        try one.fleet.rest(bot, known: false)
        #expect(try one.close() == .stalePreview(.grew(bots: 0, positions: 0, orders: 1)))
        one.expectUntouched()
    }

    @Test func aPositionMoreVoidsIt() throws {
        let one = try Case()
        let bot = try #require(one.fleet.world.bots.first)
        let spare = one.fleet.world.markets.indices.first { !bot.instruments.contains($0) }
        let position = try #require(bot.held.first).position
        var more = position
        more.id = ID(999)
        bot.held.append(
            BookedPosition(position: more, symbol: try #require(spare), contract: .plain))
        #expect(try one.close() == .stalePreview(.grew(bots: 0, positions: 1, orders: 0)))
    }

    @Test func aBotMoreVoidsIt() throws {
        let one = try Case()
        try one.fleet.office.ask(.deploy(DeployRequest(label: "new-1", region: "tokyo")))
        #expect(try one.close() == .stalePreview(.grew(bots: 1, positions: 0, orders: 0)))
        one.expectUntouched()
    }

    /// More than one per cent of the notional, from the size of a position.
    @Test func aValueThatMovedVoidsIt() throws {
        let one = try Case()
        let bot = try #require(one.fleet.world.bots.first)
        let size = bot.held[0].position.quantity
        bot.held[0].position.quantity = size * 1000
        guard case .stalePreview(.moved(let before, let after))? = try one.close() else {
            Issue.record("it was not void")
            return
        }
        #expect(after > before)
        bot.held[0].position.quantity = size
        one.expectUntouched()
        #expect(try one.close() == nil)
    }

    @Test func somebodyElsesEyesDoNotCount() throws {
        let one = try Case()
        let other = Member(
            uid: 1001, name: "bob", role: .owner, joinedAt: Instant(milliseconds: 0))
        try one.fleet.office.database.write { db throws(StoreError) in _ = try db.insert(other) }
        try one.fleet.office.reopenDesk()
        #expect(try one.close(from: 1001) == .stalePreview(.otherPerson))
        one.expectUntouched()
    }

    /// One position by itself: its own token closes it, the other's does not.
    @Test func aTokenIsForItsOwnAct() throws {
        let one = try Case()
        let bot = try #require(one.fleet.world.bots.first)
        let position = try #require(bot.positions.first)
        let refusal = try one.fleet.office.ask(
            .closePosition("\(position.id)", confirmation: .token(one.token))
        ).refusal
        #expect(refusal == .stalePreview(.otherAct(previewed: "close-all")))
        one.expectUntouched()
    }

    /// What nobody confirmed in time is gone, also when the engine was another one then.
    @Test(arguments: [false, true]) func unconfirmedOnesAreDeleted(isReopened: Bool) throws {
        let one = try Case()
        if isReopened { try one.fleet.office.reopenDesk() }
        let stored = { () throws in
            try one.fleet.office.database.read { db throws(StoreError) in
                try db.preview(one.token)
            }
        }
        #expect(try stored() != nil)
        one.desk.wall = one.desk.wall + .seconds(30)
        _ = try one.desk.settle()
        #expect(try stored() != nil)
        one.desk.wall = one.desk.wall + .seconds(1)
        _ = try one.desk.settle()
        #expect(try stored() == nil)
        #expect(try one.close() == .stalePreview(.unknown))
    }
}

/// Bots by the words of a person.
@Suite struct BotWordTests {
    private static func place(_ name: String) throws(Refusal) -> Int {
        let labels = ["btc Trend", "B", "eth"]
        return try Desk.place(
            of: name, among: labels.count, id: { ID<Bot>(Int64($0 + 1)) }, label: { labels[$0] })
    }

    /// Two labels never differ by case alone, so that one is meant.
    @Test func aLabelIsFoundInOtherLetters() throws {
        #expect(try Self.place("btc Trend") == 0)
        #expect(try Self.place("BTC TREND") == 0)
        #expect(try Self.place("B") == 1)
        // The beginning of every id as well.
        #expect(throws: Refusal.self) { try Self.place("b") }
        #expect(throws: Refusal.noSuch(.bot, "BOT-1")) { try Self.place("BOT-1") }
        #expect(throws: Refusal.noSuch(.bot, "btc")) { try Self.place("btc") }
    }

    @Test func anActFindsIt() throws {
        let (desk, _) = try FoundedDesk.two(over: ["BTC-PERP"])
        let label = desk.world.bots[0].record.label
        let other = label.uppercased()
        #expect(other != label)
        #expect(try desk.machine(named: other) === desk.world.bots[0])
        let reply = try desk.take(.pause(.named([other]), reason: nil), key: "p", from: (1, "s"))
        #expect(reply.commands.count == 1 && reply.refusal == nil)
    }
}
