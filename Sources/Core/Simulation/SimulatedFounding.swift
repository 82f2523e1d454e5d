/// How a simulated home begins: its people, keys, bots, instances and what it has paid in.
import Store

enum SimulatedFounding {
    /// One of each role, one of staff; whoever else knocks is a stranger.
    static let members: [(uid: Int64, name: String, role: WorkspaceRole, isStaff: Bool)] = [
        (SimulatedFleet.owner.uid, SimulatedFleet.owner.name, .owner, false),
        (1001, "ben", .admin, false), (1002, "cleo", .riskManager, false),
        (1003, "dan", .trader, false), (1004, "eve", .viewer, false),
        (1005, "finn", .viewer, true),
    ]
    static let stranger: Int64 = 1666
    static let staff: Int64 = 1005
    static let trader: Int64 = 1003

    /// Trend Follower, quicker and bolder, with stops so loose that a turn of its signals comes
    /// before them.
    static let looseTrend: Template = {
        var template = SystemTemplates.trendFollower
        template.timeframe = .fifteenMinutes
        template.name = "Loose Trend"
        template.kind = .user
        // Half of what it has: its losses meet the limits.
        template.sizing = .equityShare(.percent(50))
        for place in template.components.indices {
            switch template.components[place].name {
            case "Chandelier Exit": template.components[place].parameters["multiple"] = "9"
            case "Hard Stop Loss": template.components[place].parameters["percent"] = "8"
            default: break
            }
        }
        return template
    }()

    /// Trend followers and mean reverters in turn, two symbols each.
    static func plan(_ number: Int) -> (label: String, template: Template, symbols: [String]) {
        let template =
            number % 2 == 0 ? SystemTemplates.trendFollower : SystemTemplates.meanReverter
        let symbols = SimulatedPast.symbols
        let pair = [symbols[number % 3], symbols[(number + 1 + number / 3 % 2) % 3]]
        return ("bot-\(number + 1)-x", template, pair.sorted())
    }

    static func write(
        _ settings: FleetSettings, _ past: SimulatedPast, _ markets: [Market], _ db: Writing
    ) throws(StoreError) {
        let start = SimulatedPast.end
        try db.save(
            Workspace(
                name: "sim", generation: "s\(settings.seed)", seed: Int64(settings.seed),
                clock: start, createdAt: start, market: Market.modelSource, isDemo: false))
        for one in members {
            _ = try db.insert(
                Member(
                    uid: one.uid, name: one.name, role: one.role, isStaff: one.isStaff,
                    joinedAt: start))
        }
        _ = try db.insert(
            LedgerEntry(at: start, kind: .topUp, amount: settings.balance, detail: "opening"))
        try db.save(BillingAccount(balance: settings.balance))
        for (index, market) in markets.enumerated() {
            try db.save(market.record)
            for candle in past.candles[index] {
                try db.save(candle, of: market.instrument.id)
            }
        }
        let compute = SimulatedCompute(catalog: settings.catalog, seed: settings.seed)
        for number in 0..<settings.botCount {
            try writeKey(number, settings, db)
            try db.save(bot(number, compute))
        }
        for number in settings.botCount..<settings.botCount + SimulatedFleet.spareKeys {
            try writeKey(number, settings, db)
        }
    }

    private static func writeKey(
        _ number: Int, _ settings: FleetSettings, _ db: Writing
    ) throws(StoreError) {
        let id = Int64(number + 1)
        let isLast = number + 1 == settings.botCount + SimulatedFleet.spareKeys
        try db.save(
            APIKey(
                id: ID(id), label: "key-\(id)-x", exchange: "simulated", masked: "paper",
                isActive: !isLast, instruments: plan(number).symbols,
                createdAt: SimulatedPast.end))
        try db.save(
            VenueAccount(keyID: ID(id), deposits: settings.deposit, wallet: settings.deposit))
    }

    private static func bot(_ number: Int, _ compute: SimulatedCompute) -> Bot {
        let plan = plan(number)
        let id = ID<Bot>(Int64(number + 1))
        let own = compute.addresses(of: id, number: 0, taken: [])
        return Bot(
            id: id, label: plan.label, keyID: ID(id.number),
            templateName: plan.template.name, templateVersion: 1, ipv4: own.ipv4,
            ipv6: own.ipv6, createdAt: SimulatedPast.end, upSince: SimulatedPast.end,
            heartbeatAt: SimulatedPast.end)
    }
}
