/// The four clocks of a bot: each of them late alone, and named.

import Store
import Testing

@testable import Core

@Suite struct FourClocksTests {
    /// What was accepted during a start is told by the wall, not by a world that stood and leapt.
    @Test func anEarlyCommandIsTimedByTheWall() throws {
        let (founded, database) = try FoundedDesk.two(over: ["BTC-PERP"])
        let owner = (uid: Int64(1), name: "ana")
        let wall = founded.world.now + .hours(3)
        let desk = try Desk(before: database, owner: owner, wall: wall)
        _ = try desk.take(.pause(.all, reason: nil), key: "p", from: (1, "s"))
        desk.enter(founded.world)
        desk.wall = wall + .seconds(4)
        _ = try desk.carryOut(try desk.acceptedEarly()[...])
        let rows = try BoardReader(over: database, owner: owner).commands(limit: 10).rows
        #expect(rows.count == 2)
        for row in rows {
            #expect(row.at == wall && row.took == .seconds(4), "\(row)")
            #expect(row.record.at < row.at)
        }
    }

    /// Who asks twice during a start, minutes apart, asked at two times.
    @Test func equalEarlyCommandsAreTimedEach() throws {
        let (founded, database) = try FoundedDesk.two(over: ["BTC-PERP"])
        let owner = (uid: Int64(1), name: "ana")
        let wall = founded.world.now + .hours(3)
        let desk = try Desk(before: database, owner: owner, wall: wall)
        for (key, minutes) in [("p", Int64(0)), ("q", 2), ("r", 5)] {
            desk.wall = wall + .minutes(minutes)
            let reply = try desk.take(.pause(.all, reason: nil), key: key, from: (1, "s"))
            #expect(reply.commands.count == 2)
        }
        desk.enter(founded.world)
        desk.wall = wall + .minutes(6)
        _ = try desk.carryOut(try desk.acceptedEarly()[...])
        let reader = BoardReader(over: database, owner: owner)
        let rows = try reader.commands(limit: 10).rows.filter { !$0.isTimed }
        #expect(rows.map(\.at) == [5, 5, 2, 2, 0, 0].map { wall + .minutes($0) })
        #expect(rows.map(\.took) == [1, 1, 4, 4, 6, 6].map { .minutes($0) })
        // A page shows no other times than the whole.
        let page = try reader.commands(before: rows[1].id, limit: 2).rows
        #expect(page.map(\.at) == [2, 2].map { wall + .minutes($0) })
    }

    /// What is refused during a start is told by the wall as well, and what comes later is not.
    @Test func aCommandRefusedDuringAStartIsTimedByTheWall() throws {
        let (founded, database) = try FoundedDesk.two(over: ["BTC-PERP"])
        let owner = (uid: Int64(1), name: "ana")
        let wall = founded.world.now + .hours(3)
        let desk = try Desk(before: database, owner: owner, wall: wall)
        let reply = try desk.take(.resume(.all, reason: nil), key: "r", from: (1, "s"))
        #expect(reply.refusal?.code == "engine_starting")
        desk.enter(founded.world)
        desk.wall = wall + .seconds(4)
        _ = try desk.take(.pause(.all, reason: nil), key: "p", from: (1, "s"))
        let rows = try BoardReader(over: database, owner: owner).commands(limit: 10).rows
        let refused = try #require(rows.first { $0.record.outcome == .refused })
        #expect(refused.at == wall && refused.knownAt == wall && refused.took == .seconds(0))
        #expect(refused.record.at < wall && !refused.isTimed)
        let later = rows.filter { $0.record.verb == "pause" }
        #expect(later.count == 2 && later.allSatisfy { $0.isTimed && $0.at == $0.record.at })
    }

    /// What was accepted while the world stood at its last commit has no duration by that clock.
    @Test(arguments: [true, false]) func anEarlyCommandHasNoDuration(isEarly: Bool) {
        let begun = Instant(year: 2026, month: 3, day: 10)
        let record = CommandRecord(
            idempotencyKey: "k", verb: "pause", actor: "ana", actorUID: 1, role: "owner",
            at: begun, expiresAt: begun + .minutes(1), startedAt: isEarly ? nil : begun,
            finishedAt: begun + .minutes(10), outcome: .done)
        let row = CommandRow(record: record, botLabel: nil)
        #expect(row.took == (isEarly ? nil : .minutes(10)))
        #expect((row.json["took_ms"] == .null) == isEarly)
        // Nobody knows when it was asked either: not at the last commit.
        #expect(row.knownAt == (isEarly ? nil : begun))
        #expect((row.json["at"] == .null) == isEarly)
    }

