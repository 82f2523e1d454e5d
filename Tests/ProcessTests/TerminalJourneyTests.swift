/// The real binary in a real terminal: what an operator does in a night, and how it ends.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite(.serialized, .enabled(if: TmuxTerminal.isThere, "tmux is not installed"))
struct TerminalJourneyTests {
    /// A demo fleet in which two bots hold positions; some hours are played until they do.
    private static func fleet() throws -> (home: TrialHome, holders: [String]) {
        let home = try TrialHome.demo()
        for _ in 0..<40 {
            let holders = try home.rows(
                "SELECT DISTINCT bots.label FROM positions JOIN bots ON bots.id = bot_id "
                    + "WHERE bots.is_paused = 0 ORDER BY bots.label"
            ).compactMap { $0.first ?? nil }
            if holders.count >= 2 { return (home, holders) }
            _ = try home.run(["engine", "run", "--speed", "max", "--for", "2h"])
        }
        Issue.record("no two bots ever held positions")
        throw TmuxTerminal.Missing(text: "positions")
    }

    /// Runs the console between two looks at the terminal's settings.
    static func shell(
        _ home: TrialHome, terminal: String = "screen-256color", options: String = ""
    ) -> String {
        "cd \(home.folder); stty -a > before; LANG=C.UTF-8 TERM=\(terminal) \(clock(home))"
            + "\(Program.path) --home \(home.path) --fresh \(options); \(TmuxTerminal.tellStatus); "
            + "stty -a > after; sleep 600"
    }

    private static func clock(_ home: TrialHome) -> String {
        home.environment.map { "\($0.key)='\($0.value)' " }.joined()
    }

    private static func expectRestored(_ home: TrialHome) throws {
        func settings() throws -> [String] {
            try ["before", "after"].map {
                try String(contentsOfFile: "\(home.folder)/\($0)", encoding: .utf8)
            }
        }
        // The shell may still be writing them.
        _ = home.eventually { (try? settings()).map { $0[0] == $0[1] } ?? false }
        let found = try settings()
        #expect(found[0] == found[1])
    }

    @Test func anOperatorsNight() throws {
        let (home, holders) = try Self.fleet()
        let terminal = try TmuxTerminal(columns: 160, rows: 48, running: Self.shell(home))
        try terminal.expect("Fleet")
        try terminal.expect(holders[0])

        try openBot(holders[0], terminal)
        for tab in ["[ Risk limits ]", "[ Activity ]"] {
            try terminal.press("]")
            try terminal.expect(tab)
        }
        try terminal.press("p")
        try terminal.expect("y / Esc")
        usleep(400_000)
        try terminal.press("y")
        try terminal.expect("PAUSED")

        try closeAll(holders[0], terminal, home)
        try closeOne(holders[1], terminal, home)

        try terminal.resize(80, 24)
        try terminal.expect("Positions")
        try terminal.resize(160, 48)
        try terminal.press("1")
        try terminal.expect("Fleet")
        try terminal.press("q")
        try terminal.expect("Quit plutarc?")
        usleep(400_000)
        try terminal.press("y")
        try terminal.expect("EXIT=0")
        usleep(300_000)
        try Self.expectRestored(home)
        home.endEngine()
        try home.expectSound()
    }

    private func openBot(_ label: String, _ terminal: TmuxTerminal) throws {
        try terminal.press("/")
        try terminal.type(label)
        try terminal.press("Enter")
        usleep(500_000)
        try terminal.press("Enter")
        try terminal.expect("[ Template ]")
        try terminal.expect("> \(label)")
    }

    private func closeAll(_ label: String, _ terminal: TmuxTerminal, _ home: TrialHome) throws {
        try terminal.press("X")
        try terminal.expect("PAUSE & CLOSE ALL")
        usleep(500_000)
        // Cancel is lit: Enter closes nothing and leaves.
        try terminal.press("Enter")
        usleep(500_000)
        try terminal.press("X")
        try terminal.expect("PAUSE & CLOSE ALL")
        usleep(500_000)
        try terminal.type(label)
        usleep(300_000)
        try terminal.press("Enter")
        let isDone = try home.eventually {
            try home.count(
                "SELECT count(*) FROM commands JOIN bots ON bots.id = bot_id "
                    + "WHERE verb = 'close-all' AND outcome = 'done' AND label = '\(label)'") == 1
        }
        #expect(isDone, "\(terminal.screen)")
        let open = try home.count(
            "SELECT count(*) FROM positions JOIN bots ON bots.id = bot_id "
                + "WHERE label = '\(label)'")
        #expect(open == 0)
        #expect(
            try home.count("SELECT is_paused FROM bots WHERE label = '\(label)'") == 1)
    }

    /// On the positions screen: filters to the bot, closes its first position.
    private func closeOne(_ label: String, _ terminal: TmuxTerminal, _ home: TrialHome) throws {
        let query =
            "SELECT count(*) FROM orders JOIN bots ON bots.id = bot_id WHERE label = '\(label)' "
            + "AND purpose = 'person_close' AND orders.status = 'filled'"
        #expect(try home.count(query) == 0)
        try terminal.press("2")
        try terminal.expect("Positions")
        try terminal.press("/")
        try terminal.type(label)
        try terminal.press("Enter")
        usleep(500_000)
        try terminal.press("x")
        try terminal.expect("CLOSE POSITION")
        usleep(500_000)
        try terminal.press("y")
        #expect(try home.eventually { try home.count(query) == 1 }, "\(terminal.screen)")
    }

    @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGSEGV, 139)])
    func theTerminalIsRestored(after signal: Int32, status: Int) throws {
        let home = try TrialHome.demo()
        let terminal = try TmuxTerminal(columns: 80, rows: 24, running: Self.shell(home))
        try terminal.expect("Fleet")
        let isFound = home.eventually { Self.console(of: home) != nil }
        #expect(isFound)
        let pid = try #require(Self.console(of: home))
        kill(pid, signal)
        try terminal.expect("EXIT=\(status)")
        usleep(300_000)
        try Self.expectRestored(home)
    }

    /// Every kind of ending signal, in three kinds of terminal: settings, cursor and screen are as
    /// before.
    @Test(
        arguments: ["xterm-256color", "vt100", "linux"],
        [SIGQUIT, SIGTERM, SIGABRT, SIGXCPU, 40])
    func everyTerminalIsRestored(name: String, signal: Int32) throws {
        let home = try TrialHome.fresh()
        let terminal = try TmuxTerminal(
            columns: 80, rows: 24,
            running: Self.shell(home, terminal: name, options: "--no-engine"))
        try terminal.expect("Fleet")
        let isFound = home.eventually { Self.console(of: home) != nil }
        #expect(isFound)
        kill(try #require(Self.console(of: home)), signal)
        try terminal.expect("EXIT=\(128 + signal)")
        let isRestored = home.eventually { terminal.modes == "cursor 1 alternate 0 keypad 00" }
        #expect(isRestored, "\(terminal.modes)")
        try Self.expectRestored(home)
    }

    /// The console of a home, found by its command line.
    static func console(of home: TrialHome) -> pid_t? {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for pid in entries.compactMap({ Int32($0) }) {
            guard let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline"))
            else { continue }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            if words.contains("--fresh"), words.contains(home.path),
                words.first == Program.path
            {
                return pid
            }
        }
        return nil
    }
}
