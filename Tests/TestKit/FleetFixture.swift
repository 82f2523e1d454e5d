/// A small fleet in a database in memory, known to the cent, for tests of boards and commands.

import Core
import Store

public enum FleetFixture {
    /// World time of the last commit.
    public static let now = Instant(year: 2026, month: 3, day: 10) + .hours(12)
    public static let owner: (uid: Int64, name: String) = (1000, "ana")

    /// Two paper bots with a position each, one live bot that is flat, one bot without a key.
    /// - Parameter isSound: false leaves a fill out, so that the ledgers do not add up.
    public static func database(isSound: Bool = true) throws(StoreError) -> Database {
        let database = try Database.memory()
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            try fill(db)
            if isSound { try addFill(db, 2) }
        }
        return database
    }

    /// The same fleet in a file of its own.
    public static func write(to path: String) throws(StoreError) {
        let database = try Database(creating: path)
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            try fill(db)
            try addFill(db, 2)
        }
    }

    public static func money(_ text: String) -> Money { (try? Money.parse(text)) ?? .zero }
    public static func price(_ text: String) -> Price { (try? Price.parse(text)) ?? .zero }
    public static func quantity(_ text: String) -> Quantity { (try? Quantity.parse(text)) ?? .zero }

    private static func fill(_ db: Writing) throws(StoreError) {
        try db.save(
            Workspace(
                name: "personal", generation: "g1", seed: 7, clock: now, createdAt: now - .days(20),
                market: "model", isDemo: true))
        for template in SystemTemplates.all {
            try db.insert(
                TemplateVersion(
                    name: template.name, version: 1, kind: .system,
                    text: TemplateFile.print(template), createdAt: now - .days(20),
                    createdBy: "plutarc"))
        }
        try addKeys(db)
        try addBots(db)
        try addPositions(db)
        try addTrades(db)
        try addRecords(db)
        try addTickets(db)
        try addAudit(db)
    }

    private static func addKeys(_ db: Writing) throws(StoreError) {
        let keys: [(String, TradingEnvironment, String, String)] = [
            ("paper-a", .paper, "10000", "9900"), ("paper-b", .paper, "5000", "5000"),
            ("live-c", .live, "2000", "2000"),
        ]
        for (label, environment, deposits, wallet) in keys {
            let id = try db.insert(
                APIKey(
                    label: label, exchange: environment == .live ? "bybit" : "simulated",
                    environment: environment,
                    instruments: ["BTC-PERP", "ETH-PERP"], createdAt: now - .days(20)))
            let lost = money(deposits) - money(wallet)
            try db.save(
                VenueAccount(
                    keyID: id, deposits: money(deposits), wallet: money(wallet), realised: -lost))
        }
        let marks = [("BTC-PERP", "61000"), ("ETH-PERP", "2950")]
        for (symbol, last) in marks {
            for venue in [.simulated, VenueName("bybit", .live)] {
                let id = InstrumentID(symbol, on: venue)
                try db.save(Mark(id, price: price(last), at: now - .seconds(2)))
            }
        }
    }

    private static func addBots(_ db: Writing) throws(StoreError) {
        var bot = Bot(
            id: ID(1), label: "trend-1", keyID: ID(1), templateName: "Trend Follower",
            templateVersion: 1, version: "1.8.2", availableVersion: "1.9.0", ipv4: "203.0.113.17",
            ipv6: "2001:db8::17", createdAt: now - .days(20), upSince: now - .days(3),
            heartbeatAt: now - .seconds(5), evaluatedAt: now - .minutes(1),
            exchangeAckAt: now - .seconds(9), reconciledAt: now - .seconds(20),
            consecutiveLosses: 2, dayStart: now.floored(to: .days(1)),
            dayStartEquity: money("10600"), limitsVersion: 1)
        try db.save(bot)
        bot.id = ID(2)
        bot.label = "mean-2"
        bot.keyID = ID(2)
        bot.templateName = "Mean Reverter"
        bot.availableVersion = nil
        bot.isPaused = true
        bot.pauseCause = .killSwitch
        bot.killLatchedAt = now - .hours(2)
        bot.evaluatedAt = now - .hours(3)
        bot.limitsVersion = 0
        try db.save(bot)
        bot.id = ID(3)
        bot.label = "live-3"
        bot.keyID = ID(3)
        bot.isPaused = false
        bot.pauseCause = nil
        bot.killLatchedAt = nil
        bot.evaluatedAt = now - .minutes(2)
        try db.save(bot)
        try db.save(
            Bot(
                id: ID(14), label: "bare-4", phase: .offline, createdAt: now - .days(1),
                heartbeatAt: now - .minutes(4)))
        try db.insert(
            RiskLimitsVersion(
                botID: ID(1), version: 1, setAt: now - .days(2), setBy: "ana",
                limits: RiskLimits(maxPositionsTotal: 4, dailyLoss: .percent(10))))
    }

    private static func addPositions(_ db: Writing) throws(StoreError) {
        let rows: [(Int64, String, Side, String, String)] = [
            (1, "BTC-PERP", .long, "0.5", "60000"), (2, "ETH-PERP", .short, "2", "2900"),
        ]
        for (number, symbol, side, size, entry) in rows {
            try db.save(
                Position(
                    id: ID(number), botID: ID(number), keyID: ID(number), symbol: symbol,
                    side: side, quantity: quantity(size), openedQuantity: quantity(size),
                    entryPrice: price(entry), leverage: 3, margin: money("10000"),
                    liquidationPrice: price("1000"), openedAt: now - .hours(3),
                    bestPrice: price(entry), worstPrice: price(entry), decisionPrice: price(entry),
                    entryScore: 0.8, templateName: "Trend Follower", templateVersion: 1,
                    limitsVersion: 1))
        }
        try db.save(
            LastDecision(
                botID: ID(1), symbol: "BTC-PERP", at: now - .minutes(1), close: price("61000"),
                score: 0.8, threshold: 0.5, side: .long, verdict: "limit: positions per asset",
                readings: ComponentReading.text(of: [
                    ComponentReading(
                        name: "EMA Cross", role: .signal, weight: 2, value: "9 > 21 by 12.5",
                        state: "long")
                ])))
    }

    private static func addTrades(_ db: Writing) throws(StoreError) {
        let rows: [(Int64, String, Span)] = [
            (1, "100", .hours(1)), (1, "-40", .days(1)), (2, "10", .days(40)), (3, "7", .hours(2)),
        ]
        for (number, row) in rows.enumerated() {
            try db.insert(
                Trade(
                    botID: ID(row.0), positionID: ID(Int64(100 + number)), symbol: "BTC-PERP",
                    side: .long, quantity: quantity("0.1"), entryPrice: price("60000"),
                    exitPrice: price("60500"), openedAt: now - row.2 - .minutes(90),
                    closedAt: now - row.2, gross: money(row.1) + .units(2), fees: .units(2),
                    funding: .zero, net: money(row.1), exitReason: "Hard Stop Loss",
                    mfe: Rate(raw: 1_250_000), mae: .percent(1), slippageIn: .basisPoints(10),
                    slippageOut: .basisPoints(-3), entryScore: 0.7, entrySignals: "",
                    templateName: "Trend Follower", templateVersion: 1, limitsVersion: 1,
                    leverage: 3))
        }
        for hours in Int64(0)..<4 {
            let equity = money(["10500", "10000", "11000", "10000"][Int(hours)])
            try db.save(
                EquityPoint(
                    botID: ID(1), at: now - .hours(hours), equity: equity, wallet: equity))
        }
    }
}
