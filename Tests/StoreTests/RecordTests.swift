/// Every record comes back from the disk as it went there.

import Testing

@testable import Store

@Suite struct RecordTests {
    @Test func botComesBackWithEveryFieldAndWithNone() throws {
        let database = try databaseWithABot()
        let bare = Bot(id: ID(2), label: "bare", createdAt: minute(0))
        try database.write { db throws(StoreError) in try db.save(bare) }
        let bots = try database.read { db throws(StoreError) in try db.bots() }
        #expect(bots == [exampleBot(), bare])
    }

    @Test func savingABotAgainChangesIt() throws {
        let database = try databaseWithABot()
        var bot = exampleBot()
        bot.phase = .online
        bot.errorText = nil
        try database.write { try $0.save(bot) }
        #expect(try database.read { try $0.bots() } == [bot])
    }

    @Test func keyComesBackWithItsInstrumentsSorted() throws {
        let database = try Database.memory()
        var key = exampleKey()
        key.instruments = ["ETH-PERP", "BTC-PERP"]
        let id = try database.write { db throws(StoreError) in try db.insert(key) }
        key.id = id
        key.instruments.sort()
        #expect(try database.read { db throws(StoreError) in try db.key(id) } == key)
        key.instruments = []
        key.isActive = false
        try database.write { db throws(StoreError) in try db.save(key) }
        #expect(try database.read { db throws(StoreError) in try db.keys() } == [key])
    }

