/// What the reads return, and in which order.

import Testing

@testable import Store

@Suite struct QueryTests {
    @Test func botIsFoundByIDThenLabelThenPrefix() throws {
        let database = try Database.memory()
        try database.write { db throws(StoreError) in
            for number in [1, 2, 12] as [Int64] {
                try db.save(
                    Bot(id: ID(number), label: "label-\(number)", createdAt: minute(0)))
            }
            // Whole ids and labels come before the beginning of an id.
            try db.save(Bot(id: ID(30), label: "bot", createdAt: minute(0)))
        }
        try database.read { db throws(StoreError) in
            #expect(try db.findBot("bot-1").match?.id == ID(1))
            #expect(try db.findBot("bot-2").match?.id == ID(2))
            #expect(try db.findBot("label-12").match?.id == ID(12))
            #expect(try db.findBot("bot-3").match?.id == ID(30))
            #expect(try db.findBot("bot").match?.id == ID(30))
            #expect(try db.findBot("BOT").match?.id == ID(30))
            #expect(try db.findBot("BOT-1") == .none)
            #expect(try db.findBot("label-1").match?.id == ID(1))
            #expect(try db.findBot("LABEL-12").match?.id == ID(12))
            #expect(try db.findBot("Label-1").match?.id == ID(1))
            #expect(try db.findBot("Label") == .none)
            #expect(try db.findBot("label") == .none)
            #expect(try db.findBot("") == .none)
            #expect(try db.findBot("%") == .none)
            guard case .several(let bots) = try db.findBot("bot-") else {
                Issue.record("expected candidates")
                return
            }
            #expect(bots.map(\.id.number) == [1, 2, 12, 30])
            #expect(try db.nextBotID() == ID(31))
        }
    }

