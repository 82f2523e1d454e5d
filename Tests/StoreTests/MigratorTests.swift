/// Files of every age and kind are migrated or refused, never half of each.

import Foundation
import Testing

@testable import Store

@Suite struct MigratorTests {
    private static let first = Migration(
        number: 1, sql: ["CREATE TABLE a (x INTEGER) STRICT", "INSERT INTO a VALUES (7)"])
    private static let second = Migration(
        number: 2, sql: ["ALTER TABLE a ADD COLUMN y INTEGER", "UPDATE a SET y = x + 1"])
    private static let broken = Migration(
        number: 2, sql: ["UPDATE a SET x = 0", "CREATE TABLE a (x INTEGER)"])

    private func open(_ path: String, _ migrations: Migration...) throws -> Database {
        try Database(path: path, mode: .create, migrations: migrations)
    }

    @Test func freshFileGetsEveryStep() throws {
        let folder = try Folder()
        let database = try open(folder.path(), Self.first, Self.second)
        #expect(try database.connection.number("SELECT y FROM a") == 8)
        #expect(try database.connection.number("PRAGMA user_version") == 2)
        #expect(try database.connection.number("PRAGMA application_id") == 0x706C_7574)
        #expect(!FileManager.default.fileExists(atPath: folder.path("plutarc.db.before-2")))
    }

    @Test func olderFileGetsWhatIsMissingAfterABackup() throws {
        let folder = try Folder()
        _ = try open(folder.path(), Self.first)
        let database = try open(folder.path(), Self.first, Self.second)
        #expect(try database.connection.number("SELECT y FROM a") == 8)
        let backup = try open(folder.path("plutarc.db.before-2"), Self.first)
        #expect(try backup.connection.number("PRAGMA user_version") == 1)
        #expect(try backup.connection.number("SELECT x FROM a") == 7)
    }

    @Test func failedStepLeavesTheFileAsItWas() throws {
        let folder = try Folder()
        _ = try open(folder.path(), Self.first)
        #expect(throws: StoreError.self) { try open(folder.path(), Self.first, Self.broken) }
        let database = try open(folder.path(), Self.first)
        #expect(try database.connection.number("SELECT x FROM a") == 7)
        #expect(try database.connection.number("PRAGMA user_version") == 1)
    }

