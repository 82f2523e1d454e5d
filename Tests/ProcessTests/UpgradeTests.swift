/// An upgrade that is killed at every statement, stopped, or has no room: the next start goes on.

import Core
import Foundation
import TestKit
import Testing

@testable import Store

@Suite(.serialized) struct UpgradeTests {
    private static let copyName = "plutarc.db.before-\(OldHome.newest)"

    /// What a kill at this moment leaves on the disk.
    private static func picture(of folder: String, as name: String, in place: String) throws {
        let target = "\(place)/\(name)"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder)
        where !file.hasSuffix("-shm") {
            try FileManager.default.copyItem(
                atPath: "\(folder)/\(file)", toPath: "\(target)/\(file)")
        }
    }

    private static func leftovers(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.contains("unfinished") }
    }

    @Test(arguments: 1..<OldHome.newest) func killedAtEveryStatementItBeginsAgain(
        schema: Int
    ) throws {
        let demo = try TrialHome.demo()
        let scratch = Scratch("plutarc-upgrade")
        let home = scratch.path + "/home"
        mkdir(home, 0o700)
        try OldHome.write(
            home + "/plutarc.db", schema: schema, rowsOf: demo.path + "/plutarc.db")
        var moments = 0
        var last: StartProgress?
        let upgraded = try Database(
            opening: home + "/plutarc.db",
            report: { progress in
                // While a file is checked nothing is written, for as long as that takes.
                let isWaiting = progress.silentStep != nil && progress == last
                last = progress
                guard progress.phase == .upgrading, !isWaiting else { return true }
                try? Self.picture(of: home, as: "\(moments)", in: scratch.path)
                moments += 1
                return true
            })
        #expect(try upgraded.check() == [])
        let wanted = try OldHome.rows(home + "/plutarc.db")
        #expect(moments > 5 && wanted["bots"]?.count == 6, "\(moments)")
        for moment in 0..<moments {
            let left = "\(scratch.path)/\(moment)"
            do { _ = try Database(opening: left + "/plutarc.db") } catch {
                Issue.record("killed at \(moment) of \(moments): \(error)")
                continue
            }
            #expect(try OldHome.rows(left + "/plutarc.db") == wanted, "\(moment)")
            #expect(try Self.leftovers(left) == [], "\(moment)")
            let copy = try Connection(path: "\(left)/\(Self.copyName)", mode: .look)
            #expect(try copy.lines("PRAGMA integrity_check") == ["ok"])
            #expect(try copy.number("PRAGMA user_version") == Int64(schema))
        }
    }

    /// What programs before this one left: half a copy under its final name.
    @Test(arguments: ["", "half", "SQLite format 3\u{0}and nothing more"])
    func halfACopyOfAnOlderProgramIsReplaced(content: String) throws {
        let home = try Self.old(schema: 1)
        let copy = "\(home.path)/\(Self.copyName)"
        for name in [copy, copy + ".unfinished"] {
            _ = FileManager.default.createFile(atPath: name, contents: Data(content.utf8))
        }
        _ = try Database(opening: home.path + "/plutarc.db")
        let sound = try Connection(path: copy, mode: .look)
        #expect(try sound.number("PRAGMA user_version") == 1)
        #expect(try Self.leftovers(home.path) == [])
    }

    /// A sound copy of another state is somebody's only way back: it keeps its name. One of this
    /// very state, as a killed upgrade leaves it, is not made again.
    @Test func aSoundCopyIsNeverWrittenOver() throws {
        let home = try Self.old(schema: 1)
        let path = home.path + "/plutarc.db"
        let copy = "\(home.path)/\(Self.copyName)"
        let other = try Self.old(schema: 1)
        do {
            let file = try Connection(path: other.path + "/plutarc.db", mode: .write)
            try file.execute("UPDATE workspace SET clock = clock + 1")
            try file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try FileManager.default.copyItem(atPath: other.path + "/plutarc.db", toPath: copy)
        let kept = try #require(FileManager.default.contents(atPath: copy))
        let old = try #require(FileManager.default.contents(atPath: path))
        _ = try Database(opening: path)
        #expect(FileManager.default.contents(atPath: copy) == kept)
        let second = try #require(FileManager.default.contents(atPath: copy + "-2"))
        // Once more from the old state: both copies stay as they are, and there is no third.
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        try old.write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        _ = try Database(opening: path)
        #expect(FileManager.default.contents(atPath: copy) == kept)
        #expect(FileManager.default.contents(atPath: copy + "-2") == second)
        #expect(!FileManager.default.fileExists(atPath: copy + "-3"))
    }

    /// What is no copy of ours keeps its name, or the one that a copy has at first, and stands in
    /// nobody's way.
    @Test(arguments: ["", ".unfinished", ".unfinished-wal"], [true, false])
    func whatIsNoCopyIsPassedBy(ending: String, isFolder: Bool) throws {
        let home = try Self.old(schema: 1)
        let copy = "\(home.path)/\(Self.copyName)"
        let place = copy + ending
        #expect((isFolder ? mkdir(place, 0o700) : mkfifo(place, 0o600)) == 0)
        _ = try Database(opening: home.path + "/plutarc.db")
        // A pipe where a copy has its first name is a leftover like any other.
        let isInTheWay = isFolder || ending.isEmpty
        let kept = try Connection(path: isInTheWay ? copy + "-2" : copy, mode: .look)
        #expect(try kept.number("PRAGMA user_version") == 1)
        #expect((access(place, F_OK) == 0) == isInTheWay)
    }

    private static func old(schema: Int, at place: String? = nil) throws -> TrialHome {
        let demo = try TrialHome.demo()
        let home = TrialHome(at: place)
        mkdir(home.path, 0o700)
        try OldHome.write(
            home.path + "/plutarc.db", schema: schema, rowsOf: demo.path + "/plutarc.db")
        for ending in ["", "-wal", "-shm"] { chmod(home.path + "/plutarc.db" + ending, 0o600) }
        return home
    }

    private static func size(_ path: String) throws -> Int {
        let facts = try FileManager.default.attributesOfItem(atPath: path)
        return facts[.size] as? Int ?? 0
    }

    @Test func askedToStopItLeavesTheFileAsItWas() throws {
        var last = 0
        for stop in 0... {
            let home = try Self.old(schema: OldHome.newest - 1)
            var calls = 0
            let opened = try? Database(
                opening: home.path + "/plutarc.db",
                report: { progress in
                    calls += progress.phase == .upgrading ? 1 : 0
                    return calls <= stop
                })
            last = calls
            guard opened == nil else { break }
            let file = try Connection(path: home.path + "/plutarc.db", mode: .read)
            #expect(try file.number("PRAGMA user_version") == Int64(OldHome.newest - 1))
            #expect(try Self.leftovers(home.path) == [])
        }
        #expect(last > 4)
    }

    @Test func itReportsEachPartAndAnnouncesWhatIsSilent() throws {
        let home = try Self.old(schema: 1)
        var heard: [StartProgress] = []
        _ = try Database(
            opening: home.path + "/plutarc.db",
            report: {
                heard.append($0)
                return true
            })
        #expect(heard.first?.phase == .opening)
        #expect(heard.contains { $0.phase == .checking && $0.silentStep == "check of the file" })
        #expect(heard.contains { $0.silentStep == "check of the copy" })
        #expect(heard.contains { $0.phase == .upgrading && $0.total > 5 && $0.silentStep == nil })
        #expect(heard.contains { $0.silentStep?.hasPrefix("ALTER TABLE") == true })
        #expect(heard.last?.silentStep == "COMMIT")
    }

    @Test(.enabled(if: Tmpfs.isAllowed, "this user may not mount a tmpfs"))
    func withoutRoomForTheCopyNothingIsChanged() throws {
        let disk = try #require(Tmpfs(kilobytes: 65_536))
        let home = try Self.old(schema: 1, at: disk.path + "/home")
        let path = home.path + "/plutarc.db"
        let before = FileManager.default.contents(atPath: path)
        disk.fill()
        // So much that a lease can be written, and no copy.
        truncate(disk.path + "/ballast", off_t(try Self.size(disk.path + "/ballast") - (1 << 20)))
        let answer = try home.plutarc("engine", "run")
        answer.expect(7, saying: "needs", "MB are free", "free some space")
        try home.run(["engine", "run", "--json"]).expectDocument(7, code: "disk_full")
        #expect(FileManager.default.contents(atPath: path) == before)
        #expect(try Self.leftovers(home.path) == [])
        disk.empty()
        _ = try Database(opening: path)
    }

    /// Real kills: of an engine that copies and upgrades a file of some size.
    @Test func anEngineKilledInItsUpgradeStartsAgain() throws {
        let home = try Self.old(schema: 2)
        try OldHome.grow(home.path + "/plutarc.db")
        var dice = Randomness(seed: 7)
        for _ in 0..<12 {
            let engine = try home.engine()
            usleep(UInt32(dice.next() % 500_000))
            engine.kill()
            #expect(engine.errors.isEmpty, "\(engine.errors)")
        }
        let engine = try home.engine()
        _ = try home.client()
        engine.send(SIGTERM)
        #expect(engine.wait() == 0, "\(engine.errors)")
        try home.expectSound()
        #expect(try Self.leftovers(home.path) == [])
    }
}
