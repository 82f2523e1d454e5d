/// A program that a test started: its exit status, what it printed, and a bound on every wait.

import Foundation
import TestKit

@testable import Core

/// How long a test waits for what must come: such a wait ends when it comes, so a loaded machine
/// makes it longer and never wrong.
enum Patience {
    /// Seconds after which a program counts as hung; less than the life of a test's engine.
    static let untilHung = 540.0
}

/// What a program left behind when it ended.
struct Answer: Sendable {
    /// 128 plus the signal when a signal ended it.
    var status: Int32
    var output: String
    var errors: String
}

/// One child process. Killed and reaped with this object, or at the end of the test run.
final class Child {
    let pid: pid_t
    private let folder: Scratch
    private(set) var status: Int32?

    /// Starts a program.
    /// - Parameters:
    ///   - input: what it reads on stdin; nothing when nil.
    ///   - environment: added to a small fixed one.
    ///   - terminal: the path of a terminal that it runs on, in a session of its own.
    init(
        _ program: String, _ arguments: [String], input: String? = nil,
        environment: [String: String] = [:], terminal: String? = nil
    ) throws {
        let folder = Scratch("plutarc-child")
        self.folder = folder
        let source = input.map { folder.write("in", $0) } ?? "/dev/null"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(
            &actions, 0, terminal ?? source, terminal == nil ? O_RDONLY : O_RDWR, 0)
        for (number, name) in [(Int32(1), "/out"), (2, "/err")] {
            posix_spawn_file_actions_addopen(
                &actions, number, terminal ?? folder.path + name,
                terminal == nil ? flags : O_RDWR, 0o600)
        }
        Self.keepDescriptors()
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = Self.variables(environment).map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var child: pid_t = 0
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.clearSignals(&attributes, newSession: terminal != nil)
        let code = posix_spawn(&child, program, &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        pid = child
        Leftovers.add(process: child)
    }

    deinit { kill() }

    var output: String { text("out") }
    var errors: String { text("err") }

    /// Waits for the end; nil when it did not come in time.
    func wait(within seconds: Double = Patience.untilHung) -> Int32? {
        let end = Date() + seconds
        while true {
            if let status { return status }
            var raw: Int32 = 0
            let found = waitpid(pid, &raw, WNOHANG)
            if found == pid {
                status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
                Leftovers.forget(process: pid)
            } else if found < 0, errno != EINTR {
                status = -1
            } else if Date() > end {
                return nil
            } else {
                usleep(2_000)
            }
        }
    }

    /// Waits for the end and takes everything it printed. Killed when it takes too long.
    func answer(within seconds: Double = Patience.untilHung) -> Answer {
        if wait(within: seconds) == nil { kill() }
        return Answer(status: status ?? -1, output: output, errors: errors)
    }

    func send(_ signal: Int32) { if status == nil { Foundation.kill(pid, signal) } }

    /// Ends it at once, whatever it does.
    func kill() {
        guard status == nil else { return }
        send(SIGKILL)
        _ = wait()
    }

    private func text(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: folder.path + "/" + name) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Test threads block every signal; a program that inherits that could not even be ended.
    private static func clearSignals(
        _ attributes: inout posix_spawnattr_t, newSession: Bool
    ) {
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let setSession: Int16 = newSession ? 0x80 : 0
        let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | setSession
        posix_spawnattr_setflags(&attributes, flags)
    }

    /// The tester's descriptors stay here; C libraries open some without a word about that.
    private static func keepDescriptors() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for number in open.compactMap({ Int32($0) }) where number > 2 {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        }
    }

    /// Nothing of the tester's own settings reaches the program.
    private static func variables(_ added: [String: String]) -> [String] {
        var all = ["HOME": "/nonexistent", "TERM": "dumb", "SWIFT_BACKTRACE": "enable=no"]
        for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR", TestClock.variable] {
            all[name] = ProcessInfo.processInfo.environment[name]
        }
        return all.merging(added) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    }
}
