/// A new home: its first rows, written as an engine writes.
import Store

public enum Founding {
    /// Writes workspace, owner, markets, keys, accounts and bots in one transaction, and gives the
    /// world that stands at `start`.
    /// - Parameters:
    ///   - start: the world's first instant; ignored for recorded markets, which bring
    ///   their own.
    ///   - beat: called between two bots: a founder says that it lives.
    /// - Throws: ``LoadError``.
    public static func found(
        _ plan: FoundingPlan, in database: Database, at start: Instant, beat: () -> Void = {}
    ) throws(LoadError) -> World {
        let markets = try markets(of: plan, at: start)
        let first = isRecorded(plan) ? markets.compactMap(\.nextAt).min() ?? start : start
        do throws(StoreError) {
            try database.raiseEpoch()
            try database.write { db throws(StoreError) in
                try write(plan, markets, db, at: first, beat)
            }
        } catch { throw .store(error) }
        let loading = FleetLoading(database, weather: .gentle, catalog: .standard, work: nil)
        while true {
            if let world = loading.world { return world }
            beat()
            try loading.step()
        }
    }

    private static func isRecorded(_ plan: FoundingPlan) -> Bool {
        if case .recorded = plan.market { true } else { false }
    }

    private static func markets(
        of plan: FoundingPlan, at start: Instant
    ) throws(LoadError) -> [Market] {
        switch plan.market {
        case .model:
            let dice = Randomness(seed: UInt64(bitPattern: plan.seed)).fork(named: "market")
            return MarketListing.all.map { listing in
                Market(
                    MarketModel(
                        listing, dice: dice.fork(named: listing.instrument.symbol), start: start))
            }
        case .recorded(let files):
            var markets: [Market] = []
            for file in files {
                do throws(FileError) {
                    markets.append(
                        Market(
                            try RecordedMarket(
                                path: file, symbol: ReplayRequest.symbol(of: file))))
                } catch { throw .file(error) }
            }
            return markets
        }
    }

    private static func write(
        _ plan: FoundingPlan, _ markets: [Market], _ db: Writing, at start: Instant,
        _ beat: () -> Void
    ) throws(StoreError) {
        try db.save(
            Workspace(
                name: plan.name, generation: plan.generation, seed: plan.seed, clock: start,
                createdAt: start, market: isRecorded(plan) ? "recorded" : Market.modelSource,
                isDemo: plan.isDemo, machineClock: plan.machineClock))
        _ = try db.insert(
            Member(
                uid: plan.owner.uid, name: plan.owner.name, role: .owner, joinedAt: start))
        for market in markets { try db.save(market.record) }
        let credit = Money.units(100 + 600 * Int64(plan.bots.count))
        _ = try db.insert(
            LedgerEntry(at: start, kind: .topUp, amount: credit, detail: "opening credit"))
        try db.save(BillingAccount(balance: credit))
        for (index, bot) in plan.bots.enumerated() {
            beat()
            var bot = bot
            bot.template = template(for: bot, markets)
            try write(bot, Int64(index + 1), plan, db, at: start)
        }
        if plan.isDemo { try writeSpareKey(plan, db, at: start) }
    }

    /// The one that is planned, where the candles of all its symbols are short enough for it, else
    /// the first of the system's for which they are; nil for none.
    private static func template(for bot: BotPlan, _ markets: [Market]) -> String? {
        let spans = markets.filter { bot.symbols.contains($0.instrument.symbol) }.map(\.candleSpan)
        let fitting = SystemTemplates.all.filter { template in
            spans.allSatisfy { CandleAggregator.canBuild(template.timeframe, from: $0) }
        }.map(\.name)
        return fitting.first { $0 == bot.template } ?? fitting.first
    }

    /// A key that no bot holds, so that a bot which is deployed in the demo can be given one.
    private static func writeSpareKey(
        _ plan: FoundingPlan, _ db: Writing, at start: Instant
    ) throws(StoreError) {
        guard let symbols = plan.bots.first?.symbols else { return }
        let key = APIKey(
            id: ID(Int64(plan.bots.count) + 1), label: "paper-spare", exchange: "simulated",
            masked: "paper", instruments: symbols.sorted(), createdAt: start)
        try db.save(key)
        try db.save(
            VenueAccount(keyID: key.id, deposits: plan.deposit, wallet: plan.deposit))
    }

    /// No real host has them: a range for documentation, and beyond it one for benchmarks.
    static func ipv4(_ number: Int64) -> String {
        guard number > 244 else { return "203.0.113.\(10 + number)" }
        return "198.\(18 + number >> 16 & 1).\(number >> 8 & 255).\(number & 255)"
    }

    private static func write(
        _ bot: BotPlan, _ number: Int64, _ plan: FoundingPlan, _ db: Writing, at start: Instant
    ) throws(StoreError) {
        let key = APIKey(
            id: ID(number), label: "paper-\(bot.label)", exchange: "simulated",
            masked: "paper", instruments: bot.symbols.sorted(), createdAt: start)
        try db.save(key)
        try db.save(
            VenueAccount(keyID: key.id, deposits: plan.deposit, wallet: plan.deposit))
        var record = Bot(
            id: ID(number), label: bot.label, keyID: key.id, templateName: bot.template,
            templateVersion: bot.template.map { _ in 1 }, region: bot.region, createdAt: start,
            upSince: start)
        record.ipv4 = ipv4(number)
        record.ipv6 = "2001:db8::\(String(0x10 + number, radix: 16))"
        try db.save(record)
        _ = try db.insert(
            Activity(
                botID: record.id, at: start, kind: .life, what: "deployed",
                detail: "in \(bot.region), key \(key.label), template \(bot.template ?? "none")",
                actor: plan.owner.name))
    }
}