    @Test func otherThingsAreFoundToo() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            try db.insert(exampleTicket())
        }
        try database.read { db throws(StoreError) in
            for name in ["ticket-1", "1", "#1", "ticket-", "t"] {
                #expect(try db.findTicket(name).match?.id == ID(1), "\(name)")
            }
            for name in ["01", "+1", "ticket-01", "#ticket-1", "#", "-1", "2", ""] {
                #expect(try db.findTicket(name).match == nil, "\(name)")
            }
            #expect(try db.findKey("main").match?.id == ID(1))
            #expect(try db.findKey("MAIN").match?.id == ID(1))
            #expect(try db.findKey("key-1").match?.instruments.count == 2)
            #expect(try db.bot(holding: ID(1))?.id == ID(1))
            #expect(try db.bots(running: "Trend Follower").map(\.id) == [ID(1)])
            #expect(try db.bots(running: "Mean Reverter") == [])
        }
    }

    @Test func feedIsPagedNewestFirstAndFollowedOldestFirst() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            for number in 1...6 {
                try db.insert(
                    Activity(
                        botID: number.isMultiple(of: 2) ? ID(1) : nil, at: minute(Int64(number)),
                        kind: .life, what: "\(number)", detail: "",
                        severity: number > 4 ? .error : .info))
            }
        }
        try database.read { db throws(StoreError) in
            #expect(try db.activity(limit: 2).map(\.what) == ["6", "5"])
            #expect(try db.activity(before: ID(5), limit: 2).map(\.what) == ["4", "3"])
            #expect(try db.activity(of: ID(1), limit: 9).map(\.what) == ["6", "4", "2"])
            #expect(try db.activity(after: ID(4), limit: 9).map(\.what) == ["5", "6"])
            #expect(try db.activity(after: ID(4), of: ID(1), limit: 9).map(\.what) == ["6"])
            #expect(try db.lastActivityID() == ID(6))
        }
    }

    @Test func commandsAndOrdersAreNewestFirst() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            for number in 1...3 {
                var command = exampleCommand("k\(number)", bot: number == 2 ? nil : 1)
                command.outcome = number == 3 ? .queued : .done
                try db.insert(command)
                var order = exampleOrder(Int64(number), client: "c\(number)")
                order.commandID = number == 1 ? nil : ID(2)
                order.status = number == 1 ? .intent : .filled
                try db.save(order)
            }
        }
        try database.read { db throws(StoreError) in
            #expect(try db.commands(limit: 2).map(\.idempotencyKey) == ["k3", "k2"])
            #expect(try db.commands(of: ID(1), limit: 9).map(\.idempotencyKey) == ["k3", "k1"])
            #expect(try db.unfinishedCommands().map(\.idempotencyKey) == ["k3"])
            #expect(try db.orders(limit: 9).map(\.id.number) == [3, 2, 1])
            #expect(try db.orders(of: ID(1), before: ID(3), limit: 1).map(\.id.number) == [2])
            #expect(try db.openOrders().map(\.id.number) == [1])
            #expect(try db.orders(of: ID<CommandRecord>(2)).map(\.id.number) == [2, 3])
            #expect(try db.nextOrderID() == ID(4))
        }
    }

    @Test func idsOfClosedPositionsAreNotUsedAgain() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            try db.save(examplePosition(3))
            try db.insert(exampleTrade(position: 8))
        }
        #expect(try database.read { db throws(StoreError) in try db.nextPositionID() } == ID(9))
    }

    @Test func tradesAreNewestFirstAndSummedByBot() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            try db.save(exampleBot(2, label: "second", key: nil))
            try db.insert(exampleTrade(position: 1, net: 100, closed: 20))
            try db.insert(exampleTrade(position: 2, net: -30, closed: 22))
            try db.insert(exampleTrade(bot: 2, position: 3, net: 0, closed: 21))
        }
        try database.read { db throws(StoreError) in
            #expect(try db.trades().map(\.positionID.number) == [2, 3, 1])
            #expect(try db.trades(of: ID(1), limit: 1).map(\.positionID.number) == [2])
            #expect(try db.trades(since: minute(21)).map(\.positionID.number) == [2, 3])
            let totals = [
                TradeTotals(
                    botID: ID(1), count: 2, wins: 1, profit: Money(raw: 100),
                    loss: Money(raw: 30), net: Money(raw: 70)),
                TradeTotals(
                    botID: ID(2), count: 1, wins: 0, profit: .zero, loss: .zero, net: .zero),
            ]
            #expect(try db.tradeTotals() == totals)
            #expect(
                try db.realisedNet(since: minute(21))
                    == [ID(1): CurrencySums(Money(raw: -30), in: .usdt), ID(2): CurrencySums()])
        }
    }

    @Test func equityIsThinnedToTheLastPointOfEachSpan() throws {
        let database = try databaseWithABot()
        let start = minute(0).floored(to: .hours(1))
        try database.write { db throws(StoreError) in
            for number in 0..<180 as Range<Int64> {
                try db.save(
                    EquityPoint(
                        botID: ID(1), at: start + .minutes(number), equity: Money(raw: number),
                        wallet: .zero))
            }
        }
        try database.read { db throws(StoreError) in
            let hourly = try db.equity(of: ID(1), every: .hours(1))
            #expect(hourly.map(\.equity.raw) == [59, 119, 179])
            #expect(try db.equity(of: ID(1), since: start + .minutes(178)).count == 2)
        }
    }

    @Test func candlesAreOldestFirst() throws {
        let database = try Database.memory()
        try database.write { db throws(StoreError) in
            for number in 0..<5 as Range<Int64> {
                let price = Price(raw: number + 1)
                try db.save(
                    Candle(
                        openTime: minute(number), open: price, high: price, low: price,
                        close: price, volume: .zero),
                    of: InstrumentID("X", on: .simulated))
            }
        }
        try database.read { db throws(StoreError) in
            let id = InstrumentID("X", on: .simulated)
            let all = try db.candles(of: id, from: minute(1), to: minute(4))
            #expect(all.map(\.close.raw) == [2, 3, 4])
            #expect(try db.candles(of: id, limit: 2).map(\.close.raw) == [1, 2])
            let other = InstrumentID("X", on: VenueName("bybit", .live))
            #expect(try db.candles(of: other) == [])
        }
    }

    @Test func newestVersionsOfTemplatesAndLimitsAreInForce() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            for number in 1...2 {
                try db.insert(
                    TemplateVersion(
                        name: "Mine", version: number, text: "v\(number)", createdAt: minute(0),
                        createdBy: "ann"))
                try db.insert(
                    RiskLimitsVersion(
                        botID: ID(1), version: number, setAt: minute(0), setBy: "ann",
                        limits: RiskLimits(apiErrors: number)))
            }
        }
        try database.read { db throws(StoreError) in
            #expect(try db.templates().map(\.version) == [2])
            #expect(try db.template("Mine", version: 1)?.text == "v1")
            #expect(try db.limits(of: ID(1))?.limits.apiErrors == 2)
            #expect(try db.limits(of: ID(1), version: 1)?.limits.apiErrors == 1)
            #expect(try db.limitsHistory(of: ID(1)).map(\.version) == [2, 1])
            #expect(try db.limits().map(\.version) == [2])
        }
        try database.write { db throws(StoreError) in try db.deleteTemplate("Mine") }
        let versions = try database.read { db throws(StoreError) in
            try [1, 2].map { number throws(StoreError) in
                try db.template("Mine", version: number)
            }
        }
        #expect(versions == [nil, nil])
    }

    @Test func auditIsPagedBothWays() throws {
        let database = try Database.memory()
        try database.write { db throws(StoreError) in
            for number in 1...4 { try db.insert(exampleAudit(number)) }
        }
        try database.read { db throws(StoreError) in
            #expect(try db.audit(limit: 2).map(\.id.number) == [4, 3])
            #expect(try db.audit(before: ID(3), limit: 9).map(\.id.number) == [2, 1])
            #expect(try db.audit(after: ID(2), limit: 9).map(\.id.number) == [3, 4])
            #expect(try db.auditHead() == AuditHead(sequence: 4, hash: hash(4)))
        }
    }

    @Test func ticketsAreSortedByTheirLastActivity() throws {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            for number in 1...3 {
                var ticket = exampleTicket("number \(number)")
                ticket.activeAt = minute(number == 1 ? 90 : 30 + Int64(number))
                ticket.status = number == 3 ? .closed : .open
                try db.insert(ticket)
            }
        }
        try database.read { db throws(StoreError) in
            #expect(try db.tickets().map(\.id.number) == [1, 3, 2])
            #expect(try db.tickets(.closed).map(\.id.number) == [3])
            #expect(try db.unclosedTickets().map(\.id.number) == [1, 2])
            #expect(try db.tickets(about: ID(1)).count == 3)
        }
    }

    @Test func acknowledgedAlertsAreNoLongerOpen() throws {
        let database = try Database.memory()
        var notice = Notice(at: minute(0), kind: "drift", severity: .warning, message: "m")
        try database.write { db throws(StoreError) in
            try db.insert(notice)
            notice.id = try db.insert(notice)
            notice.acknowledgedBy = "ann"
            notice.acknowledgedAt = minute(1)
            try db.save(notice)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.openNotices().map(\.id.number) == [1])
            #expect(try db.notices(limit: 5).map(\.id.number) == [2, 1])
        }
    }
}
