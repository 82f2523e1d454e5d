/// Opening, transactions, and the two kinds of handle.

import Foundation
import Testing

@testable import Store

@Suite struct DatabaseTests {
    @Test func createdFileCanBeOpenedAgain() throws {
        let folder = try Folder()
        try {
            let database = try Database(creating: folder.path())
            try database.write { db throws(StoreError) in try db.insert(exampleKey()) }
        }()
        let again = try Database(opening: folder.path())
        #expect(try again.read { db throws(StoreError) in try db.keys() }.count == 1)
    }

    @Test func openingWhatIsNotThereIsRefused() throws {
        let folder = try Folder()
        let path = folder.path("none.db")
        #expect { try Database(opening: path) } throws: {
            guard case .cannotOpen(path, _)? = $0 as? StoreError else { return false }
            return true
        }
        #expect(throws: StoreError.self) { try Database(reading: path) }
        #expect(throws: StoreError.self) { try Database(creating: folder.path("no/such/x.db")) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func symbolicLinkIsNotFollowed() throws {
        let folder = try Folder()
        _ = try Database(creating: folder.path("real.db"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.db"), withDestinationPath: folder.path("real.db"))
        #expect(throws: StoreError.self) { try Database(opening: folder.path("link.db")) }
    }

    @Test func folderMayBeReachedThroughALink() throws {
        let folder = try Folder()
        try FileManager.default.createDirectory(
            atPath: folder.path("deep"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("short"), withDestinationPath: folder.path("deep"))
        _ = try Database(creating: folder.path("short/x.db"))
        #expect(FileManager.default.fileExists(atPath: folder.path("deep/x.db")))
    }

    @Test func failedWriteIsUndone() throws {
        let database = try databaseWithABot()
        let refused = StoreError.other(code: 0, message: "changed my mind", sql: "")
        #expect(throws: refused) {
            try database.write { db throws(StoreError) in
                try db.insert(exampleKey("second"))
                throw refused
            }
        }
        #expect(try database.read { db throws(StoreError) in try db.keys() }.count == 1)
        // And the handle goes on working.
        try database.write { db throws(StoreError) in try db.insert(exampleKey("third")) }
    }

    @Test func errorOfTheCallersOwnUndoesTheWriteToo() throws {
        struct Refusal: Error {}
        let database = try databaseWithABot()
        #expect(throws: Refusal.self) {
            try database.write { db in
                try db.insert(exampleKey("second"))
                throw Refusal()
            }
        }
        #expect(try database.read { try $0.keys() }.count == 1)
    }

