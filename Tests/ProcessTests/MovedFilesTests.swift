/// Files of a home that are taken away while its engine runs: nothing is promised into the void.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite struct MovedFilesTests {
    /// What somebody did to a home, seen from its folder.
    struct Deed: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let act: @Sendable (String) throws -> Void

        init(_ name: String, _ act: @escaping @Sendable (String) throws -> Void) {
            testDescription = name
            self.act = act
        }
    }

    static let onTheSocket = [
        Deed("removed") { home in unlink(home + "/engine.sock") },
        Deed("renamed") { home in rename(home + "/engine.sock", home + "/elsewhere") },
        Deed("replaced by a file") { home in
            unlink(home + "/engine.sock")
            try Data("x".utf8).write(to: URL(fileURLWithPath: home + "/engine.sock"))
        },
        Deed("replaced by a folder") { home in
            unlink(home + "/engine.sock")
            mkdir(home + "/engine.sock", 0o700)
        },
    ]

    @Test(arguments: onTheSocket) func aSocketThatLostItsNameIsBoundAgain(_ deed: Deed) throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "0.001")
        let client = try home.client()
        try deed.act(home.path)
        let again = try home.client()
        #expect(again.greeting.pid == engine.pid)
        // Whoever was connected still is.
        #expect(try outcome(of: "old", on: client) == .done)
        #expect(try outcome(of: "new", on: again) == .done)
        engine.send(SIGTERM)
        #expect(engine.wait() == 0)
        #expect(!FileManager.default.fileExists(atPath: home.path + "/engine.sock"))
    }

    private func outcome(of key: String, on client: EngineClient) throws -> CommandOutcome? {
        let command = Command.ticketOpen(
            subject: key, message: "is anybody there", .bot, .low, bot: nil)
        let request = CommandRequest(key: key, verb: command.verb, args: command.arguments)
        guard case .outcome(let report) = try client.perform(request) else { return nil }
        return report.outcome
    }

    static let onTheDatabase = [
        Deed("removed") { home in unlink(home + "/plutarc.db") },
        Deed("renamed") { home in rename(home + "/plutarc.db", home + "/elsewhere.db") },
        Deed("replaced by a copy") { home in
            try FileManager.default.copyItem(
                atPath: home + "/plutarc.db", toPath: home + "/copy.db")
            rename(home + "/copy.db", home + "/plutarc.db")
        },
        Deed("log removed") { home in unlink(home + "/plutarc.db-wal") },
        Deed("index removed") { home in unlink(home + "/plutarc.db-shm") },
        Deed("home renamed") { home in rename(home, home + "-old") },
    ]

    /// A command sent right after the deed is not acknowledged, and the engine ends by itself.
    @Test(arguments: onTheDatabase) func nothingIsPromisedInAFileWithoutAName(_ deed: Deed) throws {
        let home = try TrialHome.fresh()
        defer { rename(home.path + "-old", home.path) }
        let engine = try home.engine(speed: "0.001")
        let client = try home.client()
        #expect(try outcome(of: "before", on: client) == .done)
        try deed.act(home.path)
        let command = Command.ticketOpen(
            subject: "after", message: "into the void", .bot, .low, bot: nil)
        let answer = try? client.perform(
            CommandRequest(key: "after", verb: command.verb, args: command.arguments),
            within: .seconds(10))
        if let answer {
            guard case .refused(let error) = answer else {
                Issue.record("acknowledged: \(answer)")
                return
            }
            #expect(["database_moved", "engine_stopping"].contains(error.code), "\(error)")
        }
        engine.answer().expect(7, saying: "removed, renamed or replaced", "put the files")
    }

    /// Without a command it is noticed as well, by the look of each second.
    @Test func anIdleEngineNoticesToo() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "0.001")
        _ = try home.client()
        rename(home.path + "/plutarc.db", home.path + "/elsewhere.db")
        engine.answer().expect(7, saying: "plutarc.db was removed, renamed")
        // Back under its name it is whole.
        rename(home.path + "/elsewhere.db", home.path + "/plutarc.db")
        try home.expectSound()
    }

    private static let commands = [
        ["status"], ["bots"], ["check"], ["pause", "--all"], ["engine", "start"], ["engine", "run"],
        ["engine", "status"], ["engine", "stop"], ["sql", "SELECT 1"], ["templates"], ["regions"],
        [],
    ]

    /// Whether the engine lost it or had stopped in peace: nobody is sent to `init`, and `init`
    /// makes no other in its place.
    @Test(arguments: [true, false]) func aDatabaseThatIsGoneIsNotOneThatNeverWas(
        whileItRan: Bool
    ) throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "0.001")
        _ = try home.client()
        if whileItRan {
            rename(home.path + "/plutarc.db", home.folder + "/kept.db")
            #expect(engine.wait() == 7)
        } else {
            let reserve = home.path + "/engine.ballast"
            #expect(home.eventually { FileManager.default.fileExists(atPath: reserve) })
            engine.send(SIGTERM)
            #expect(engine.wait() == 0)
            rename(home.path + "/plutarc.db", home.folder + "/kept.db")
        }
        for command in Self.commands {
            let answer = try home.run(command)
            answer.expect(7, saying: "the database of this home is gone", "put it back")
            #expect(!answer.errors.contains("plutarc init"), "\(command): \(answer.errors)")
            try home.run(command + ["--json"]).expectDocument(7, code: "database_gone")
        }
        for command in [["init"], ["init", "--demo"], ["demo"]] {
            try home.run(command).expect(7, saying: "is gone", "put the database back", "rm '")
        }
        #expect(!FileManager.default.fileExists(atPath: home.path + "/plutarc.db"))
        rename(home.folder + "/kept.db", home.path + "/plutarc.db")
        try home.expectSound()
    }

    /// The deliberate way is the one that the refusal names.
    @Test func whatTheRefusalNamesGivesTheOldOneUp() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "0.001")
        _ = try home.client()
        engine.kill()
        unlink(home.path + "/plutarc.db")
        let refused = try home.plutarc("init")
        refused.expect(7, saying: "rm '\(home.path)/plutarc.db-wal' '\(home.path)/engine.lease'")
        for name in ["plutarc.db-wal", "engine.lease", "engine.ballast"] {
            unlink("\(home.path)/\(name)")
        }
        try home.plutarc("init").expect(0)
        try home.expectSound()
    }
}
