/// An engine whose log is taken away ends, and so does the next one: what was promised is missed.

import Foundation
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite(.serialized) struct VanishedCommitsTests {
    /// What somebody did to the log, from the path of the database.
    struct Deed: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let act: @Sendable (String) -> Void
    }

    private static let deeds = [
        Deed(testDescription: "removed") { unlink($0 + "-wal") },
        Deed(testDescription: "moved away") { rename($0 + "-wal", $0 + "-elsewhere") },
        Deed(testDescription: "emptied") { truncate($0 + "-wal", 0) },
    ]

    /// A pause that was acknowledged, and an engine that has noticed that its log is gone.
    private func home(_ deed: Deed) throws -> TrialHome {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.plutarc("pause", "--all").status == 0)
        deed.act(home.path + "/plutarc.db")
        let ended = engine.answer()
        #expect([1, 7].contains(ended.status), "\(ended.errors)")
        // What SQLite would lay down anew, and what it would read of a log that is gone.
        for ending in ["-wal", "-shm"] { unlink(home.path + "/plutarc.db" + ending) }
        return home
    }

    /// - Parameter isKept: whether the engine has left its entry; else it is as after a clean end.
    @Test(arguments: deeds, [true, false])
    func whatWasAcknowledgedIsMissed(_ deed: Deed, isKept: Bool) throws {
        let home = try home(deed)
        if !isKept { truncate(home.path + "/engine.lease", 0) }
        let next = try home.plutarc("engine", "run", "--for", "1s")
        if isKept {
            next.expect(7, saying: "commits are missing", "plutarc.db-wal", "engine.lease")
            try home.plutarc("pause", "--all").expect(7, saying: "commits are missing")
        } else {
            next.expect(0)
            #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused = 0") == 2)
        }
    }

    /// Within the second in which nobody would look again: its end is no end in peace either.
    @Test(arguments: deeds) func anEndRightAfterTheDeedIsNoneInPeace(_ deed: Deed) throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.plutarc("pause", "--all").status == 0)
        deed.act(home.path + "/plutarc.db")
        engine.send(SIGTERM)
        #expect([1, 7].contains(engine.answer().status))
        for ending in ["-wal", "-shm"] { unlink(home.path + "/plutarc.db" + ending) }
        try home.plutarc("engine", "run", "--for", "1s").expect(7, saying: "commits are missing")
    }

    /// The log is back under its name: nothing is missing, and it goes on.
    @Test func aLogThatIsPutBackIsTaken() throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        let engine = try home.engine()
        _ = try home.client()
        #expect(try home.plutarc("pause", "--all").status == 0)
        rename(path + "-wal", path + "-elsewhere")
        engine.answer().expect(7, saying: "put the files", "engine.lease")
        rename(path + "-elsewhere", path + "-wal")
        try home.plutarc("engine", "run", "--for", "1s").expect(0)
        #expect(try home.count("SELECT count(*) FROM bots WHERE is_paused") == 2)
    }

    /// `check` names what a start refuses, and takes nothing; without the entry nobody would know.
    @Test(arguments: [true, false]) func aCheckMissesThemToo(isKept: Bool) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        let engine = try home.engine()
        _ = try home.client()
        // A checkpoint by another hand brings the epoch into the file.
        try Connection(path: path, mode: .write).execute("PRAGMA wal_checkpoint(PASSIVE)")
        #expect(try home.plutarc("pause", "--all").status == 0)
        try home.expectSound()
        engine.kill()
        try home.expectSound()
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        if !isKept { truncate(home.path + "/engine.lease", 0) }
        let before = FileManager.default.contents(atPath: home.path + "/engine.lease")
        for _ in 0..<2 {
            let check = try home.plutarc("check")
            #expect(check.status == (isKept ? 7 : 0), "\(check.output)\(check.errors)")
            #expect(check.output.contains("commits are missing") == isKept)
        }
        #expect(FileManager.default.contents(atPath: home.path + "/engine.lease") == before)
    }

    /// A database that fails is no death at work on a bot, and the entry tells what was committed.
    @Test(arguments: [true, false]) func anEntryIsKeptOnlyWhereItIsAsked(isKept: Bool) throws {
        let trial = try TrialHome.fresh()
        defer { withExtendedLifetime(trial) {} }
        let home = try trial.opened(for: .engine)
        for life in 0..<3 {
            let lease = try Lease.acquire(in: home, build: "t")
            #expect(lease.earlierEpoch == (isKept && life > 0 ? 7 : 0))
            #expect(
                lease.earlierClock == (isKept && life > 0 ? Instant(milliseconds: 5) : nil))
            lease.work?.takeOver()
            #expect(lease.work?.suspect == nil)
            try lease.enter(epoch: 7, at: .read())
            lease.work?.committed(at: Instant(milliseconds: 5), clock: Instant(milliseconds: 5))
            lease.work?.begin(ID(1), at: Instant(milliseconds: 6))
            lease.release(keepingEntry: isKept)
            #expect(try Lease.status(in: home) == .free)
        }
    }
}
