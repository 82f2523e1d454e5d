/// What has happened, as rows: orders, notices and histories of a journal.
import Store

/// Bots, positions and accounts are written by the department that has them.
enum Recorder {
    /// Writes the facts of a journal in their order.
    /// - Parameters:
    ///   - broken: left out: their pages are damaged, and all else must not be lost with them; or
    ///     there is no room for them.
    ///   - telling: hears which history is written next, and nil for what is none.
    ///   - naming: hears of which bot the next row is.
    static func write(
        _ journal: Journal, of markets: [Market], at now: Instant, to db: Writing,
        without broken: Set<History>, telling: (History?) -> Void,
        naming: (ID<Bot>?) -> Void
    ) throws(StoreError) {
        for var order in journal.orders {
            naming(order.botID)
            // Of a close whose command could not be written down.
            if order.commandID?.number == 0 { order.commandID = nil }
            try db.save(order)
        }
        naming(nil)
        // What came after an end of its kind stands.
        try endNotices(journal.endedNotices, at: now, db)
        for notice in journal.notices {
            if try !stands(notice, db) { _ = try db.insert(notice) }
        }
        for history in History.recorded where !broken.contains(history) {
            telling(history)
            try write(history, of: journal, markets, db, naming)
            naming(nil)
        }
        telling(nil)
    }

    private static func write(
        _ history: History, of journal: Journal, _ markets: [Market], _ db: Writing,
        _ naming: (ID<Bot>?) -> Void
    ) throws(StoreError) {
        switch history {
        case .fills:
            for fill in journal.fills {
                naming(fill.botID)
                try db.insert(fill)
            }
        case .trades:
            for trade in journal.trades {
                naming(trade.botID)
                _ = try db.insert(trade)
            }
        case .deployments:
            for deployment in journal.deployments { _ = try db.insert(deployment) }
        case .ledger: for entry in journal.ledger { _ = try db.insert(entry) }
        case .decisions: try writeDecisions(journal.decisionLog, db)
        case .activities: for activity in journal.activities { _ = try db.insert(activity) }
        case .equity:
            for point in journal.equity {
                naming(point.botID)
                try db.save(point)
            }
        case .candles:
            for (symbol, candle) in journal.candles {
                try db.save(candle, of: markets[symbol].instrument.id)
            }
        case .audit, .commands: break
        }
    }

    /// An earlier engine told the same, and nobody has taken note of it yet.
    private static func stands(_ notice: Notice, _ db: Writing) throws(StoreError) -> Bool {
        guard StandingAlarm.all.contains(notice.kind) else { return false }
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

    private static func writeDecisions(
        _ log: DecisionLog, _ db: Writing
    ) throws(StoreError) {
        for entry in log.entries {
            try db.saveDecision(
                in: try entry.seriesNumber(db), at: entry.at, close: entry.close,
                facts: log.facts(of: entry))
        }
    }

}
