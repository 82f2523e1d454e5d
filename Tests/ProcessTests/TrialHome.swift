/// A home for one test, in a scratch folder, with its engine and its clients.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

final class TrialHome: Sendable {
    let folder: String
    let path: String
    /// The clock that its programs see; nil: the tester's own.
    let clock: String?

    /// A home that is not there yet.
    /// - Parameters:
    ///   - place: where it shall be; else in a folder of its own.
    ///   - clock: for `PLUTARC_TEST_CLOCK`.
    init(at place: String? = nil, clock: String? = nil) {
        self.clock = clock
        folder = "/tmp/plutarc-process-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        path = place ?? folder + "/home"
        mkdir(folder, 0o700)
        Leftovers.add(folder: folder)
    }

    deinit {
        endEngine()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A home of two bots that has not lived yet: cheap.
    static func fresh(
        bots: Int = 2, at place: String? = nil, clock: String? = nil
    ) throws -> TrialHome {
        let home = TrialHome(at: place, clock: clock)
        let answer = try home.run(["init", "--bots", "\(bots)"])
        try #require(answer.status == 0, "\(answer.errors)")
        return home
    }

    /// A copy of the demo fleet: six bots with a day of history, positions, tickets and audit.
    /// Its programs see the clock go on where that history ends.
    static func demo() throws -> TrialHome {
        let home = TrialHome(clock: DemoHome.clock.text)
        try FileManager.default.copyItem(atPath: DemoHome.path.get(), toPath: home.path)
        return home
    }

    var environment: [String: String] { clock.map { [TestClock.variable: $0] } ?? [:] }

    /// Runs one command on this home to its end.
    func run(
        _ arguments: [String], input: String? = nil, within seconds: Double = 60
    ) throws -> Answer {
        try Program.run(
            arguments + ["--home", path], input: input, environment: environment, within: seconds)
    }

    func plutarc(_ arguments: String..., input: String? = nil) throws -> Answer {
        try run(arguments, input: input)
    }

    /// Starts a command on this home and does not wait for it.
    func start(_ arguments: String...) throws -> Child { try start(arguments) }

    func start(_ arguments: [String]) throws -> Child {
        try Child(Program.path, arguments + ["--home", path], environment: environment)
    }

    /// Starts an engine in the foreground of a child. It ends by itself should all else fail:
    /// after ten minutes, which `--for` counts in the world's time.
    func engine(speed: String = "1") throws -> Child {
        let seconds = Double(speed).map { max(1, Int($0 * 600)) } ?? 86_400 * 3650
        return try start("engine", "run", "--speed", speed, "--for", "\(seconds)s")
    }

    func opened(for use: Home.Use = .console) throws -> Home {
        try Home.open(path: path, for: use)
    }

    struct StillStarting: Error {}

    /// Connects, waiting until an engine answers.
    /// - Parameter starting: also to one that still starts.
    func client(
        within seconds: Double = Patience.untilHung, starting: Bool = false
    ) throws -> EngineClient {
        let home = try opened()
        let end = Date() + seconds
        while true {
            do {
                let client = try EngineClient.connect(to: home, build: "test")
                if starting || client.greeting.start == nil { return client }
                client.close()
                guard Date() < end else { throw StillStarting() }
            } catch let error as ConnectionError {
                guard Date() < end else { throw error }
            }
            usleep(10_000)
        }
    }

    /// Rows of a query over the last commit.
    func rows(_ sql: String) throws -> [[String?]] {
        let database = try Database(reading: path + "/plutarc.db")
        return try database.read { db in try db.rows(sql: sql, limit: 1_000_000).rows }
    }

    /// The one number that a query finds.
    func count(_ sql: String) throws -> Int {
        try rows(sql).first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0
    }

    /// Whether something becomes true of the rows in time.
    func eventually(
        within seconds: Double = Patience.untilHung, _ isTrue: () throws -> Bool
    ) rethrows -> Bool {
        let end = Date() + seconds
        while true {
            if try isTrue() { return true }
            if Date() > end { return false }
            usleep(20_000)
        }
    }

    /// Kills whatever engine holds this home, also one that a command started by itself.
    func endEngine() {
        guard let home = try? opened(), case .held(let holder?)? = try? Lease.status(in: home),
            holder.process.pid != getpid()
        else { return }
        _ = holder.process.end(with: SIGKILL, waiting: .seconds(10))
    }

    /// Nothing is wrong with the data.
    func expectSound(at place: SourceLocation = #_sourceLocation) throws {
        let check = try plutarc("check")
        #expect(check.status == 0, "\(check.output)\(check.errors)", sourceLocation: place)
        let audit = try plutarc("audit", "--verify")
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)", sourceLocation: place)
    }
}

/// Made once for all tests: playing a day costs time in a debug build. Its history does not
/// depend on the hour: it is founded as of the last noon at which bots hold something, and the
/// clock is what it was told to be, or else that of one day.
private enum DemoHome {
    private static let usual = Instant(year: 2026, month: 3, day: 11) + .minutes(817)

    /// What its programs see as the tests begin.
    private static let start = isTold ? WallClock.read().utc : usual
    private static let isTold = HomePath.environment(TestClock.variable) != nil
    private static let noon = (start - .hours(12)).floored(to: .days(1)) + .hours(12)

    /// On another boot than the founding's: the machine was off meanwhile.
    static let clock = TestClock(utc: start - WallClock.machine().utc)

    static let path: Result<String, any Error> = Result {
        if let ready = ProcessInfo.processInfo.environment["PLUTARC_TEST_HOME"] { return ready }
        let folder = "/tmp/plutarc-process-demo-\(getpid())"
        mkdir(folder, 0o700)
        Leftovers.add(folder: folder)
        var home = ""
        var holders = 0
        for days in Int64(0)..<7 where holders < 3 {
            home = folder + "/home-\(days)"
            try found(home, asOf: noon - .days(days))
            holders = try Self.holders(home)
        }
        try #require(holders >= 3, "the demo holds next to nothing")
        return home
    }

    private static func found(_ home: String, asOf instant: Instant) throws {
        let clock = TestClock(utc: instant - WallClock.machine().utc, bootID: "founding")
        let answer = try Program.run(
            ["init", "--demo", "--days", "1", "--bots", "6", "--home", home],
            environment: [TestClock.variable: clock.text])
        try #require(answer.status == 0, "\(answer.errors)")
    }

    /// Bots that hold a position and are not paused.
    private static func holders(_ home: String) throws -> Int {
        let database = try Database(reading: home + "/plutarc.db")
        let rows = try database.read { db in
            try db.rows(
                sql: """
                    SELECT DISTINCT bot_id FROM positions JOIN bots ON bots.id = bot_id
                    WHERE is_paused = 0
                    """, limit: 100
            ).rows
        }
        return rows.count
    }
}
