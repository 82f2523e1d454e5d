/// What of the feed a reader may see: orders, signals and limits take rights of their own.

import Store

extension Activity {
    /// Of what happened to a bot, what the reader has a right to; nil where that is nothing.
    func shown(to rights: ReaderRights) -> Activity? {
        // Whoever does not see the workspace sees what happened to bots, and nothing of the rest.
        guard botID != nil || rights.shows(.orgView) else { return nil }
        guard needed.allSatisfy(rights.shows) else { return nil }
        var entry = self
        if !rights.shows(.positionsView) { entry.detail = HoldingWords.removed(from: detail) }
        return entry
    }

    /// By its kind. What a limit did is told with what was held or lost; a bot that failed is not.
    private var needed: [Permission] {
        switch kind {
        case .order, .signal: [.positionsView]
        case .risk: FailureWord.all.contains(what) ? [] : [.positionsView, .riskView]
        case .config: what == "limits" ? [.riskView] : []
        case .command, .life, .error: []
        }
    }
}

extension EventsBoard {
    /// How many entries are looked at in one reading of the table.
    private static let page = 500

    /// Entries that a reader may see. **Order** newest first.
    /// - Parameters:
    ///   - before: only entries with a smaller id: the next page back.
    ///   - limit: how many; where others lie between, the reading goes on behind them.
    static func entries(
        _ db: Reading, of bot: ID<Bot>? = nil, before: ID<Activity>? = nil,
        since: Instant? = nil, limit: Int, for rights: ReaderRights
    ) throws(StoreError) -> [Activity] {
        var found: [Activity] = []
        var end = before
        while found.count < limit {
            let page = try db.activity(of: bot, before: end, limit: max(limit, Self.page))
            found += page.compactMap { $0.shown(to: rights) }
                .filter { entry in since.map { entry.at >= $0 } ?? true }
            guard let last = page.last, page.count >= max(limit, Self.page),
                since.map({ last.at >= $0 }) ?? true
            else { break }
            end = last.id
        }
        return Array(found.prefix(limit))
    }
}
