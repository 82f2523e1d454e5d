/// From what the world has gathered to rows: one call, inside one transaction.
import Store

extension World {
    /// Writes the journal. Entities go in the order of their ids, facts in theirs.
    /// - Parameters:
    ///   - broken: histories that are left out; see ``Recorder``.
    ///   - telling: hears which history is written next, and nil for what is none.
    func write(
        to db: Writing, without broken: Set<History>, telling: (History?) -> Void
    ) throws(StoreError) {
        // First: a bot that is flat now may sleep, or get another key, in this same commit.
        state.writing = nil
        for position in journal.closedPositions.sorted() { try db.delete(position) }
        for id in journal.bots.sorted() {
            state.writing = id
            if let bot = machine(id) { try db.save(bot.reported) }
        }
        try trading.save(to: db)
        state.writing = nil
        try fleet.save(to: db)
        try Recorder.write(
            journal, of: markets, at: now, to: db, without: broken, telling: telling
        ) { state.writing = $0 }
        state.writing = nil
    }
}
