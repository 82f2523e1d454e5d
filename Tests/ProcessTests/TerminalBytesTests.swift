/// The real program on a line of which the test sends every byte: text, sequences, signals.

import Core
import Foundation
import Store
import TestKit
import Testing

@Suite(.serialized) struct TerminalBytesTests {
    private func console(
        _ home: TrialHome, _ environment: [String: String] = [:], options: [String] = []
    ) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            Program.path, ["--home", home.path, "--fresh"] + options,
            environment: home.environment.merging(environment) { $1 })
        try terminal.expect("Fleet")
        if !options.contains("--no-engine") { try waitForEngine(home, terminal) }
        return terminal
    }

    /// What changes something is refused until the engine of the console answers.
    private func waitForEngine(_ home: TrialHome, _ terminal: PseudoTerminal) throws {
        try home.client().close()
        usleep(1_500_000)
        terminal.settle()
    }

    /// `ssh` without LANG: what is typed arrives whole, in whatever pieces.
    @Test func withoutALocaleWhatIsTypedArrives() throws {
        let home = try TrialHome.demo()
        let terminal = try console(home)
        try terminal.expect("no UTF-8 locale")
        let text = "Grüße 日本 €5 done"
        try reply(terminal)
        for byte in text.utf8 { try terminal.type([byte]) }
        terminal.settle()
        try terminal.type([0x18])
        terminal.settle()
        usleep(500_000)
        try terminal.type("y")
        let isThere = home.eventually {
            terminal.read()
            return (try? home.count("SELECT count(*) FROM ticket_messages WHERE body = '\(text)'"))
                == 1
        }
        #expect(isThere, "\(terminal.text().suffix(2000).debugDescription)")
    }

    /// What the terminal answers or an unknown key sends opens nothing.
    @Test func unknownSequencesOpenNothing() throws {
        let home = try TrialHome.fresh()
        let terminal = try console(home)
        let place = terminal.written.count
        for sequence in [
            "[1;1R", "[1;3A", "OX", "]52;c;WFBS\u{1B}\\", "P1$rX\u{1B}\\", "[82;5u", "[M RX", "X",
            "R", "p",
        ] {
            try terminal.type("\u{1B}" + sequence)
            usleep(150_000)
        }
        // The rest of one that comes late.
        try terminal.type("\u{1B}")
        usleep(400_000)
        try terminal.type("[1;1R")
        usleep(400_000)
        terminal.settle()
        let drawn = terminal.text(since: place).lowercased()
        for word in ["restart", "close-all..", "y / esc", "pausing"] {
            #expect(!drawn.contains(word) || word == "close-all..", "\(word): \(drawn)")
        }
        #expect(try home.count("SELECT count(*) FROM commands") == 0)
        try terminal.type("2")
        try terminal.expect("Positions", since: place)
    }

    /// The terminal takes nothing any more: the console ends all the same, and what restores the
    /// terminal is the first that it takes.
    @Test(
        arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGINT, 130), (SIGQUIT, 131)]
            as [(Int32, Int32)])
    func signalsAreHeardWhileOutputIsBlocked(signal: Int32, status: Int32) throws {
        let home = try TrialHome.fresh()
        let terminal = try console(home, options: ["--no-engine"])
        // Repaints until the line is full: nobody reads.
        let end = Date() + Patience.untilHung
        while terminal.takesMore, Date() < end {
            try terminal.type([0x0C], readsMeanwhile: false)
            usleep(2_000)
        }
        try #require(!terminal.takesMore, "the line never filled")
        terminal.child.send(signal)
        #expect(terminal.child.wait() == status)
        #expect(terminal.text().contains("\u{1B}[?1049l"))
    }

    /// Forty thousand keys in one go are handled, drawn meanwhile, and what follows is heard.
    @Test func manyKeysAtOnceAreHandled() throws {
        let home = try TrialHome.fresh()
        let terminal = try console(home, options: ["--no-engine"])
        try terminal.type("/")
        let place = terminal.written.count
        try terminal.type([UInt8](repeating: UInt8(ascii: "x"), count: 40_000))
        try terminal.type("\u{3}2")
        try terminal.expect("Positions", since: place)
    }

    /// The size is the terminal's, whatever the environment says of another one.
    @Test func theDeviceKnowsItsSize() throws {
        let home = try TrialHome.fresh()
        let terminal = try console(
            home, ["COLUMNS": "200", "LINES": "50"], options: ["--no-engine"])
        terminal.settle()
        let rows = terminal.text().matches(of: /\u{1B}\[(\d+);(\d+)H/)
        #expect(rows.allSatisfy { (Int($0.1) ?? 99) <= 24 && (Int($0.2) ?? 999) <= 80 })
        // The hints are on the last of its rows.
        #expect(terminal.text().contains(/\u{1B}\[24[;d]/))
    }

    /// What goes to a terminal is in its character set; a document is in UTF-8 everywhere.
    @Test(arguments: [("C", [], "grun"), ("C", ["--json"], "grün"), ("C.UTF-8", [], "grün")]
        as [(String, [String], String)])
    func commandsWriteWhatTheTerminalShows(
        _ locale: String, _ options: [String], _ shown: String
    ) throws {
        let home = try TrialHome.fresh()
        let terminal = try PseudoTerminal(
            Program.path, ["bot", "grün", "--home", home.path] + options,
            environment: home.environment.merging(["LC_ALL": locale]) { $1 })
        try terminal.expect(shown)
        #expect(terminal.written.allSatisfy { $0 < 0x80 } == (shown == "grun"))
    }

    // MARK: The editor

    /// An editor that waits for a line and writes it into the file.
    private func editor(_ home: TrialHome) throws -> String {
        let path = home.folder + "/editor"
        try "#!/bin/sh\necho $$ > \"$0.pid\"; echo EDITING; read line; echo \"$line\" > \"$1\"\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        chmod(path, 0o700)
        return path
    }

    /// ^Z; the shell's prompt comes when the program is stopped. Where the editor has not yet
    /// come to its own stop, the kernel still gives it the next key: the test waits for both.
    private func stop(_ terminal: PseudoTerminal, editor: String) throws {
        let place = terminal.written.count
        try terminal.type([0x1A])
        try terminal.expect("READY>", since: place)
        let pid = try String(contentsOfFile: editor + ".pid", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let end = Date() + Patience.untilHung
        while try !String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8).contains(") T ") {
            try #require(Date() < end, "the editor is not stopped")
            usleep(5_000)
        }
    }

    private func reply(_ terminal: PseudoTerminal) throws {
        let place = terminal.written.count
        try terminal.type("3")
        try terminal.expect("Support", since: place)
        try terminal.type("r")
        try terminal.expect("send..", since: place)
        terminal.settle()
    }

    private func openEditor(_ terminal: PseudoTerminal) throws {
        try reply(terminal)
        try terminal.type("\u{1B}OS")
    }

    /// ^Z in the editor gives the shell its terminal; `fg` goes on where it was.
    @Test func stoppingTheEditorGivesTheShellItsTerminal() throws {
        let home = try TrialHome.demo()
        let editor = try self.editor(home)
        let environment = home.environment.merging(["EDITOR": editor, "PS1": "READY> "]) { $1 }
        let terminal = try PseudoTerminal(
            "/bin/bash", ["--norc", "--noprofile", "-i"], environment: environment)
        try terminal.expect("READY>")
        try terminal.type("\(Program.path) --home \(home.path) --fresh\n")
        try terminal.expect("Fleet")
        try waitForEngine(home, terminal)
        try openEditor(terminal)
        try terminal.expect("EDITING")
        try stop(terminal, editor: editor)
        var place = terminal.written.count
        try terminal.type("echo still $((40+2))\n")
        try terminal.expect("still 42", since: place)
        try terminal.type("fg\n")
        terminal.settle()
        place = terminal.written.count
        try terminal.type("typed in the editor\n")
        try terminal.expect("typed in the editor", since: place)
        try terminal.expect("send", since: place)
        try terminal.type("\u{1B}")
        terminal.settle()
        try terminal.type("Q")
        try terminal.expect("READY>", since: place)
    }

    /// ^Z stops a command and its editor at once, and one `fg` continues both, every time.
    @Test func oneContinuationIsEnoughForACommandAndItsEditor() throws {
        let home = try TrialHome.fresh()
        let editor = try self.editor(home)
        let environment = home.environment.merging(["EDITOR": editor, "PS1": "READY> "]) { $1 }
        let terminal = try PseudoTerminal(
            "/bin/bash", ["--norc", "--noprofile", "-i"], environment: environment)
        try terminal.expect("READY>")
        try terminal.type("\(Program.path) ticket open subject --home \(home.path)\n")
        try terminal.expect("EDITING")
        var place = 0
        for turn in 0..<20 {
            try stop(terminal, editor: editor)
            place = terminal.written.count
            try terminal.type("fg\n")
            terminal.settle()
            let written = terminal.text(since: place)
            try #require(!written.contains("READY>"), "stopped again in turn \(turn): \(written)")
        }
        try terminal.type("\n")
        try terminal.expect("READY>", since: place)
    }

    @Test func theEndIsHeardWhileTheEditorRuns() throws {
        let home = try TrialHome.demo()
        let terminal = try console(home, ["EDITOR": try editor(home), "XDG_RUNTIME_DIR": "/gone"])
        try openEditor(terminal)
        try terminal.expect("EDITING")
        terminal.child.send(SIGTERM)
        #expect(terminal.child.wait() == 143)
    }

    @Test func withoutAnEditorNoneStandsIn() throws {
        let home = try TrialHome.demo()
        let terminal = try console(home, ["EDITOR": "", "VISUAL": ""])
        try openEditor(terminal)
        try terminal.expect("or write here")
        try terminal.type("still here")
        try terminal.expect("here")
    }
}
