/// A fleet of fourteen bots in every state, for pictures of screens: nothing in it ever changes.

import Core
import Store

/// Names and figures follow the sketches of the interface; world time stands still.
public enum ScreenFleet {
    /// World time of the last commit.
    public static let now = Instant(year: 2026, month: 8, day: 24) + .seconds(8047)
    public static let owner: (uid: Int64, name: String) = (1000, "op1")

    struct Holding {
        var symbol: String
        var side: Side
        var size: String
        var entry: String
    }

    struct Row {
        var label: String
        var environment = TradingEnvironment.live
        var phase = BotState.online
        var pause: PauseCause?
        var template: String? = "Trend Follower"
        var region = "tokyo"
        /// Seconds since the last heartbeat.
        var beat: Int64? = 2
        var holds: [Holding] = []
        var isOld = false
        var error: String?
    }

    static let rows: [Row] = [
        Row(
            label: "btc-trend-01",
            holds: [
                Holding(symbol: "BTC-PERP", side: .long, size: "0.12", entry: "61204.5"),
                Holding(symbol: "ETH-PERP", side: .long, size: "2.4", entry: "3104.2"),
                Holding(symbol: "SOL-PERP", side: .long, size: "85", entry: "148.1"),
            ], isOld: true),
        Row(
            label: "eth-mean-02", pause: .person, template: "Mean Reverter", region: "london",
            beat: 1,
            holds: [
                Holding(symbol: "ETH-PERP", side: .long, size: "0.9", entry: "3402"),
                Holding(symbol: "SOL-PERP", side: .short, size: "30", entry: "154.25"),
            ]),
        Row(
            label: "sol-scalp-07", environment: .testnet, template: "Mean Reverter",
            region: "singapore", beat: 3,
            holds: [Holding(symbol: "SOL-PERP", side: .long, size: "20", entry: "154.98")]),
        Row(
            label: "btc-carry-03", phase: .error, region: "new-york", beat: 240,
            holds: [Holding(symbol: "BTC-PERP", side: .short, size: "0.4", entry: "61097.3")],
            error: "order rejected 3x: margin"),
        Row(label: "xrp-mean-01", template: "Mean Reverter"),
        Row(label: "doge-trend-11", environment: .testnet, phase: .sleeping, beat: nil),
        Row(
            label: "btc-grid-09", phase: .offline, template: "Mean Reverter", region: "frankfurt",
            beat: 97,
            holds: [
                Holding(symbol: "BTC-PERP", side: .short, size: "0.05", entry: "62010"),
                Holding(symbol: "ETH-PERP", side: .short, size: "1.1", entry: "3420"),
                Holding(symbol: "LTC-PERP", side: .long, size: "40", entry: "88.1"),
                Holding(symbol: "XRP-PERP", side: .long, size: "9000", entry: "0.512"),
            ], isOld: true),
        Row(label: "ada-swing-02", phase: .waking, beat: nil),
        Row(
            label: "ltc-mean-05", template: "Mean Reverter", region: "new-york",
            holds: [Holding(symbol: "LTC-PERP", side: .short, size: "12", entry: "97.93")]),
        Row(
            label: "avax-trend-1", pause: .killSwitch, beat: 1,
            holds: [Holding(symbol: "LINK-PERP", side: .long, size: "120", entry: "17.9")]),
        Row(
            label: "link-grid-04", environment: .testnet, phase: .deploying, template: nil,
            beat: nil),
        Row(label: "bnb-carry-06", environment: .paper, region: "singapore"),
        Row(
            label: "dot-mean-12", environment: .paper, pause: .lossStreak, template: "Mean Reverter"
        ),
        Row(label: "old-bot-00", environment: .paper, phase: .stopped, template: nil, beat: nil),
    ]

    static let marks: [(String, String)] = [
        ("BTC-PERP", "61877"), ("ETH-PERP", "3340.1"), ("SOL-PERP", "155.6"),
        ("LTC-PERP", "97.2"), ("XRP-PERP", "0.5321"), ("LINK-PERP", "18.25"),
    ]

    /// Where its keys trade.
    private static let venues = [
        .simulated, VenueName("bybit", .testnet), VenueName("bybit", .live),
    ]

