/// From what the world gathered to rows: one call, inside one transaction.
import Store

enum Recorder {
    /// Writes a journal. Entities go in the order of their ids, facts in theirs.
    /// - Parameters:
    ///   - broken: left out: their pages are damaged, and all else must not be lost with them; or
    ///     there is no room for them.
    ///   - at: hears which history is written next, and nil for what is none.
    static func write(
        _ journal: Journal, of world: World, to db: Writing, without broken: Set<History>,
        at: (History?) -> Void
    ) throws(StoreError) {
        // First: a bot that is flat now may sleep, or get another key, in this same commit.
        for position in journal.closedPositions.sorted() { try db.delete(position) }
        try writeEntities(journal, world, db)
        try writeCompute(journal, world, db)
        for var order in journal.orders {
            // Of a close whose command could not be written down.
            if order.commandID?.number == 0 { order.commandID = nil }
            try db.save(order)
        }
        // What came after an end of its kind stands.
        try endNotices(journal.endedNotices, at: world.now, db)
        for notice in journal.notices {
            if try !stands(notice, db) { _ = try db.insert(notice) }
        }
        for history in History.recorded where !broken.contains(history) {
            at(history)
            try write(history, of: journal, world, db)
        }
        at(nil)
    }

    private static func write(
        _ history: History, of journal: Journal, _ world: World, _ db: Writing
    ) throws(StoreError) {
        switch history {
        case .fills: for fill in journal.fills { try db.insert(fill) }
        case .trades: for trade in journal.trades { _ = try db.insert(trade) }
        case .deployments:
            for deployment in journal.deployments { _ = try db.insert(deployment) }
        case .ledger: for entry in journal.ledger { _ = try db.insert(entry) }
        case .decisions: try writeDecisions(journal.decisionLog, db)
        case .activities: for activity in journal.activities { _ = try db.insert(activity) }
        case .equity: for point in journal.equity { try db.save(point) }
        case .candles:
            for (symbol, candle) in journal.candles {
                try db.save(candle, of: world.markets[symbol].instrument.symbol)
            }
        case .audit, .commands: break
        }
    }

    /// An earlier engine told the same, and nobody has taken note of it yet.
    private static func stands(_ notice: Notice, _ db: Writing) throws(StoreError) -> Bool {
        guard World.standingAlarms.contains(notice.kind) else { return false }
        return try db.openNotices().contains {
            $0.kind == notice.kind && $0.message == notice.message
        }
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
        if journal.hasRollout, let work = world.fleet.rollout {
            try db.save(work.rollout)
            for bot in work.bots { try db.save(bot) }
        }
        guard !journal.ledger.isEmpty || journal.hasBilling else { return }
        if let account = world.fleet.billing.account { try db.save(account) }
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
        guard let account = world.trading.venue.account(id) else { return }
        try db.save(account)
        let open = world.trading.venue.positions(id)
        for position in open { try db.save(position) }
        for instrument in world.trading.venue.instruments
        where !open.contains(where: { $0.symbol == instrument.symbol }) {
            try db.deleteVenuePosition(of: id, symbol: instrument.symbol)
        }
    }
}

extension Department {
    /// What a symbol is worth now; nil before its first print.
    func mark(_ symbol: Int) -> Mark? {
        let market = markets[symbol]
        guard let price = market.lastPrice else { return nil }
        return Mark(
            symbol: market.instrument.symbol, price: price, bid: market.book?.bid,
            ask: market.book?.ask, fundingRate: market.fundingRate, at: now)
    }
}