    @Test func ordersFillsPositionsAndTradesComeBack() throws {
        let database = try databaseWithABot()
        let bare = Order(
            id: ID(2), botID: ID(1), keyID: ID(1), clientOrderID: "g1b1s2", symbol: "X",
            side: .buy, quantity: Quantity(raw: 1), reduceOnly: false, purpose: .entry,
            decisionPrice: Price(raw: 1), createdAt: minute(1), deadline: minute(2))
        var trade = exampleTrade()
        try database.write { db throws(StoreError) in
            // The fill first: its order need only be there at the end.
            try db.insert(exampleFill())
            try db.save(exampleOrder())
            try db.save(bare)
            try db.save(examplePosition())
            trade.id = try db.insert(trade)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.order(ID(1)) == exampleOrder())
            #expect(try db.order(clientOrderID: "g1b1s2") == bare)
            #expect(try db.fills(of: ID<Order>(1)) == [exampleFill()])
            #expect(try db.fills(of: ID<Position>(1)) == [exampleFill()])
            #expect(try db.position(ID(1)) == examplePosition())
            #expect(try db.trade(trade.id) == trade)
        }
    }

    @Test func feedsAndCommandsComeBack() throws {
        let database = try databaseWithABot()
        var activity = Activity(
            botID: ID(1), at: minute(1), kind: .risk, what: "latched", detail: "−5 %",
            actor: "engine", severity: .critical)
        var command = exampleCommand()
        var notice = Notice(
            botID: ID(1), at: minute(2), kind: "kill_switch", severity: .error,
            message: "latched", acknowledgedBy: "ann", acknowledgedAt: minute(3))
        var deployment = Deployment(
            botID: ID(1), provider: "lumen", region: "london", ipv4: "a", ipv6: "b",
            startedAt: minute(4), endedAt: minute(5))
        try database.write { db throws(StoreError) in
            activity.id = try db.insert(activity)
            command.id = try db.insert(command)
            notice.id = try db.insert(notice)
            deployment.id = try db.insert(deployment)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.activity(limit: 9) == [activity])
            #expect(try db.command(command.id) == command)
            #expect(try db.command(of: 1000, idempotencyKey: "k1") == command)
            #expect(try db.notice(notice.id) == notice)
            #expect(try db.deployments(of: ID(1)) == [deployment])
        }
    }

    @Test func venueAndMarketComeBack() throws {
        let database = try databaseWithABot()
        let account = VenueAccount(
            keyID: ID(1), deposits: Money(raw: 100), wallet: Money(raw: 92),
            realised: Money(raw: 5), fees: Money(raw: 14), funding: Money(raw: -1))
        let position = VenuePosition(
            keyID: ID(1), symbol: "BTC-PERP", side: .short, quantity: Quantity(raw: 2),
            entryPrice: Price(raw: 3), leverage: 4, liquidationPrice: Price(raw: 5))
        let mark = Mark(
            symbol: "BTC-PERP", price: Price(raw: 6), bid: Price(raw: 7), ask: Price(raw: 8),
            fundingRate: Rate(raw: -9), at: minute(1))
        let bare = Mark(symbol: "ETH-PERP", price: Price(raw: 6), at: minute(2))
        let market = MarketRecord(
            instrument: Instrument(
                symbol: "BTC-PERP", tick: Price(raw: 10), lot: Quantity(raw: 11),
                minimumQuantity: Quantity(raw: 12), makerFee: Rate(raw: 13),
                takerFee: Rate(raw: 14), maxLeverage: 15, maintenanceMargin: Rate(raw: 16)),
            source: "model", state: "dice")
        let btc = try #require(Currency("BTC"))
        let coins = MarketRecord(
            instrument: Instrument(
                id: InstrumentID("BTC-PERP", on: VenueName("binance", .live)),
                contract: try #require(Contract(.inverse, multiplier: Quantity.one * 100)),
                settlement: btc, tick: Price(raw: 10), lot: .one, minimumQuantity: .one,
                minimumNotional: Money(raw: 17)),
            source: "model", state: "dice")
        try database.write { db throws(StoreError) in
            try db.save(account)
            try db.save(position)
            try db.save(mark)
            try db.save(bare)
            try db.save(market)
            try db.save(coins)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.venueAccounts() == [account])
            #expect(try db.venuePositions() == [position])
            #expect(try db.marks() == [mark, bare])
            // One name, two markets.
            #expect(try db.markets() == [coins, market])
        }
        try database.write { db throws(StoreError) in
            try db.deleteVenuePosition(of: ID(1), symbol: "BTC-PERP")
        }
        #expect(try database.read { db throws(StoreError) in try db.venuePositions() } == [])
    }

    @Test func strategyAndLimitsComeBack() throws {
        let database = try databaseWithABot()
        let template = TemplateVersion(
            name: "Mine", version: 2, kind: .user, text: "[template]", createdAt: minute(1),
            createdBy: "ann")
        let limits = RiskLimitsVersion(
            botID: ID(1), version: 3, setAt: minute(2), setBy: "ann",
            limits: RiskLimits(
                maxPositionsPerAsset: 2, maxPositionsTotal: 3, maxLossPerTrade: .percent(4),
                dailyLoss: .percent(6), dailyLossFlattens: true, consecutiveLosses: 7,
                consecutiveLossCooldownMinutes: 8, maxLeverage: 9,
                maxSlippage: .basisPoints(10), apiErrors: 11))
        let decision = LastDecision(
            botID: ID(1), symbol: "BTC-PERP", at: minute(3), close: Price(raw: 4), score: -0.5,
            threshold: 0.25, side: .short, verdict: "no signal", readings: "[]")
        let undecided = LastDecision(
            botID: ID(1), symbol: "ETH-PERP", at: minute(3), close: Price(raw: 4), score: 0,
            threshold: 0.25, verdict: "no signal", readings: "[]")
        try database.write { db throws(StoreError) in
            try db.insert(template)
            try db.insert(limits)
            try db.save(decision)
            try db.save(undecided)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.template("Mine") == template)
            #expect(try db.template("Mine", version: 1) == nil)
            #expect(try db.limits(of: ID(1)) == limits)
            #expect(try db.limits() == [limits])
            #expect(try db.lastDecisions(of: ID(1)) == [decision, undecided])
        }
    }

    @Test func workspaceMembersPreviewsAndAuditComeBack() throws {
        let database = try Database.memory()
        let workspace = Workspace(
            name: "personal", generation: "K7", seed: -5, clock: minute(1), createdAt: minute(2),
            market: "recorded", isDemo: true)
        var member = Member(
            uid: 1000, name: "ann", role: .riskManager, isStaff: true, joinedAt: minute(3))
        var sums = CurrencySums(.units(7), in: .usdt)
        sums.add(Money(raw: -5), in: try #require(Currency("BTC")))
        let preview = Preview(
            token: "t0", actorUID: 1000, verb: "close-all", botIDs: [ID(1), ID(12)],
            positionIDs: [], orderIDs: ["a", "b"], notional: sums, createdAt: minute(4),
            expiresAt: minute(5))
        try database.write { db throws(StoreError) in
            try db.save(workspace)
            member.id = try db.insert(member)
            try db.insert(preview)
            try db.insert(exampleAudit(1))
        }
        try database.read { db throws(StoreError) in
            #expect(try db.workspace() == workspace)
            #expect(try db.members() == [member])
            #expect(try db.member(uid: 1000) == member)
            #expect(try db.preview("t0") == preview)
            #expect(try db.lastAuditEntry() == exampleAudit(1))
        }
        try database.write { db throws(StoreError) in
            try db.deletePreviews(expiredBefore: minute(6))
            try db.delete(member.id)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.preview("t0") == nil)
            #expect(try db.members() == [])
        }
    }

    @Test func ticketComesBackWithItsThreadCounted() throws {
        let database = try databaseWithABot()
        var ticket = exampleTicket()
        var message = TicketMessage(
            ticketID: ID(1), author: "ann", isStaff: false, at: minute(1), body: "Help")
        var note = InternalNote(ticketID: ID(1), author: "sam", at: minute(2), body: "secret")
        try database.write { db throws(StoreError) in
            ticket.id = try db.insert(ticket)
            message.id = try db.insert(message)
            note.id = try db.insert(note)
        }
        ticket.messageCount = 1
        try database.read { db throws(StoreError) in
            #expect(try db.tickets() == [ticket])
            #expect(try db.messages(of: ticket.id) == [message])
            #expect(try db.internalNotes(of: ticket.id) == [note])
        }
    }

    @Test func candlesAndEquityComeBack() throws {
        let database = try databaseWithABot()
        let candle = Candle(
            openTime: minute(0), open: Price(raw: 5), high: Price(raw: 8), low: Price(raw: 2),
            close: Price(raw: 7), volume: Quantity(raw: 11))
        let point = EquityPoint(
            botID: ID(1), at: minute(1), equity: Money(raw: 3), wallet: Money(raw: 4))
        try database.write { db throws(StoreError) in
            try db.save(candle, of: InstrumentID("BTC-PERP", on: .simulated))
            try db.save(point)
        }
        try database.read { db throws(StoreError) in
            #expect(try db.candles(of: InstrumentID("BTC-PERP", on: .simulated)) == [candle])
            #expect(try db.candles(of: InstrumentID("ETH-PERP", on: .simulated)) == [])
            #expect(try db.equity(of: ID(1)) == [point])
        }
    }
}