    /// An earlier program kept no time of it: none is better than that of the last commit.
    @Test func anEarlyCommandOfAnEarlierProgramHasNoTime() throws {
        let (founded, database) = try FoundedDesk.two(over: ["BTC-PERP"])
        let at = founded.world.now
        try database.write { db throws(StoreError) in
            _ = try db.insert(
                CommandRecord(
                    idempotencyKey: "k", verb: "pause", target: "bot-1", actor: "ana", actorUID: 1,
                    role: "owner", at: at, expiresAt: at + .minutes(1),
                    finishedAt: at + .minutes(10), outcome: .done))
        }
        let reader = BoardReader(over: database, owner: (uid: Int64(1), name: "ana"))
        let row = try #require(try reader.commands(limit: 1).rows.first)
        #expect(row.knownAt == nil && row.took == nil && row.json["at"] == .null)
    }

    private static let now = Instant(year: 2026, month: 3, day: 10) + .hours(12)

    /// Armed, running for hours, on one-hour candles, with every clock as fresh as it can be.
    private static func row(_ change: (inout Bot) -> Void = { _ in }) -> BotRow {
        var bot = Bot(
            id: ID(1), label: "b-1", keyID: ID(1), templateName: "Trend Follower",
            createdAt: now - .days(1), upSince: now - .hours(20), heartbeatAt: now - .seconds(5),
            evaluatedAt: now - .minutes(30), exchangeAckAt: now - .seconds(20),
            reconciledAt: now - .seconds(20))
        change(&bot)
        return BotRow(
            bot: bot, key: nil, timeframe: .oneHour, openPositions: 0, unrealised: nil,
            realisedToday: .zero, equity: nil)
    }

    @Test func noneIsLateWhenAllAreFresh() {
        #expect(Self.row().lateClock(now: Self.now) == nil)
    }

    @Test func eachOfThemIsNamedWhenItAloneIsLate() {
        let now = Self.now
        let cases: [(LateClock, String, BotRow, BotRow)] = [
            (
                .heartbeat, "NO HEARTBEAT", Self.row { $0.heartbeatAt = now - .seconds(45) },
                Self.row { $0.heartbeatAt = now - .seconds(46) }
            ),
            (
                .evaluation, "ALIVE, NOT EVALUATING",
                Self.row { $0.evaluatedAt = now - .minutes(121) },
                Self.row { $0.evaluatedAt = now - .minutes(122) }
            ),
            (
                .exchange, "EXCHANGE SILENT", Self.row { $0.exchangeAckAt = now - .seconds(120) },
                Self.row { $0.exchangeAckAt = now - .seconds(121) }
            ),
            (
                .reconcile, "NOT RECONCILED", Self.row { $0.reconciledAt = now - .seconds(120) },
                Self.row { $0.reconciledAt = now - .seconds(121) }
            ),
        ]
        for (clock, title, justInTime, late) in cases {
            #expect(justInTime.lateClock(now: now) == nil, "\(clock)")
            #expect(late.lateClock(now: now) == clock)
            #expect(clock.title == title)
        }
        #expect(Set(cases.map(\.0)) == Set(LateClock.allCases))
    }

    /// Armed at 11:50 after hours without a template, or woken: no candle can have closed yet.
    @Test func evaluationCountsFromArmingAndWaking() {
        let now = Self.now
        let armed = Self.row {
            $0.evaluatedAt = nil
            $0.evaluatingSince = now - .minutes(10)
        }
        #expect(armed.lateClock(now: now) == nil)
        let woken = Self.row {
            $0.evaluatedAt = now - .hours(14)
            $0.reconciledAt = now - .hours(14)
            $0.exchangeAckAt = now - .hours(14)
            $0.upSince = now - .minutes(1)
        }
        #expect(woken.lateClock(now: now) == nil)
        let idle = Self.row {
            $0.evaluatedAt = nil
            $0.evaluatingSince = now - .minutes(122)
        }
        #expect(idle.lateClock(now: now) == .evaluation)
    }

    @Test func whoIsOutOfSightIsSaidToTradeOn() {
        var row = Self.row {
            $0.phase = .offline
            $0.heartbeatAt = Instant(year: 2026, month: 8, day: 24) + .hours(10)
        }
        row.link = BotLink(
            botID: ID(1), wanted: 12, running: 11, lostAt: Self.now, returnsAt: Self.now)
        #expect(row.unseen == "may trade on cached config 11 since 10:00Z")
        row.link?.queued = 1
        #expect(row.unseen == "may trade on cached config 11 since 10:00Z; 1 command waits")
        row.link?.queued = 2
        #expect(row.waiting == "2 commands wait")
        row.link?.running = nil
        #expect(row.unseen == nil)
    }

    /// Whoever has nothing to evaluate is not blamed for it; a heartbeat is asked of everybody.
    @Test func anUnarmedBotOnlyHasAHeartbeat() {
        let unarmed = Self.row {
            $0.keyID = nil
            $0.evaluatedAt = nil
            $0.exchangeAckAt = nil
            $0.reconciledAt = nil
        }
        #expect(unarmed.lateClock(now: Self.now) == nil)
        #expect(unarmed.lateClock(now: Self.now + .minutes(1)) == .heartbeat)
    }
}
