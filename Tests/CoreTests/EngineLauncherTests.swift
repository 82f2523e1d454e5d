/// Starting and stopping engines, and what a supervisor hears.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct EngineLauncherTests {
    private func script(_ text: String, in scratch: ScratchFolder) throws -> String {
        let path = scratch.path + "/program"
        try ("#!/bin/sh\n" + text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        chmod(path, 0o700)
        // A child that another test spawns just now may still hold the file open for writing, and
        // then it cannot be run ("text file busy"). The kernel grants a read lease once none does.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let hang = Deadline(after: .seconds(30))
        while fcntl(descriptor, 1024 /* F_SETLEASE */, F_RDLCK) != 0 {
            // Where the file system knows no leases there is nothing to wait for.
            guard errno == EAGAIN else { return path }
            try #require(!hang.hasPassed, "\(path) is still open for writing")
            usleep(1000)
        }
        _ = fcntl(descriptor, 1024, F_UNLCK)
        return path
    }

    @Test func runningEngineIsUsed() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let client = try EngineLauncher.ensure(
            in: try scratch.home(), build: "x", program: "/nowhere")
        #expect(client.greeting.epoch == 7)
        try engine.stop(client)
    }

    @Test func engineThatEndsShowsItsLastWords() throws {
        let scratch = try ScratchFolder()
        let program = try script(#"echo "args: $*"; echo "disk is full" >&2; exit 7"#, in: scratch)
        let home = try scratch.home()
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(
                in: home, build: "x", options: ["--speed", "60"], program: program)
        }
        let args = "args: engine run --home \(home.path) --speed 60"
        #expect(error == .ended(status: 7, log: [args, "disk is full"]))
        #expect(error?.exitStatus == 7)
        #expect(error?.headline.contains("disk is full") == true)
    }

    /// The last line of a trace says nothing, and an earlier engine's words say something else.
    @Test func anEngineThatCrashesIsSaidToHaveCrashed() throws {
        let scratch = try ScratchFolder()
        let program = try script(
            #"echo "plutarc: of an earlier one"; echo "36 0x55 <unavailable>"; kill -ILL $$"#,
            in: scratch)
        let home = try scratch.home()
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(in: home, build: "x", program: program)
        }
        #expect(error?.headline == "the engine did not start: it crashed (signal 4)")
        #expect(error?.remedy.contains("engine.log") == true)
        #expect(error?.exitStatus == 1)
        let killed = LaunchError.ended(status: LaunchError.bySignal + SIGKILL, log: [])
        #expect(killed.headline.hasSuffix("it was ended by signal 9"))
        // One that ends by itself has said why.
        let told = LaunchError.ended(status: 7, log: ["plutarc: the disk is full"])
        #expect(told.headline == "the engine did not start: the disk is full")
    }

    /// Whatever lies in the place of the log is named, never waited on.
    @Test(arguments: ["pipe", "folder", "link"])
    func aLogThatIsNoFileIsNamed(_ kind: String) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let path = home.path(of: .log)
        switch kind {
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        case "folder": #expect(mkdir(path, 0o700) == 0)
        default: #expect(symlink("/dev/null", path) == 0)
        }
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(in: home, build: "x", program: "/bin/false")
        }
        #expect(error == .log(path: path, .notPlain))
        #expect(error?.exitStatus == 7 && error?.code == "engine_did_not_start")
        #expect(error?.headline.contains("\(path) cannot be opened: it is not a plain") == true)
        #expect(error?.remedy.contains(path) == true)
        // Without it the start gets as far as the program.
        #expect(rename(path, path + ".old") == 0)
        #expect(throws: LaunchError.ended(status: 1, log: [])) {
            try EngineLauncher.ensure(in: home, build: "x", program: "/bin/false")
        }
    }

    @Test func engineThatNeverAnswersIsGivenUp() throws {
        let scratch = try ScratchFolder()
        let program = try script("exec sleep 2", in: scratch)
        let home = try scratch.home()
        #expect(throws: LaunchError.starting(nil)) {
            try EngineLauncher.ensure(
                in: home, build: "x", program: program, within: .milliseconds(200))
        }
    }

    /// What stands in the log already is of another engine: it says nothing of this start.
    @Test func anOldLineIsNoReason() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let old = "plutarc: another engine ended this one"
        try (old + "\n").write(toFile: home.path(of: .log), atomically: false, encoding: .utf8)
        chmod(home.path(of: .log), 0o600)
        func failure(_ text: String, within limit: Span) throws -> LaunchError? {
            let program = try script(text, in: scratch)
            return #expect(throws: LaunchError.self) {
                try EngineLauncher.ensure(in: home, build: "x", program: program, within: limit)
            }
        }
        #expect(try failure("exit 1", within: .seconds(30)) == .ended(status: 1, log: []))
        let slow = try failure("exec sleep 2", within: .milliseconds(200))
        #expect(slow?.headline == "the engine is still starting; nothing was accepted")
        #expect(slow?.code == "engine_starting" && slow?.exitStatus == 6)
        #expect(EngineLog.tail(in: home) == [old], "the anti-test: it is still the last line")
        let told = try failure("echo new; exit 1", within: .seconds(30))
        #expect(told == .ended(status: 1, log: ["new"]))
    }

    /// A log that has turned over since is all new.
    @Test func aNewLogIsReadWhole() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let path = home.path(of: .log)
        try "old\n".write(toFile: path, atomically: false, encoding: .utf8)
        chmod(path, 0o600)
        let mark = EngineLog.mark(in: home)
        #expect(EngineLog.tail(in: home, since: mark) == [])
        #expect(rename(path, path + ".1") == 0)
        try "new\n".write(toFile: path, atomically: false, encoding: .utf8)
        chmod(path, 0o600)
        #expect(EngineLog.tail(in: home, since: mark) == ["new"])
    }

    /// There was no time to hear it, and it beats.
    @Test func oneThatRunsHasNotFailedToStart() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "busy")
        for mayLaunch in [true, false] {
            #expect(throws: LaunchError.unheard(pid: getpid(), silence: nil)) {
                try EngineLauncher.ensure(
                    in: home, build: "x", mayLaunch: mayLaunch, within: .milliseconds(0))
            }
        }
        withExtendedLifetime(lease) {}
    }

    /// Where nothing is to be started nothing has failed to start.
    @Test func noneWasToBeStarted() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        for isBetween in [true, false] {
            #expect(throws: LaunchError.connection(.noEngine(home: home.path))) {
                try EngineLauncher.ensure(
                    in: home, build: "x", mayLaunch: false, isBetween: isBetween,
                    within: .milliseconds(0))
            }
        }
    }

    @Test func whoIsNotHeardIsNamed() {
        let hung = LaunchError.unheard(pid: 7, silence: .seconds(12))
        #expect(
            hung.headline
                == "the engine, process 7, has been silent for 12s; nothing was accepted")
        #expect(hung.remedy == LeaseHolder.remedy)
        #expect(hung.code == "engine_silent" && hung.exitStatus == 6)
        let busy = LaunchError.unheard(pid: nil, silence: nil)
        #expect(busy.headline == "the engine did not answer in time; nothing was accepted")
        #expect(busy.remedy.contains("plutarc engine status") && busy.code == "timeout")
    }

    @Test func loserOfTwoLaunchersFindsTheWinner() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path
        // Our own process ends at once, as the loser's does; another launcher's engine comes up.
        let ended = path + "/loser-ran"
        let program = try script("touch '\(ended)'; exit 7", in: scratch)
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "winner")
        let winner = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            for _ in 0..<30_000 where access(ended, F_OK) != 0 { usleep(1000) }
            winner.signal()
        }
        let engine = DelayedEngine(at: path, after: winner, handing: lease)
        let client = try EngineLauncher.ensure(in: home, build: "x", program: program)
        #expect(client.greeting.build == "test-1")
        try client.send(CommandRequest(key: "s", verb: "stop-engine"))
        engine.join()
    }

    /// The other one was killed before anybody could use it: the next one is started.
    @Test(arguments: [true, false]) func loserOfARaceThatNobodyWonStartsAgain(_ ends: Bool) throws {
        let scratch = try ScratchFolder()
        let runs = scratch.path + "/runs"
        let complaint = "plutarc: \(LeaseError.held(nil).headline): process 9"
        let program = try script(
            "echo run >> '\(runs)'; " + (ends ? "[ $(wc -l < '\(runs)') -gt 2 ] && exit 3; " : "")
                + "echo '\(complaint)' >&2; exit 7", in: scratch)
        let home = try scratch.home()
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(in: home, build: "x", program: program)
        }
        #expect(error?.exitStatus == (ends ? 3 : 7), "\(error?.headline ?? "none")")
        let lines = try String(contentsOfFile: runs, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == (ends ? 3 : 1 + EngineSearch.mostRaces))
    }

    @Test func childIsApartFromItsParent() throws {
        let scratch = try ScratchFolder()
        let program = try script(
            #"echo "$$ $(cut -d' ' -f6 /proc/$$/stat) $(pwd) $SWIFT_BACKTRACE "#
                + #"${NOTIFY_SOCKET-none}""# + "; exit 1", in: scratch)
        let home = try scratch.home()
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(in: home, build: "x", program: program)
        }
        let last = try #require(EngineLog.tail(in: home).last, "\(error?.headline ?? "no error")")
        let words = last.split(separator: " ")
        #expect(words.count == 5)
        #expect(words[0] == words[1], "leads its own session")
        #expect(words[2...].joined(separator: " ") == "/ enable=no none")
    }

    @Test func nothingToStopIsNoError() throws {
        let scratch = try ScratchFolder()
        #expect(try EngineLauncher.stop(in: try scratch.home()) == false)
    }

    @Test func supervisorHearsTheState() throws {
        let scratch = try ScratchFolder()
        let path = scratch.path + "/notify"
        let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(listener) }
        let address = try #require(LocalAddress(path))
        try #require(address.pass { bind(listener, $0, $1) } == 0)
        Supervisor(path: path).tell("READY=1")
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = recv(listener, &bytes, 64, Int32(MSG_DONTWAIT))
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "READY=1")
        Supervisor(path: nil).tell("READY=1")
    }

    @Test func signalsBecomeReadable() throws {
        let signals = try SignalDescriptor()
        #expect(signals.next() == nil)
        pthread_kill(pthread_self(), SIGHUP)
        #expect(Poller.wait(on: signals.descriptor, for: .readable, .seconds(1)) != nil)
        #expect(signals.next() == SIGHUP)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    func unitIsHardened() throws {
        let scratch = try ScratchFolder()
        let file = scratch.path + "/plutarc-acme.service"
        let text = SystemdUnit.text(program: "/bin/true", workspace: "acme", user: "root")
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let analyze = Process()
        analyze.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-analyze")
        analyze.arguments = ["security", "--offline=true", "--threshold=20", "--no-pager", file]
        analyze.standardOutput = FileHandle.nullDevice
        analyze.standardError = FileHandle.nullDevice
        try analyze.run()
        analyze.waitUntilExit()
        #expect(analyze.terminationStatus == 0)
    }
}

/// An engine whose lease was taken already, and whose socket opens later.
private final class DelayedEngine: @unchecked Sendable {
    private let ended = DispatchSemaphore(value: 0)
    /// Used by the thread only.
    private let lease: Lease

    init(at path: String, after signal: DispatchSemaphore, handing lease: Lease) {
        self.lease = lease
        Thread.detachNewThread { [self] in
            signal.wait()
            defer { ended.signal() }
            guard let home = try? Home.open(path: path, for: .engine),
                let loop = try? EngineLoop(
                    home: home, lease: self.lease, signals: nil, supervisor: Supervisor(path: nil))
            else { return }
            _ = loop.run(EchoService())
        }
    }

    func join() { ended.wait() }
}
