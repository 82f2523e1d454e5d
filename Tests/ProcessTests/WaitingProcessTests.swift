/// Waiting for what takes minutes, in a real terminal and without one; and a broken line's bytes.

import Foundation
import TestKit
import Testing

@Suite(.serialized, .enabled(if: TmuxTerminal.isThere, "tmux is not installed"))
struct WaitingProcessTests {
    private static func shell(_ home: TrialHome, _ command: String) -> String {
        "trap : INT; LANG=C.UTF-8 TERM=screen-256color \(Program.path) --home \(home.path) "
            + "\(command); \(TmuxTerminal.tellStatus); sleep 600"
    }

    /// A home with an engine that answers, and one of its bots.
    private static func trial() throws -> (TrialHome, Child, label: String) {
        let home = try TrialHome.fresh()
        let engine = try home.engine(speed: "2")
        _ = try home.client()
        let label = try home.rows("SELECT label FROM bots LIMIT 1").first?[0]
        return (home, engine, try #require(label))
    }

    @Test func eachPhaseIsShownAndAnInterruptLeavesTheActRunning() throws {
        let (home, engine, label) = try Self.trial()
        defer { engine.kill() }
        let terminal = try TmuxTerminal(
            columns: 80, rows: 24, running: Self.shell(home, "restart \(label) --yes"))
        try terminal.expect("\(label)  restart: st")
        try terminal.expect("so far")
        #expect(terminal.screen.split(separator: "\n").count { $0.contains("so far") } == 1)
        try terminal.press("C-c")
        try terminal.expect("goes on in the engine")
        try terminal.expect("EXIT=130")
        #expect(!terminal.screen.contains("so far"))
        #expect(
            try home.eventually {
                try home.count("SELECT count(*) FROM commands WHERE outcome = 'done'") == 1
            })
        try home.expectSound()
    }

    @Test func aJobThatIgnoresInterruptsWaitsOn() throws {
        let (home, engine, label) = try Self.trial()
        defer { engine.kill() }
        let job = try Child(
            "/bin/sh",
            ["-c", "trap '' INT; exec \(Program.path) --home \(home.path) restart \(label)"])
        #expect(
            try home.eventually {
                try home.count("SELECT count(*) FROM commands") == 1
            })
        usleep(500_000)
        job.send(SIGINT)
        let answer = job.answer()
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
    }

    @Test func withoutATerminalOnlyTheOutcomeIsWritten() throws {
        let home = try TrialHome.fresh()
        // The wait looks once a second: each phase has to last for several.
        let engine = try home.engine()
        defer { engine.kill() }
        _ = try home.client()
        let labels = try home.rows("SELECT label FROM bots ORDER BY id").compactMap { $0[0] }
        let answer = try home.plutarc("restart", labels[0])
        #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
        let verbose = try home.plutarc("restart", labels[1], "--verbose")
        #expect(verbose.errors.contains("restart: reconciling 3/3, after"), "\(verbose.errors)")
        #expect(!verbose.errors.contains("\r"))
    }

    /// What a line with noise on it sends: the console stays, and no command leaves.
    @Test func noiseOnTheLineChangesNothing() throws {
        let home = try TrialHome.fresh()
        let engine = try home.engine()
        defer { engine.kill() }
        _ = try home.client()
        let terminal = try TmuxTerminal(
            columns: 80, rows: 24, running: Self.shell(home, "--fresh"))
        try terminal.expect("Fleet")
        var noise: UInt64 = 7
        for _ in 0..<25 {
            var bytes: [String] = []
            while bytes.count < 60 {
                noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(truncatingIfNeeded: noise >> 33)
                // Not the keys that end or stop a program, nor the one that confirms.
                guard ![0x51, 0x1A, 0x79, 0x03].contains(byte) else { continue }
                bytes.append(String(byte, radix: 16))
            }
            try terminal.press(bytes: bytes)
        }
        for _ in 0..<8 {
            try terminal.press("Escape")
            usleep(100_000)
        }
        try terminal.resize(100, 30)
        try terminal.expect("plutarc  personal")
        #expect(try home.count("SELECT count(*) FROM commands WHERE outcome <> 'refused'") == 0)
        try home.expectSound()
    }
}
