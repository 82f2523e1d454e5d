/// Ways to make a database fail on purpose: for tests and simulations of what must survive it.

import CSQLite

extension Database {
    /// While it is full, whatever needs another page is refused, as by a file system without room.
    public func simulateFullDisk(_ isFull: Bool) throws(StoreError) {
        let pages = isFull ? try connection.number("PRAGMA page_count") : 1_073_741_823
        sqlite3_exec(connection.handle, "PRAGMA max_page_count = \(pages)", nil, nil, nil)
    }

    /// After so many steps of SQLite's machine everything is interrupted, within a transaction or
    /// not, until nil takes it away.
    public func simulateCut(afterSteps steps: Int?) {
        guard let steps else {
            return sqlite3_progress_handler(connection.handle, 0, nil, nil)
        }
        sqlite3_progress_handler(connection.handle, Int32(steps), { _ in 1 }, nil)
    }
}