    public static func database() throws(StoreError) -> Database {
        let database = try Database.memory()
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            try db.save(
                Workspace(
                    name: "acme-desk", generation: "g1", seed: 7, clock: now,
                    createdAt: now - .days(40), market: "model", isDemo: false))
            for template in SystemTemplates.all {
                try db.insert(
                    TemplateVersion(
                        name: template.name, version: 1, kind: .system,
                        text: TemplateFile.print(template), createdAt: now - .days(40),
                        createdBy: "plutarc"))
            }
            for (symbol, price) in marks {
                for venue in venues {
                    let id = InstrumentID(symbol, on: venue)
                    try db.save(Mark(id, price: Self.price(price), at: now - .seconds(1)))
                }
            }
            for (index, row) in rows.enumerated() { try add(row, Int64(index + 1), db) }
            try ScreenRecords.add(db)
            try ScreenLife.add(db)
        }
        return database
    }

    /// An empty workspace.
    public static func emptyDatabase() throws(StoreError) -> Database {
        let database = try Database.memory()
        _ = try database.raiseEpoch()
        try database.write { db throws(StoreError) in
            try db.save(
                Workspace(
                    name: "acme-desk", generation: "g1", seed: 7, clock: now, createdAt: now,
                    market: "model", isDemo: false))
        }
        return database
    }

    static func price(_ text: String) -> Price { (try? Price.parse(text)) ?? .zero }
    static func quantity(_ text: String) -> Quantity { (try? Quantity.parse(text)) ?? .zero }
    static func money(_ text: String) -> Money { (try? Money.parse(text)) ?? .zero }

    private static func add(_ row: Row, _ number: Int64, _ db: Writing) throws(StoreError) {
        let isReal = row.environment != .paper
        var keyID: ID<APIKey>?
        if row.template != nil {
            let id = try db.insert(
                APIKey(
                    label: "key-\(row.label.prefix(3))-\(number)",
                    exchange: isReal ? "bybit" : "simulated",
                    environment: row.environment, masked: "ab…\(number)",
                    instruments: ["BTC-PERP", "ETH-PERP", "SOL-PERP"], createdAt: now - .days(40)))
            try db.save(
                VenueAccount(
                    keyID: id, deposits: .units(10_000), wallet: .units(10_412),
                    realised: .units(412)))
            keyID = id
        }
        let beat = row.beat.map { now - .seconds($0) }
        try db.save(
            Bot(
                id: ID(number), label: row.label, phase: row.phase, isPaused: row.pause != nil,
                pauseCause: row.pause,
                killLatchedAt: row.pause == .killSwitch ? now - .hours(1) : nil,
                resumeAt: row.pause == .lossStreak ? now + .minutes(23) : nil, keyID: keyID,
                templateName: row.template, templateVersion: row.template == nil ? nil : 1,
                region: row.region, version: row.isOld ? "1.8.2" : "1.9.0",
                availableVersion: row.isOld ? "1.9.0" : nil, ipv4: "203.0.113.\(16 + number)",
                ipv6: "2001:db8:17::\(number)", createdAt: now - .days(40),
                upSince: row.beat == nil ? nil : now - .hours(76), heartbeatAt: beat,
                evaluatedAt: beat == nil ? nil : now - .minutes(14),
                exchangeAckAt: beat == nil ? nil : now - .seconds(3),
                reconciledAt: beat == nil ? nil : now - .seconds(12), orderSequence: 40,
                consecutiveLosses: number == 1 ? 1 : 0, dayStart: now.floored(to: .days(1)),
                dayStartEquity: .units(11_800), limitsVersion: number == 1 ? 1 : 0,
                errorText: row.error))
        guard let keyID else { return }
        for (place, holding) in row.holds.enumerated() {
            try db.save(position(holding, number, place, keyID))
        }
    }

    private static func position(
        _ holding: Holding, _ bot: Int64, _ place: Int, _ key: ID<APIKey>
    ) -> Position {
        let size = quantity(holding.size)
        let entry = price(holding.entry)
        return Position(
            id: ID(bot * 10 + Int64(place)), botID: ID(bot), keyID: key, symbol: holding.symbol,
            side: holding.side, quantity: size, openedQuantity: size, entryPrice: entry,
            leverage: 3 + place, margin: .units(2_000),
            liquidationPrice: entry.times(.percent(holding.side == .long ? 70 : 130)),
            openedAt: now - .minutes(12 + 90 * Int64(place)),
            bestPrice: entry.times(.percent(102)), worstPrice: entry.times(.percent(99)),
            candlesHeld: 3, decisionPrice: entry, entryScore: 0.66,
            entrySignals: ComponentReading.text(of: [
                ComponentReading(
                    name: "EMA Cross", role: .signal, weight: 2, value: "0.41 % apart",
                    state: "long")
            ]), fees: money("3.67"), funding: money("0.42"), templateName: "Trend Follower",
            templateVersion: 1, limitsVersion: 0)
    }
}
