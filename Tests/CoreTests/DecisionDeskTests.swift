/// Decision records on their way through the desk: written with the rest, explained, pruned.

import Store
import Testing

@testable import Core

@Suite struct DecisionDeskTests {
    private func desk() throws -> (Desk, Database) {
        try FoundedDesk.warm(symbols: 2, days: 7)
    }

    private func records(_ database: Database) throws -> [DecisionRecord] {
        try database.read { db throws(StoreError) in
            var records: [DecisionRecord] = []
            for bot in try db.bots() { records += try db.decisions(of: bot.id) }
            return records
        }
    }

    /// Without room on the disk what no decision needs waits; candles and the rest do not.
    @Test(arguments: [true, false]) func historiesAreLeftOutWithoutRoom(isShort: Bool) throws {
        let (desk, database) = try desk()
        desk.leftOut = isShort ? History.needless : []
        desk.world.advance(to: desk.world.now + .hours(3))
        _ = try desk.settle()
        #expect(try records(database).isEmpty == isShort)
        #expect(desk.world.journal.decisionLog.entries.isEmpty)
        let clock = try database.read { db throws(StoreError) in try db.existingWorkspace().clock }
        #expect(clock == desk.world.now)
        desk.leftOut = []
        desk.world.advance(to: desk.world.now + .hours(3))
        _ = try desk.settle()
        #expect(try !records(database).isEmpty)
    }

    /// What says how things stand is told once; other words, another kind, and what somebody has
    /// taken note of are told again.
    @Test func anAlarmThatStandsIsToldOnce() throws {
        let (desk, database) = try desk()
        func tell(_ kind: String, _ words: String) throws -> Int {
            desk.world.alarm(kind, words)
            _ = try desk.settle()
            return try database.read { db throws(StoreError) in
                try db.openNotices().count { $0.kind == kind }
            }
        }
        let told = try [
            tell("disk_reserve", "full"), tell("disk_reserve", "full"),
            tell("disk_reserve", "fuller"), tell("billing", "low"), tell("billing", "low"),
        ]
        #expect(told == [1, 1, 2, 1, 2])
        desk.world.endNotices(of: "disk_reserve")
        #expect(try tell("disk_reserve", "full") == 1)
    }

    /// Whoever resumes bots hears that they open nothing all the same.
    @Test(arguments: [true, false]) func aResumeTellsOfStoppedEntries(isOn: Bool) throws {
        let (desk, _) = try FoundedDesk.two(over: ["BTC-PERP"])
        desk.world.disarmed = isOn ? [] : [.entryStop]
        desk.world.trading.stopEntries(.diskFull, because: "less than 512 MiB are free")
        _ = try desk.take(.pause(.all, reason: nil), key: "p", from: (1, "s"))
        let reply = try desk.take(.resume(.all, reason: nil), key: "r", from: (1, "s"))
        #expect(!reply.commands.isEmpty)
        for row in reply.commands {
            let clause = "; no position is opened: disk nearly full"
            #expect(row.message == "resumed" + (isOn ? clause : ""))
        }
    }

    @Test func everyCandleOfEveryArmedBotIsOnDiskAfterASettle() throws {
        let (desk, database) = try desk()
        #expect(try records(database).isEmpty, "a bot that catches up only listens")
        let begin = desk.world.now
        for _ in 0..<4 {
            desk.world.advance(to: desk.world.now + .hours(3))
            _ = try desk.settle()
        }
        #expect(desk.world.journal.decisionLog.entries.isEmpty)
        let records = try records(database)
        let expected = desk.world.bots.reduce(0) { sum, bot in
            bot.traded.reduce(sum) {
                $0 + 12 * 3_600_000 / Int($1.strategy.template.timeframe.span.milliseconds)
            }
        }
        #expect(records.count == expected && expected > 0)
        for record in records {
            let template = try record.template()
            let again = try #require(record.redecide(template))
            #expect(try #require(record.decoded).agrees(with: again))
            #expect(record.at > begin && record.at <= desk.world.now)
            #expect(record.facts.count <= 24)
        }
        let board = try database.read { db throws(StoreError) in
            try WhyBoard.load(db, bot: ID(1))
        }
        #expect(board?.replaysToTheSame == true)
        let values = board?.steps.filter { $0.stage == .signal }.map(\.value) ?? []
        #expect(!values.isEmpty && values.allSatisfy { !$0.isEmpty }, "the newest has its values")
    }

    @Test func recordsOfThirtyFiveDaysAreKept() throws {
        let (desk, database) = try desk()
        let ages = [36, 35, 34, 1].map { Span.days($0) }
        let now = desk.world.now
        try database.write { db throws(StoreError) in
            let number = try db.number(
                of: DecisionSeries(
                    botID: ID(1), symbol: "X", templateName: "t", templateVersion: 1,
                    templateText: "t", limitsVersion: 0))
            for age in ages {
                try db.saveDecision(in: number, at: now - age, close: Price(raw: 1), facts: [1])
            }
        }
        desk.world.decisionsMayBeOld = false
        _ = try desk.settle()
        #expect(try records(database).count == 4, "nothing is due")
        desk.world.decisionsMayBeOld = true
        _ = try desk.settle()
        #expect(try records(database).map(\.at) == [35, 34, 1].map { now - .days($0) })
        #expect(!desk.world.decisionsMayBeOld)
    }

    @Test func pruningIsDueOnceAnHourOfTheWorld() throws {
        let (desk, _) = try desk()
        desk.world.decisionsMayBeOld = false
        desk.world.advance(to: desk.world.now.floored(to: .hours(1)) + .minutes(59))
        #expect(!desk.world.decisionsMayBeOld)
        desk.world.advance(to: desk.world.now + .minutes(1))
        #expect(desk.world.decisionsMayBeOld)
    }
}