    @Test func newerFileIsRefusedByWriterAndReader() throws {
        let folder = try Folder()
        let path = folder.path()
        _ = try open(path, Self.first, Self.second)
        let refusal = StoreError.newerVersion(path: path, found: 2, known: 1)
        #expect(throws: refusal) { try open(path, Self.first) }
        #expect(throws: refusal) {
            try Database(path: path, mode: .read, migrations: [Self.first])
        }
    }

    @Test func olderFileIsRefusedByAReader() throws {
        let folder = try Folder()
        let path = folder.path()
        _ = try open(path, Self.first)
        #expect(throws: StoreError.olderVersion(path: path, found: 1, known: 2)) {
            try Database(path: path, mode: .read, migrations: [Self.first, Self.second])
        }
    }

    @Test func textFileIsNotADatabase() throws {
        let folder = try Folder()
        let path = folder.path()
        try Data(String(repeating: "not a database\n", count: 100).utf8)
            .write(to: URL(filePath: path))
        let refusal = StoreError.notADatabase(path: path)
        #expect(throws: refusal) { try Database(creating: path) }
        #expect(throws: refusal) { try Database(opening: path) }
        #expect(throws: refusal) { try Database(reading: path) }
    }

    @Test func fileOfAnotherProgramIsRefusedAndLeftAlone() throws {
        let folder = try Folder()
        let path = folder.path()
        try {
            let other = try Connection(path: path, mode: .create)
            try other.execute("CREATE TABLE theirs (x); PRAGMA application_id = 42")
        }()
        let before = try Data(contentsOf: URL(filePath: path))
        let refusal = StoreError.notADatabase(path: path)
        #expect(throws: refusal) { try Database(creating: path) }
        #expect(throws: refusal) { try Database(opening: path) }
        #expect(throws: refusal) { try Database(reading: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func emptyFileIsNotOpened() throws {
        let folder = try Folder()
        let path = folder.path()
        try Data().write(to: URL(filePath: path))
        #expect(throws: StoreError.notADatabase(path: path)) { try Database(opening: path) }
        #expect(throws: StoreError.notADatabase(path: path)) { try Database(reading: path) }
    }

    @Test func damagedFileIsFoundAndSaidSo() throws {
        let folder = try Folder()
        let path = folder.path()
        try {
            let database = try Database(creating: path)
            try database.write { db throws(StoreError) in
                for number in 0..<500 { try db.insert(exampleKey("key-label-\(number)")) }
            }
            try database.checkpointIfNeeded(isIdle: true)
        }()
        var bytes = try Data(contentsOf: URL(filePath: path))
        let pages = bytes.count / 4096
        for page in pages - 4..<pages {
            bytes.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(count: 64))
        }
        try bytes.write(to: URL(filePath: path))
        let database = try Database(reading: path)
        #expect(try !database.check().isEmpty)
        #expect {
            try database.read { db throws(StoreError) in try db.keys() }
        } throws: { error in
            guard case .damaged? = error as? StoreError else { return false }
            return true
        }
    }

    /// A home from before bots had sessions of their own: causes stay, one more is taken.
    @Test func aPauseKeepsItsCauseWhenTheListGrows() throws {
        let folder = try Folder()
        let last = try #require(Schema.migrations.firstIndex { $0.sql == Migration4Sessions.sql })
        let old = try Database(
            path: folder.path(), mode: .create, migrations: Array(Schema.migrations[..<last]))
        for (id, cause) in [(1, "'staff'"), (2, "NULL"), (3, "'kill_switch'")] {
            try old.connection.execute(
                """
                INSERT INTO bots (id, label, phase, is_paused, pause_cause, provider, region,
                    version, ipv4, ipv6, created_at, order_sequence, consecutive_losses,
                    limits_version)
                VALUES (\(id), 'b\(id)', 'online', 1, \(cause), 'p', 'r', '1', '', '', 0, 0, 0, 0)
                """)
        }
        let new = try Database(path: folder.path(), mode: .create, migrations: Schema.migrations)
        let bots = try new.read { db throws(StoreError) in try db.bots() }
        #expect(bots.map(\.pauseCause) == [.staff, nil, .killSwitch])
        #expect(bots.allSatisfy { $0.sessions == nil })
        try new.connection.execute("UPDATE bots SET pause_cause = 'billing'")
        for wrong in ["pause_cause = 'x'", "sessions = ''"] {
            #expect(throws: StoreError.self) {
                try new.connection.execute("UPDATE bots SET \(wrong)")
            }
        }
    }

    /// A table to which others point, which cascade to it, and which a trigger elsewhere names.
    private static let family = Migration(
        number: 1,
        sql: [
            """
            CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT) STRICT;
            CREATE TABLE child (of INTEGER REFERENCES parent (id) ON DELETE CASCADE) STRICT;
            CREATE TRIGGER child_has_a_name BEFORE INSERT ON child
            WHEN (SELECT name FROM parent WHERE id = NEW.of) = ''
            BEGIN SELECT RAISE(ABORT, 'no name'); END;
            INSERT INTO parent VALUES (1, 'ann'); INSERT INTO child VALUES (1)
            """
        ])

    private static func rebuilt(with rows: StaticString, _ flag: Bool) -> Migration {
        Migration(
            number: 2,
            sql: [
                """
                CREATE TABLE anew (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> '')) STRICT;
                INSERT INTO anew \(rows);
                DROP TABLE parent; ALTER TABLE anew RENAME TO parent
                """
            ], rebuildsTables: flag)
    }

    @Test func aTableToWhichOthersPointIsMadeAnew() throws {
        let folder = try Folder()
        _ = try open(folder.path(), Self.family)
        let database = try open(
            folder.path(), Self.family, Self.rebuilt(with: "SELECT * FROM parent", true))
        let db = database.connection
        #expect(try db.number("SELECT count(*) FROM child") == 1)
        #expect(try db.number("PRAGMA foreign_keys") == 1)
        #expect(try db.number("PRAGMA legacy_alter_table") == 0)
        #expect(throws: StoreError.self) { try db.execute("INSERT INTO parent VALUES (2, '')") }
        #expect(throws: StoreError.self) { try db.execute("INSERT INTO child VALUES (7)") }
        try db.execute("DELETE FROM parent")
        #expect(try db.number("SELECT count(*) FROM child") == 0, "it no longer points there")
    }

    @Test func withoutTheFlagTheChildrenWouldBeLost() throws {
        let folder = try Folder()
        _ = try open(folder.path(), Self.family)
        let step = Self.rebuilt(with: "SELECT * FROM parent", false)
        let children = try? open(folder.path(), Self.family, step).connection.number(
            "SELECT count(*) FROM child")
        #expect(children != 1)
    }

    @Test func aRebuiltTableThatLostARowIsNotCommitted() throws {
        let folder = try Folder()
        _ = try open(folder.path(), Self.family)
        let step = Self.rebuilt(with: "SELECT id + 1, name FROM parent", true)
        #expect(throws: StoreError.damaged(what: "rows without their parent in child")) {
            try open(folder.path(), Self.family, step)
        }
        let old = try open(folder.path(), Self.family)
        #expect(try old.connection.number("SELECT count(*) FROM parent WHERE id = 1") == 1)
    }

    @Test func shippedStepsAreNumberedWithoutGaps() {
        #expect(Schema.migrations.map(\.number) == Array(1...Schema.migrations.count))
    }
}
