/// A damaged or altered database: refused before the first write, alarmed when found later.

import Core
import Foundation
import TestKit
import Testing

@testable import Store

/// What somebody did to a database that is at rest.
struct Alteration: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Whether bots, positions and the like can still be read.
    let isReadable: Bool
    let act: @Sendable (String) throws -> Void

    init(
        _ name: String, isReadable: Bool = true, _ act: @escaping @Sendable (String) throws -> Void
    ) {
        testDescription = name
        self.isReadable = isReadable
        self.act = act
    }

    /// By SQL, as with a shell of SQLite.
    static func sql(_ name: String, _ sql: String) -> Alteration {
        Alteration(name) { path in
            let file = try Connection(path: path, mode: .write)
            try file.execute("PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on")
            try file.execute(sql)
            try file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// By bytes: the same length of other text wherever it stands.
    static func bytes(_ name: String, _ old: String, _ new: String) -> Alteration {
        precondition(old.utf8.count == new.utf8.count)
        return Alteration(name) { path in
            var data = try Data(contentsOf: URL(fileURLWithPath: path))
            var from = data.startIndex
            while let found = data.range(of: Data(old.utf8), in: from..<data.endIndex) {
                data.replaceSubrange(found, with: Data(new.utf8))
                from = found.upperBound
            }
            try data.write(to: URL(fileURLWithPath: path))
            chmod(path, 0o600)
        }
    }

    static let all: [Alteration] = [
        .sql(
            "a trigger was added",
            """
            CREATE TRIGGER helps AFTER INSERT ON audit
            BEGIN UPDATE bots SET is_paused = 0; END
            """),
        .sql(
            "a trigger whose name looks like SQLite's",
            """
            CREATE TRIGGER sqliteXhelps AFTER INSERT ON audit
            BEGIN UPDATE bots SET is_paused = 0; END
            """),
        .sql("a view was added", "CREATE VIEW helps AS SELECT 1"),
        .sql("a table was added", "CREATE TABLE helps (x)"),
        .sql("an index was added", "CREATE INDEX helps ON bots (label, phase)"),
        .sql("a trigger is gone", "DROP TRIGGER order_needs_epoch"),
        .sql("an index is gone", "DROP INDEX one_key_one_bot"),
        .sql(
            "an index is another",
            "DROP INDEX one_key_one_bot; CREATE INDEX one_key_one_bot ON bots (key_id)"),
        .sql(
            "a table lost its laws",
            """
            CREATE TABLE p AS SELECT * FROM venue_positions; DROP TABLE venue_positions;
            ALTER TABLE p RENAME TO venue_positions
            """),
        .sql("a table is gone", "DROP TABLE last_decisions"),
        .sql("a law is broken", "UPDATE bots SET is_paused = 7"),
        .sql("a row lost its parent", "DELETE FROM members; DELETE FROM api_keys WHERE id = 1"),
        .sql("a wallet does not add up", "UPDATE venue_accounts SET wallet = wallet + 1"),
        .sql("the head of the audit is gone", "DELETE FROM audit_head"),
        .sql("a counter at its end", "UPDATE bots SET order_sequence = 9223372036854775807"),
        .sql("a grid without prices", "UPDATE markets SET tick = 9223372036854775807"),
        .bytes("a law says less", "leverage >= 1)", "leverage >= 0)"),
        .bytes("a trigger asks something else", "NEW.epoch <> (", "NEW.epoch <  ("),
    ]
}

@Suite(.serialized) struct DamageTests {
    private static func contents(_ home: TrialHome) -> [Data?] {
        ["", "-wal"].map { FileManager.default.contents(atPath: home.path + "/plutarc.db" + $0) }
    }

    @Test(arguments: Alteration.all) func anAlteredDatabaseIsNotWrittenTo(
        _ change: Alteration
    ) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        try change.act(path)
        let before = Self.contents(home)
        // Large homes are looked over too, in what decisions rest on.
        for limit in [CheckBeforeWriting.wholeUpTo, 0] {
            #expect(throws: StoreError.self) { try Database(opening: path, wholeUpTo: limit) }
        }
        let engine = try home.plutarc("engine", "run", "--for", "1s")
        engine.expect(
            7, saying: "damaged or altered", "nothing was written", "check names everything")
        try home.plutarc("pause", "--all").expect(7, saying: "damaged or altered")
        #expect(try home.plutarc("check").status == 7)
        #expect(try home.plutarc("bots").status == 0)
        #expect(Self.contents(home) == before)
        // Without the look the same file is opened and written to.
        let open = try Database(path: path, mode: .write, migrations: Schema.migrations)
        #expect(throws: Never.self) { try open.raiseEpoch() }
    }

    /// Bytes that somebody or something changed anywhere: refused with nothing written, or opened
    /// when SQLite and the ledgers can find no fault in it; never a crash.
    @Test func changedBytesAreRefusedOrHarmless() throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        let sound = try #require(FileManager.default.contents(atPath: path))
        var dice = Randomness(seed: 11)
        var refused = 0
        for _ in 0..<150 {
            var data = sound
            for _ in 0..<4 {
                let place = Int(dice.next() % UInt64(data.count))
                data[place] ^= UInt8(1 << (dice.next() % 8))
            }
            try data.write(to: URL(fileURLWithPath: path))
            do { _ = try Database(opening: path) } catch {
                refused += 1
                #expect(FileManager.default.contents(atPath: path) == data, "\(error)")
            }
        }
        #expect(refused > 20)
    }

    @Test(arguments: [1, 40, 200]) func aDatabaseThatWasCutIsRefused(pages: Int) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        let bytes = try #require(FileManager.default.contents(atPath: path)).count
        truncate(path, off_t(bytes - min(pages, bytes / 4096 - 1) * 4096))
        let before = Self.contents(home)
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "damaged")
        #expect(Self.contents(home) == before)
    }

    /// The log of another home beside this one's database.
    @Test func aLogOfAnotherHomeIsRefused() throws {
        let (home, other) = (try TrialHome.fresh(), try TrialHome.fresh(bots: 9))
        let engine = try other.engine()
        _ = try other.client()
        #expect(try other.plutarc("pause", "--all").status == 0)
        engine.kill()
        let log = try #require(
            FileManager.default.contents(atPath: other.path + "/plutarc.db-wal"))
        #expect(log.count > 0)
        try log.write(to: URL(fileURLWithPath: home.path + "/plutarc.db-wal"))
        chmod(home.path + "/plutarc.db-wal", 0o600)
        let before = Self.contents(home)
        #expect(try home.plutarc("engine", "run", "--for", "1s").status == 7)
        #expect(Self.contents(home) == before)
    }

    @Test func aDatabaseWithoutTheLogOfAKilledEngineIsRefused() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.plutarc("pause", "--all").status == 0)
        engine.kill()
        let log = home.path + "/plutarc.db-wal"
        let commits = try #require(FileManager.default.contents(atPath: log))
        for ending in ["-wal", "-shm"] { unlink(home.path + "/plutarc.db" + ending) }
        for _ in 0..<2 {
            try home.plutarc("engine", "run", "--for", "1s")
                .expect(7, saying: "commits are missing", "plutarc.db-wal", "engine.lease")
        }
        for ending in ["-wal", "-shm"] { unlink(home.path + "/plutarc.db" + ending) }
        try commits.write(to: URL(fileURLWithPath: log))
        chmod(log, 0o600)
        try home.plutarc("engine", "run", "--for", "1s").expect(0)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 2)
    }

    /// The epoch is in the file, and what was committed after it in the log that was taken away.
    @Test func aLogThatIsGoneAfterACheckpointIsMissed() throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        let engine = try home.engine()
        _ = try home.client()
        let log = path + "-wal"
        // A checkpoint by another hand brings the epoch into the file.
        try Connection(path: path, mode: .write).execute("PRAGMA wal_checkpoint(PASSIVE)")
        #expect(try home.plutarc("pause", "--all").status == 0)
        engine.kill()
        let commits = try #require(FileManager.default.contents(atPath: log))
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        try home.plutarc("engine", "run", "--for", "1s")
            .expect(7, saying: "commits are missing", "gone on to", "plutarc.db-wal")
        // Without the word of the engine before nobody would know.
        #expect(throws: Never.self) { try Database(opening: path) }
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        try commits.write(to: URL(fileURLWithPath: log))
        chmod(log, 0o600)
        try home.plutarc("engine", "run", "--for", "1s").expect(0)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 2)
    }

    @Test func anOlderCopyIsTakenWhenSomebodyMeansIt() throws {
        let home = try TrialHome.fresh()
        let copy = try #require(FileManager.default.contents(atPath: home.path + "/plutarc.db"))
        let engine = try home.engine()
        _ = try home.client()
        engine.kill()
        for ending in ["-wal", "-shm"] { unlink(home.path + "/plutarc.db" + ending) }
        try copy.write(to: URL(fileURLWithPath: home.path + "/plutarc.db"))
        chmod(home.path + "/plutarc.db", 0o600)
        #expect(try home.plutarc("engine", "run", "--for", "1s").status == 7)
        unlink(home.path + "/engine.lease")
        try home.plutarc("engine", "run", "--for", "1s").expect(0)
    }

    @Test func aJournalOfAnotherProgramIsNotPlayed() throws {
        let home = try TrialHome.fresh()
        _ = FileManager.default.createFile(
            atPath: home.path + "/plutarc.db-journal", contents: Data(count: 2048))
        chmod(home.path + "/plutarc.db-journal", 0o600)
        let before = Self.contents(home)
        try home.plutarc("engine", "run", "--for", "1s")
            .expect(7, saying: "plutarc.db-journal", "move it away")
        #expect(Self.contents(home) == before)
    }

    @Test func damagedHistoryOfALargeHomeIsLeftToTheSecondLook() throws {
        let home = try TrialHome.demo()
        let path = home.path + "/plutarc.db"
        try Self.damage("equity", in: path)
        #expect(throws: StoreError.self) { try Database(opening: path) }
        let open = try Database(opening: path, wholeUpTo: 0)
        #expect(open.historyIsUnchecked)
        #expect(try !open.check().isEmpty)
        let sound = try TrialHome.demo()
        #expect(try !Database(opening: sound.path + "/plutarc.db").historyIsUnchecked)
    }

    /// The real program: it starts, a child finds the damage, and what is open can be closed.
    @Test func aLargeHomeAlarmsAndStillCloses() throws {
        let home = try TrialHome.demo()
        let path = home.path + "/plutarc.db"
        try OldHome.grow(path)
        try Self.damage("equity", in: path)
        let engine = try home.engine(speed: "60")
        defer { engine.kill() }
        do { _ = try home.client() } catch { Issue.record("\(error) \(engine.errors)") }
        let found = try home.eventually {
            try home.count("SELECT count(*) FROM notices WHERE kind = 'damage'") == 1
        }
        #expect(found, "\(engine.errors)")
        let alarm = try home.rows("SELECT message FROM notices WHERE kind = 'damage'")
        #expect((alarm.first?.first.flatMap { $0 }?.count ?? 0) < 500, "\(alarm)")
        #expect(
            try home.rows("SELECT entries_stopped FROM workspace")[0][0]?
                .contains("plutarc check") == true)
        // 5: one of them was paused already.
        #expect([0, 5].contains(try home.plutarc("pause", "--all").status))
        let preview = try home.run(["close-all", "--all", "--preview", "--json"])
        let token = try #require(try preview.document()["preview_token"]?.text, "\(preview.output)")
        let close = try home.plutarc("close-all", "--all", "--confirm", token)
        #expect([0, 5].contains(close.status), "\(close.output)\(close.errors)")
        #expect(try home.count("SELECT count(*) FROM positions") == 0)
        #expect(engine.wait(within: 0) == nil, "\(engine.errors)")
    }

    /// Overwrites the pages of a table, the first but one on.
    static func damage(_ table: String, in path: String) throws {
        let page: Int64
        do {
            let file = try Connection(path: path, mode: .look)
            let found = try file.prepare(
                "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = '\(table)'")
            _ = try found.next()
            page = found.takeInteger()
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(page - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0xAA, count: 4096))
        try file.close()
    }
}