    @Test func readerSeesOneSnapshotAndCannotWrite() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        let console = try Database(reading: folder.path())
        try console.read { db throws(StoreError) in
            #expect(try db.keys().isEmpty)
            try engine.write { db throws(StoreError) in try db.insert(exampleKey()) }
            #expect(try db.keys().isEmpty)
        }
        #expect(try console.read { db throws(StoreError) in try db.keys() }.count == 1)
        #expect {
            try console.write { db throws(StoreError) in try db.insert(exampleKey("second")) }
        } throws: { error in
            guard case .readOnly? = error as? StoreError else { return false }
            return true
        }
    }

    @Test func readerWorksAfterTheWriterClosedCleanly() throws {
        let folder = try Folder()
        try {
            let engine = try Database(creating: folder.path())
            try engine.write { db throws(StoreError) in try db.insert(exampleKey()) }
        }()
        #expect(FileManager.default.fileExists(atPath: folder.path("plutarc.db-wal")))
        #expect(FileManager.default.fileExists(atPath: folder.path("plutarc.db-shm")))
        let console = try Database(reading: folder.path())
        #expect(try console.read { db throws(StoreError) in try db.keys() }.count == 1)
    }

    @Test func dataVersionChangesWhenSomebodyElseCommits() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        let console = try Database(reading: folder.path())
        let before = try console.dataVersion()
        #expect(try console.dataVersion() == before)
        try engine.write { db throws(StoreError) in try db.insert(exampleKey()) }
        #expect(try console.dataVersion() != before)
    }

    @Test func secondWriterFindsTheFileLocked() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        let other = try Database(opening: folder.path())
        try other.connection.execute("PRAGMA busy_timeout = 0")
        try engine.write { _ throws(StoreError) in
            #expect {
                try other.write { db throws(StoreError) in try db.insert(exampleKey()) }
            } throws: { error in
                guard case .locked? = error as? StoreError else { return false }
                return true
            }
        }
    }

    @Test(arguments: [true, false])
    func engineThatLostTheEpochWritesNothing(_ looks: Bool) throws {
        let folder = try Folder()
        let old = try Database(creating: folder.path())
        old.looksAtEpoch = looks
        #expect(try old.raiseEpoch() == 1)
        try old.write { db throws(StoreError) in try db.insert(exampleKey()) }
        let new = try Database(creating: folder.path())
        #expect(try new.raiseEpoch() == 2)
        var refusal: StoreError?
        do throws(StoreError) {
            try old.write { db throws(StoreError) in try db.save(exampleBot()) }
        } catch { refusal = error }
        #expect(refusal == (looks ? .superseded(epoch: 2) : nil))
        let saved = try new.read { db throws(StoreError) in try db.bots().count }
        #expect(saved == (looks ? 0 : 1))
        try new.write { db throws(StoreError) in try db.save(exampleBot()) }
    }

    /// The law of the schema stands behind the look.
    @Test func engineThatLostTheEpochWritesNoOrders() throws {
        let folder = try Folder()
        let old = try Database(creating: folder.path())
        old.looksAtEpoch = false
        #expect(try old.raiseEpoch() == 1)
        try old.write { db throws(StoreError) in
            try db.insert(exampleKey())
            try db.save(exampleBot())
            try db.save(exampleOrder())
        }
        #expect(try old.read { db throws(StoreError) in try db.order(ID(1)) }?.epoch == 1)
        let new = try Database(creating: folder.path())
        #expect(try new.raiseEpoch() == 2)
        #expect(throws: StoreError.self) {
            try old.write { db throws(StoreError) in
                try db.save(exampleOrder(2, client: "g1b1s2"))
            }
        }
        #expect(throws: StoreError.self) {
            try old.write { db throws(StoreError) in try db.save(exampleOrder()) }
        }
        try new.write { db throws(StoreError) in try db.save(exampleOrder()) }
        #expect(try new.read { db throws(StoreError) in try db.order(ID(1)) }?.epoch == 2)
    }

    @Test func handleIsSetUpAsTrustAsks() throws {
        let folder = try Folder()
        let connection = try Database(creating: folder.path()).connection
        #expect(try connection.lines("PRAGMA journal_mode") == ["wal"])
        #expect(try connection.number("PRAGMA synchronous") == 2)
        #expect(try connection.number("PRAGMA foreign_keys") == 1)
        #expect(try connection.number("PRAGMA wal_autocheckpoint") == 0)
        #expect(try connection.number("PRAGMA busy_timeout") == 5000)
        #expect(try connection.number("PRAGMA temp_store") == 2)
        #expect(try connection.number("PRAGMA mmap_size") == 0)
        #expect(try connection.number("PRAGMA cell_size_check") == 1)
        #expect(try connection.number("PRAGMA trusted_schema") == 0)
        #expect(throws: StoreError.self) { try connection.execute("ATTACH ':memory:' AS other") }
        #expect(throws: StoreError.self) {
            try connection.execute(
                "PRAGMA writable_schema = 1; DELETE FROM sqlite_master")
        }
    }

    @Test func statementIsPreparedOnce() throws {
        let database = try Database.memory()
        let query = Query("SELECT epoch FROM engine_epoch")
        let first = try database.connection.statement(query)
        _ = try database.connection.statement(Query("SELECT 1"))
        #expect(try database.connection.statement(query) === first)
    }

    @Test func logIsEmptiedWhenIdleAndKeptSmallUnderLoad() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        try engine.checkpointIfNeeded()
        #expect(engine.logBytes > 0)
        try engine.checkpointIfNeeded(isIdle: true)
        #expect(engine.logBytes == 0)
        let detail = String(repeating: "x", count: 100_000)
        for _ in 0..<150 {
            try engine.write { db throws(StoreError) in
                try db.insert(
                    Activity(at: minute(0), kind: .life, what: "w", detail: detail))
            }
            try engine.checkpointIfNeeded()
        }
        // 15 MB went through a log that starts over once all of it is in the file.
        #expect(engine.logBytes < 6 << 20)
    }

    @Test func readerInTheWayDoesNotStopTheEngine() throws {
        let folder = try Folder()
        let engine = try Database(creating: folder.path())
        let console = try Database(reading: folder.path())
        try console.read { db throws(StoreError) in
            _ = try db.keys()
            try engine.write { db throws(StoreError) in try db.insert(exampleKey()) }
            try engine.checkpointIfNeeded(isIdle: true)
            #expect(engine.logBytes > 0)
        }
        try engine.checkpointIfNeeded(isIdle: true)
        #expect(engine.logBytes == 0)
    }

    @Test func boundValuesNeverReachAnError() throws {
        let database = try databaseWithABot()
        #expect {
            try database.write { db throws(StoreError) in
                try db.insert(exampleCommand("sEcReT"))
                try db.insert(exampleCommand("sEcReT"))
            }
        } throws: { error in
            guard let error = error as? StoreError else { return false }
            return !"\(error) \(error.headline) \(error.remedy)".contains("sEcReT")
        }
    }

    @Test func textTooLongForTheFileIsRefused() throws {
        let database = try databaseWithABot()
        let detail = String(repeating: "x", count: 2_000_000)
        #expect(throws: StoreError.self) {
            try database.write { db throws(StoreError) in
                try db.insert(Activity(at: minute(0), kind: .life, what: "w", detail: detail))
            }
        }
        try database.write { db throws(StoreError) in
            try db.insert(Activity(at: minute(0), kind: .life, what: "w", detail: "short"))
        }
    }

    @Test func unknownWordInTheFileIsRefusedNotGuessed() throws {
        let database = try databaseWithABot()
        try database.connection.execute(
            "PRAGMA ignore_check_constraints = on; UPDATE bots SET phase = 'dancing'")
        #expect(throws: StoreError.damaged(what: "a word in column phase is unknown")) {
            try database.read { db throws(StoreError) in try db.bots() }
        }
    }
}
