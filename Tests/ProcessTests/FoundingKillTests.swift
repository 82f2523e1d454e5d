/// A founding that is killed leaves no home, and nothing that is in the way of the next.

import Core
import Foundation
import TestKit
import Testing

@Suite(.serialized) struct FoundingKillTests {
    private static func names(_ home: TrialHome) -> Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? [])
    }

    @Test(arguments: [false, true]) func aKilledInitLeavesNoHome(folderWasThere: Bool) throws {
        let home = TrialHome()
        if folderWasThere { mkdir(home.path, 0o700) }
        var dice = Randomness(seed: 3)
        var unfinished = 0
        for round in 0..<16 {
            // Later kills strike while the past is played.
            let child =
                round % 2 == 0
                ? try home.start("init", "--bots", "3") : try home.start("init", "--demo")
            let wasQuick = child.wait(within: Double(dice.next() % 120) / 1000) != nil
            child.kill()
            guard !wasQuick, !Self.names(home).contains("plutarc.db") else {
                try home.expectSound()
                try FileManager.default.removeItem(atPath: home.path)
                continue
            }
            unfinished += Self.names(home).contains("plutarc.db.unfinished") ? 1 : 0
            for command in [["status"], ["bots"], ["engine", "run"], ["pause", "--all"]] {
                #expect(try home.run(command).status == 4, "\(command)")
            }
        }
        #expect(unfinished > 0)
        try home.plutarc("init", "--bots", "3").expect(0)
        #expect(Self.names(home).filter { $0.contains("unfinished") } == [])
        try home.expectSound()
        #expect(try home.plutarc("init").status == 5)
    }

    /// With the name first, as it was, what a kill leaves is taken for a home.
    @Test func halfADatabaseUnderTheFinalNameWouldBeAHome() throws {
        let home = TrialHome()
        let child = try home.start("init", "--demo")
        let half = home.path + "/plutarc.db.unfinished"
        #expect(home.eventually { FileManager.default.fileExists(atPath: half) })
        child.kill()
        #expect(try home.plutarc("status").status == 4)
        for ending in ["-wal", "-shm", ""] {
            rename(half + ending, home.path + "/plutarc.db" + ending)
        }
        #expect(try home.plutarc("status").status != 4)
        #expect(try home.plutarc("init").status == 5)
    }

    @Test func twoFoundingsDoNotMeet() throws {
        let home = TrialHome()
        let first = try home.start("init", "--demo", "--days", "1", "--bots", "4")
        let half = home.path + "/plutarc.db.unfinished"
        #expect(home.eventually { FileManager.default.fileExists(atPath: half) })
        let second = try home.plutarc("init", "--bots", "1")
        #expect([5, 7].contains(second.status), "\(second.output)\(second.errors)")
        #expect(first.wait() == 0, "\(first.errors)")
        #expect(try home.count("SELECT count(*) FROM bots") == 4)
    }

    @Test func theLogOfADatabaseThatIsGoneIsNotTaken() throws {
        let home = TrialHome()
        mkdir(home.path, 0o700)
        let log = home.path + "/plutarc.db-wal"
        _ = FileManager.default.createFile(
            atPath: log, contents: Data("commits".utf8), attributes: [.posixPermissions: 0o600])
        try home.plutarc("init").expect(7, saying: "plutarc.db-wal", "put the database back")
        #expect(FileManager.default.contents(atPath: log) == Data("commits".utf8))
        #expect(truncate(log, 0) == 0)
        try home.plutarc("init").expect(0)
        try home.expectSound()
    }
}
