/// A real terminal for the real program: tmux, driven by keys and read as text.

import Foundation
import TestKit
import Testing

final class TmuxTerminal {
    private let socket = "plutarc-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"

    static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

    /// Opens a terminal that runs one shell command.
    init(columns: Int, rows: Int, running command: String) throws {
        try tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-s", "t",
            command)
    }

    deinit { _ = try? tmux("kill-server") }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        try Child("/usr/bin/tmux", ["-L", socket] + arguments, environment: ["LANG": "C.UTF-8"])
            .answer().output
    }

    /// Presses keys by tmux's names: `Enter`, `Escape`, `x`.
    func press(_ keys: String...) throws {
        for key in keys {
            try tmux("send-keys", "-t", "t", key)
            usleep(60_000)
        }
    }

    /// Sends bytes as they are, in hexadecimal.
    func press(bytes: [String]) throws {
        _ = try Child(
            "/usr/bin/tmux", ["-L", socket, "send-keys", "-t", "t", "-H"] + bytes,
            environment: ["LANG": "C.UTF-8"]
        ).answer()
        usleep(30_000)
    }

    /// Types text as it stands.
    func type(_ text: String) throws {
        for character in text {
            try tmux("send-keys", "-t", "t", "-l", String(character))
            usleep(30_000)
        }
    }

    func resize(_ columns: Int, _ rows: Int) throws {
        try tmux("resize-window", "-t", "t", "-x", "\(columns)", "-y", "\(rows)")
    }

    var screen: String { (try? tmux("capture-pane", "-t", "t", "-p")) ?? "" }

    /// What programs switch and must switch back.
    var modes: String {
        let format = "cursor #{cursor_flag} alternate #{alternate_on} "
            + "keypad #{keypad_flag}#{keypad_cursor_flag}"
        let answer = try? tmux("display-message", "-p", "-t", "t", format)
        return (answer ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Shell text that writes `EXIT=` and the status on a line of its own, wherever the program
    /// that was killed left the cursor, be it within a control sequence.
    static let tellStatus = #"printf '\030\r\nEXIT=%s\r\n' $?"#

    /// Waits until the screen shows a text.
    func expect(
        _ text: String, within seconds: Double = Patience.untilHung,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let end = Date() + seconds
        while Date() < end {
            if screen.contains(text) { return }
            usleep(100_000)
        }
        Issue.record("never saw \"\(text)\" on:\n\(screen)", sourceLocation: place)
        throw Missing(text: text)
    }

    struct Missing: Error { let text: String }
}
