/// Homes that cannot be used: each is refused with the command that mends it, and left untouched.

import Core
import Foundation
import Store
import TestKit
import Testing

/// **Source** <doc:CommandLine#Exit-statuses>, <doc:SafetyRules#The-files-of-a-home>.
@Suite struct BadHomeTests {
    /// Everything that would read or write such a home.
    private static let commands = [
        ["status"], ["bots"], ["check"], ["audit", "--verify"], ["engine", "run"],
        ["engine", "start"], ["pause", "--all"], ["sql", "SELECT count(*) FROM bots"],
    ]

    /// What somebody did to the file of a home, and the words that must come of it.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let codes: Set<String>
        let says: String
        let act: @Sendable (String) throws -> Void

        init(
            _ name: String, _ codes: Set<String>, says: String,
            _ act: @escaping @Sendable (String) throws -> Void
        ) {
            testDescription = name
            self.codes = codes
            self.says = says
            self.act = act
        }
    }

    static let damages = [
        Damage("of a newer version", ["newer_version"], says: "schema 99") { path in
            try change(path, at: 60, to: [0, 0, 0, 99])
        },
        Damage("a text file", ["not_a_database"], says: "is not a plutarc database") { path in
            try replace(path, Data("this is a letter to my aunt\n".utf8))
        },
        Damage("an empty file", ["not_a_database"], says: "is not a plutarc database") { path in
            try replace(path, Data())
        },
        Damage("of another program", ["not_a_database"], says: "is not a plutarc database") {
            path in try change(path, at: 68, to: [1, 2, 3, 4])
        },
        Damage("cut to a third", ["damaged"], says: "damaged") { path in
            truncate(path, 90_000)
        },
        Damage("cut inside the first page", ["damaged", "not_a_database"], says: "plutarc.db") {
            path in truncate(path, 50)
        },
        Damage("overwritten in the middle", ["damaged"], says: "damaged") { path in
            try change(path, at: 4096, to: [UInt8](repeating: 0xAA, count: 40 * 4096))
        },
    ]

    private static func change(_ path: String, at offset: UInt64, to bytes: [UInt8]) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: bytes)
        try file.close()
    }

    private static func replace(_ path: String, _ data: Data) throws {
        for ending in ["-wal", "-shm"] { unlink(path + ending) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: data)
        try file.close()
    }

    @Test(arguments: damages) func anUnusableDatabaseIsRefusedWith7(_ damage: Damage) throws {
        let home = try TrialHome.fresh()
        let path = home.path + "/plutarc.db"
        try damage.act(path)
        let before = FileManager.default.contents(atPath: path)
        for command in Self.commands {
            let plain = try home.run(command)
            #expect(plain.status == 7, "\(command): \(plain.output)\(plain.errors)")
            // What can be read at all is what `check` is about: its own document tells it.
            if command == ["check"], plain.errors.isEmpty {
                let report = try home.run(command + ["--json"])
                #expect(report.status == 7)
                #expect(try report.document()["ok"]?.flag == false, "\(report.output)")
                continue
            }
            // A message and below it what to do.
            #expect(plain.errors.split(separator: "\n").count == 2, "\(command): \(plain.errors)")
            let json = try home.run(command + ["--json"])
            #expect(json.status == 7, "\(command): \(json.output)\(json.errors)")
            let error = try json.document()["error"]
            let code = error?["code"]?.text ?? ""
            #expect(damage.codes.contains(code) || code == "engine_did_not_start", "\(json.output)")
            #expect(error?["message"]?.text?.contains("\n") == false, "\(json.output)")
        }
        let refused = try home.plutarc("status")
        #expect(refused.errors.contains(damage.says), "\(refused.errors)")
        #expect(FileManager.default.contents(atPath: path) == before, "it was written to")
        try home.plutarc("engine", "status", "--json").expectRunning(false)
        // `init` does not clear it away either.
        #expect(try home.plutarc("init").status == 5)
        #expect(FileManager.default.contents(atPath: path) == before)
    }

    @Test func aMissingHomeIs4AndIsNotMade() throws {
        for command in Self.commands + [["engine", "stop"], ["engine", "status"], []] {
            let home = TrialHome()
            let plain = try home.run(command)
            plain.expect(4, saying: home.path, "plutarc init --home")
            try home.run(command + ["--json"]).expectDocument(4, code: "no_home")
            #expect(!FileManager.default.fileExists(atPath: home.path), "\(command)")
            mkdir(home.path, 0o700)
            try home.run(command).expect(4, saying: home.path, "plutarc init --home")
        }
    }

    @Test(arguments: [0o777, 0o770, 0o707, 0o722])
    func aHomeThatStrangersMayChangeIsRefused(mode: Int) throws {
        let home = try TrialHome.fresh()
        chmod(home.path, mode_t(mode))
        for command in Self.commands {
            let answer = try home.run(command)
            answer.expect(1, saying: "mode \(String(mode, radix: 8))", "chmod 7")
        }
        try home.run(["status", "--json"]).expectDocument(1, code: "home_unsafe_mode")
        let remedy = try home.plutarc("status").errors
        #expect(remedy.contains("chmod \(mode == 0o770 ? 750 : 700) "), "\(remedy)")
        chmod(home.path, 0o700)
        try home.expectSound()
    }

    @Test func aDatabaseThatStrangersMayReadIsRefusedByTheEngine() throws {
        let home = try TrialHome.fresh()
        chmod(home.path + "/plutarc.db", 0o644)
        try home.plutarc("engine", "run").expect(1, saying: "plutarc.db has mode 644", "chmod 600")
    }

    @Test func aLinkOrAFileIsNoHome() throws {
        let home = try TrialHome.fresh()
        let link = home.folder + "/link"
        symlink(home.path, link)
        let linked = try Program.run(["status", "--home", link])
        linked.expect(1, saying: "symbolic link", "--home '\(home.path)'")
        let filed = try Program.run(["status", "--home", home.path + "/plutarc.db"])
        filed.expect(1, saying: "is not a folder")
        // The database may not be a link either: a backup elsewhere must not be written to.
        let real = home.folder + "/elsewhere.db"
        rename(home.path + "/plutarc.db", real)
        symlink(real, home.path + "/plutarc.db")
        try home.plutarc("engine", "run").expect(7, saying: "plutarc.db is not a plain file")
        #expect(try home.plutarc("status").status != 0)
    }

    @Test func aHomeIsNotMadeTwice() throws {
        let home = try TrialHome.fresh()
        try home.plutarc("init").expect(5, saying: home.path, "is a home already")
        try home.run(["init", "--demo", "--json"]).expectDocument(5, code: "home_exists")
        try home.expectSound()
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a home away"))
    func aHomeOfAnotherUserIsRead() throws {
        let home = try TrialHome.fresh()
        for name in try FileManager.default.contentsOfDirectory(atPath: home.path) {
            chown(home.path + "/" + name, 4242, 4242)
        }
        chown(home.path, 4242, 4242)
        let engine = try home.plutarc("engine", "run")
        engine.expect(3, saying: "belongs to user 4242", "chown 0")
        // Nobody starts somebody else's engine.
        try home.plutarc("pause", "--all").expect(6, saying: "no engine runs")
    }

    @Test(.enabled(if: Tmpfs.isAllowed, "this user may not mount a tmpfs"))
    func aReadOnlyHomeIsReadAndRefusesToBeWritten() throws {
        let disk = try #require(Tmpfs(kilobytes: 8192))
        let home = try TrialHome.fresh(at: disk.path + "/home")
        #expect(disk.makeReadOnly())
        for command in [["status"], ["bots"], ["check"], ["audit", "--verify"]] {
            #expect(try home.run(command).status == 0, "\(command)")
        }
        for command in [["engine", "run"], ["engine", "start"], ["pause", "--all"]] {
            try home.run(command).expect(
                7, saying: "Read-only file system", "mount it for writing")
            #expect(try home.run(command + ["--json"]).status == 7)
        }
        let new = try Program.run(["init", "--home", disk.path + "/new"])
        new.expect(7, saying: disk.path + "/new", "Read-only file system", "--home DIR")
    }
}
