/// Commands over a home on disk, through the dispatcher.

import Core
import Glibc
import Store
import TestKit
import Testing

@testable import Console

@Suite final class CommandsHomeTests {
    private let streams = CapturedStreams()
    private let folder: String

    init() throws {
        folder = "/tmp/plutarc-home-\(UInt64.random(in: 0 ... .max))"
        _ = try Home.open(path: folder, for: .engine, creating: true)
    }

    deinit {
        for file in Home.File.allCases { unlink("\(folder)/\(file.rawValue)") }
        rmdir(folder)
    }

    private func fill() throws {
        let home = try Home.open(path: folder, for: .console)
        try FleetFixture.write(to: home.path(of: .database))
        chmod(home.path(of: .database), 0o600)
    }

    private func run(_ line: String...) -> Console.ExitStatus {
        streams.out = ""
        streams.err = ""
        let home = line.contains("--home") ? [] : ["--home", folder]
        return CommandDispatcher(actions: CommandDispatcher.standard).run(
            home + line, streams: streams, environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
    }

    @Test func aHomeIsReadWithoutAnEngine() throws {
        try fill()
        #expect(run("status", "--json") == .done, "\(streams.out)\(streams.err)")
        let json = try JSON.parse(streams.out)
        #expect(json["engine"]?["running"] == false)
        #expect(json["bots"]?["online"] == 2)
        #expect(run("status") == .done)
        #expect(streams.out.contains("engine    not running"))
        #expect(streams.out.contains("seen      no engine runs: as of "))
        #expect(streams.out.contains(" unknown (were 2 online"))
        #expect(run("bots") == .done && streams.out.contains("was Online"))
        // The fixture has no markets: positions without one are a fault of a home.
        #expect(run("check") == .dataUnusable, "\(streams.out)")
        #expect(streams.out.contains("positions: position-1: there is no market BTC-PERP"))
    }

    @Test func withoutAnEngineNothingIsAccepted() throws {
        try fill()
        #expect(run("pause", "--all", "--no-engine", "--json") == .notFinished)
        #expect(try JSON.parse(streams.out)["error"]?["code"]?.text == "no_engine")
    }

    @Test func aMissingHomeIsExitStatusFour() {
        #expect(run("bots", "--home", "/tmp/plutarc-nowhere") == .noSuchThing)
        #expect(streams.err.contains("plutarc init"))
        #expect(run("bots") == .noSuchThing)
        #expect(streams.err.contains("has no database yet"))
    }

    @Test func systemTemplatesNeedNoHome() {
        #expect(run("templates", "--home", "/tmp/plutarc-nowhere") == .done)
        #expect(streams.out.contains("Trend Follower"))
        #expect(run("template", "show", "Mean Reverter") == .done)
    }

    @Test func aForeignFileIsExitStatusSeven() throws {
        let home = try Home.open(path: folder, for: .console)
        try TextFile.create(home.path(of: .database)) { write throws(CommandFailure) in
            try write(String(repeating: "this is no database. ", count: 100))
        }
        #expect(run("bots", "--json") == .dataUnusable)
        #expect(try JSON.parse(streams.out)["error"]?["code"]?.text == "not_a_database")
    }

    /// What another process commits is printed; the command ends when nobody reads any more.
    @Test func aFollowerHearsOfWhatIsNew() throws {
        try fill()
        let path = "\(folder)/\(Home.File.database.rawValue)"
        let streams = FollowedStreams(last: 3) { count in
            guard count == 2, let engine = try? Database(opening: path) else { return }
            _ = try? engine.write { db throws(StoreError) in
                try db.insert(
                    Activity(
                        botID: ID(3), at: FleetFixture.now, kind: .life, what: "wake",
                        detail: "came later"))
            }
        }
        let status = CommandDispatcher(actions: CommandDispatcher.standard).run(
            ["--home", folder, "events", "--follow", "--limit", "2", "--json"], streams: streams,
            environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
        #expect(status == .failed)
        let lines = try streams.lines.map { try JSON.parse($0) }
        #expect(
            lines.map { $0["detail"]?.text }
                == ["BUY 0.1 BTC-PERP #2", "429 rate limit", "came later"])
    }

    @Test func homeAndWorkspaceExcludeEachOther() {
        #expect(run("bots", "--workspace", "acme") == .usage)
    }
}

/// Calls back at each write, and is closed after the last.
final class FollowedStreams: OutputStreams {
    let isTerminal = false
    private let last: Int
    private let onWrite: (Int) -> Void
    private(set) var lines: [String] = []

    init(last: Int, onWrite: @escaping (Int) -> Void) {
        self.last = last
        self.onWrite = onWrite
    }

    func write(result: String) throws(WriteFailure) {
        guard lines.count < last else {
            throw WriteFailure(number: EPIPE)
        }
        lines.append(result)
        onWrite(lines.count)
        if lines.count == last { throw WriteFailure(number: EPIPE) }
    }

    func write(message: String) {}
}
