/// What trading has changed since the last commit, as it is now.
import Store

extension Trading {
    /// Accounts, positions, decisions and marks, each in the order of their ids.
    func save(to db: Writing) throws(StoreError) {
        for id in journal.accounts.sorted() { try saveAccount(id, db) }
        try savePositions(db)
        for key in journal.decisions.sorted() {
            guard let bot = machine(key.bot), let traded = bot.traded(key.symbol),
                let decision = traded.lastDecision(bot: bot)
            else { continue }
            try db.save(decision)
        }
        for symbol in journal.marks.sorted() {
            try db.save(markets[symbol].record)
            if let mark = mark(symbol) { try db.save(mark) }
        }
    }

    private func savePositions(_ db: Writing) throws(StoreError) {
        let changed = journal.positions
        guard !changed.isEmpty else { return }
        for bot in bots where !bot.held.isEmpty {
            for held in bot.held where changed.contains(held.position.id) {
                state.writing = bot.id
                try db.save(held.position)
            }
        }
    }

    private func saveAccount(_ id: ID<APIKey>, _ db: Writing) throws(StoreError) {
        guard let account = venue.paper.account(id) else { return }
        state.writing = machine(key: id)?.id
        try db.save(account)
        let open = venue.paper.positions(id)
        for position in open { try db.save(position) }
        for instrument in venue.paper.instruments
        where !open.contains(where: { $0.symbol == instrument.symbol }) {
            try db.deleteVenuePosition(of: id, symbol: instrument.symbol)
        }
    }
}
