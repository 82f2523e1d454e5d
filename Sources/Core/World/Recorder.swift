/// From what the world gathered to rows: one call, inside one transaction.
import Store

enum Recorder {
    /// Writes and empties a journal. Entities go in the order of their ids, facts in theirs.
    /// - Returns: what is damaged of the histories; their new rows are lost, all else is written.
    static func write(
        _ journal: inout Journal, of world: World, to db: Writing
    ) throws(StoreError) -> String? {
        // First: a bot that is flat now may sleep, or get another key, in this same commit.
        for position in journal.closedPositions.sorted() { try db.delete(position) }
        try writeEntities(journal, world, db)
        try writeCompute(journal, world, db)
        for order in journal.orders { try db.save(order) }
        for fill in journal.fills { try db.insert(fill) }
        for trade in journal.trades { _ = try db.insert(trade) }
        for notice in journal.notices { _ = try db.insert(notice) }
        try endNotices(journal.endedNotices, at: world.now, db)
        let damage = try writeHistories(journal, world, db)
        journal = Journal(scope: journal.scope)
        return damage
    }

    /// Nothing is decided or owed by these rows: where their pages are damaged, the rest of the
    /// commit must not be lost with them, or no position could be closed any more.
    private static func writeHistories(
        _ journal: Journal, _ world: World, _ db: Writing
    ) throws(StoreError) -> String? {
        let log = journal.decisionLog
        let parts: [(isEmpty: Bool, write: () throws(StoreError) -> Void)] = [
            (log.entries.isEmpty, { () throws(StoreError) in try writeDecisions(log, db) }),
            (
                journal.activities.isEmpty,
                { () throws(StoreError) in
                    for activity in journal.activities { _ = try db.insert(activity) }
                }
            ),
            (
                journal.equity.isEmpty,
                { () throws(StoreError) in for point in journal.equity { try db.save(point) } }
            ),
            (
                journal.candles.isEmpty,
                { () throws(StoreError) in
                    for (symbol, candle) in journal.candles {
                        try db.save(candle, of: world.markets[symbol].instrument.symbol)
                    }
                }
            ),
        ]
        var damage: String?
        for part in parts where !part.isEmpty { damage = try db.sparing(part.write) ?? damage }
        return damage
    }

    /// What nobody need do anything about any more, nobody need take note of.
    private static func endNotices(
        _ kinds: [String], at now: Instant, _ db: Writing
    ) throws(StoreError) {
        guard !kinds.isEmpty else { return }
        for var notice in try db.openNotices() where kinds.contains(notice.kind) {
            notice.acknowledgedBy = "engine"
            notice.acknowledgedAt = now
            try db.save(notice)
        }
    }

    private static func writeEntities(
        _ journal: Journal, _ world: World, _ db: Writing
    ) throws(StoreError) {
        for id in journal.bots.sorted() {
            if let bot = world.machine(id) { try db.save(bot.reported) }
        }
        for id in journal.accounts.sorted() { try writeAccount(id, world, db) }
        try writePositions(journal, world, db)
        for key in journal.decisions.sorted() {
            guard let bot = world.machine(key.bot), let traded = bot.traded(key.symbol),
                let decision = traded.lastDecision(bot: bot)
            else { continue }
            try db.save(decision)
        }
        for symbol in journal.marks.sorted() {
            let market = world.markets[symbol]
            try db.save(market.record)
            if let mark = world.mark(symbol) { try db.save(mark) }
        }
    }

    private static func writeCompute(
        _ journal: Journal, _ world: World, _ db: Writing
    ) throws(StoreError) {
        for id in journal.instances.sorted() {
            if let bot = world.machine(id) { try db.save(bot.instance) }
        }
        for id in journal.links.sorted() {
            if let bot = world.machine(id) { try db.save(bot.link) }
        }
        if journal.hasRollout, let work = world.rollout {
            try db.save(work.rollout)
            for bot in work.bots { try db.save(bot) }
        }
        for deployment in journal.deployments { _ = try db.insert(deployment) }
        for entry in journal.ledger { _ = try db.insert(entry) }
        guard !journal.ledger.isEmpty || journal.hasBilling, let billing = world.billing else {
            return
        }
        try db.save(billing)
    }

    private static func writeDecisions(
        _ log: DecisionLog, _ db: Writing
    ) throws(StoreError) {
        for entry in log.entries {
            try db.saveDecision(
                in: try entry.seriesNumber(db), at: entry.at, close: entry.close,
                facts: log.facts(of: entry))
        }
    }

    private static func writePositions(
        _ journal: Journal, _ world: World, _ db: Writing
    ) throws(StoreError) {
        guard !journal.positions.isEmpty else { return }
        for bot in world.bots where !bot.held.isEmpty {
            for held in bot.held where journal.positions.contains(held.position.id) {
                try db.save(held.position)
            }
        }
    }

    private static func writeAccount(
        _ id: ID<APIKey>, _ world: World, _ db: Writing
    ) throws(StoreError) {
        guard let account = world.venue.account(id) else { return }
        try db.save(account)
        let open = world.venue.positions(id)
        for position in open { try db.save(position) }
        for instrument in world.venue.instruments
        where !open.contains(where: { $0.symbol == instrument.symbol }) {
            try db.deleteVenuePosition(of: id, symbol: instrument.symbol)
        }
    }
}

extension World {
    /// What a symbol is worth now; nil before its first print.
    func mark(_ symbol: Int) -> Mark? {
        let market = markets[symbol]
        guard let price = market.lastPrice else { return nil }
        return Mark(
            symbol: market.instrument.symbol, price: price, bid: market.book?.bid,
            ask: market.book?.ask, fundingRate: market.fundingRate, at: now)
    }
}
