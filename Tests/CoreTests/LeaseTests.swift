/// One engine per home: who gets the lease, who loses it, and who is killed for it.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct LeaseTests {
    /// Another process that holds the lock of a home, as an engine would.
    private struct ForeignHolder {
        let pid: pid_t
        let holder: LeaseHolder

        /// The lock belongs to the open file, so a child that inherits it holds it.
        init(in home: Home, heartbeatAge age: Span) throws {
            let descriptor = try home.openFile(.lease, O_RDWR | O_CREAT)
            defer { close(descriptor) }
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            try #require(fcntl(descriptor, 37, &lock) == 0)
            pid = try ChildProcess(
                program: "/bin/sleep", arguments: ["sleep", "60"], output: descriptor).spawn()
            let wall = WallClock.read()
            let started = try #require(ProcessIdentity.startTime(of: pid))
            holder = LeaseHolder(
                process: ProcessIdentity(pid: pid, started: started),
                bootID: ProcessIdentity.bootID, epoch: 3,
                heartbeat: Span(milliseconds: wall.boot.milliseconds - age.milliseconds),
                since: wall.utc, build: "other")
            try write(holder, in: home)
        }

        func write(_ holder: LeaseHolder, in home: Home) throws {
            let descriptor = try home.openFile(.lease, O_WRONLY)
            defer { close(descriptor) }
            let bytes = holder.bytes
            try #require(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count)
        }

        func end() {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
    }

    /// The folder was given to a group after the lease was made.
    @Test(arguments: [0o700, 0o750]) func aLeaseIsAsOpenAsItsHome(mode: Int) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        try Lease.acquire(in: home, build: "one").release()
        chmod(home.path, mode_t(mode))
        let again = try Home.open(path: home.path, for: .engine)
        let lease = try Lease.acquire(in: again, build: "two")
        defer { lease.release() }
        var facts = stat()
        #expect(stat(again.path(of: .lease), &facts) == 0)
        #expect(facts.st_mode & 0o777 == (mode == 0o750 ? 0o640 : 0o600))
    }

    @Test func whoMayNotReadALeaseIsToldTheFix() {
        let error = LeaseError.unusable(
            path: "/h/engine.lease", SystemFailure("openat", code: EACCES))
        #expect(error.remedy.contains("chmod 640 '/h/engine.lease'"), "\(error.remedy)")
    }

    @Test func secondEngineIsRefusedAndToldWhoRuns() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "one")
        let error = #expect(throws: LeaseError.self) { try Lease.acquire(in: home, build: "two") }
        guard case .held(let holder?) = error else { return #expect(Bool(false), "no holder") }
        #expect(holder.process == .current)
        #expect(holder.build == "one")
        #expect(error?.exitStatus == 7)
        try lease.enter(epoch: 12, at: WallClock.read())
        guard case .held(let entry?) = try Lease.status(in: home) else {
            return #expect(Bool(false), "not held")
        }
        #expect(entry.epoch == 12)
    }

    @Test func releasedLeaseIsFreeAtOnce() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        #expect(try Lease.status(in: home) == .free)
        try Lease.acquire(in: home, build: "one").release()
        #expect(try Lease.status(in: home) == .free)
        _ = try Lease.acquire(in: home, build: "two")
    }

    /// As a child has it between fork and exec.
    @Test func releasedLeaseIsFreeWhoeverElseHasItsDescriptor() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "one")
        let path = home.path(of: .lease)
        let mine = (3..<4096).first { number in
            (try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(number)")) == path
        }
        let copy = dup(Int32(try #require(mine)))
        defer { close(copy) }
        lease.release()
        #expect(try Lease.status(in: home) == .free)
    }

    @Test func deathOfTheHolderFreesTheLease() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let other = try ForeignHolder(in: home, heartbeatAge: .seconds(0))
        #expect(throws: LeaseError.held(other.holder)) {
            try Lease.acquire(in: home, build: "one")
        }
        other.end()
        let begun = WallClock.read().monotonic
        _ = try Lease.acquire(in: home, build: "one", waiting: .seconds(2))
        #expect(WallClock.read().monotonic.milliseconds - begun.milliseconds < 100)
    }

    @Test func holderThatHangsIsKilled() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let other = try ForeignHolder(in: home, heartbeatAge: .seconds(6))
        let lease = try Lease.acquire(in: home, build: "one")
        #expect(lease.holder.process == .current)
        var status: Int32 = 0
        #expect(waitpid(other.pid, &status, 0) == other.pid)
        #expect(status & 0x7F == SIGKILL)
    }

    @Test func freshHeartbeatSavesTheHolder() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let other = try ForeignHolder(in: home, heartbeatAge: .seconds(4))
        defer { other.end() }
        #expect(throws: LeaseError.self) {
            try Lease.acquire(in: home, build: "one", waiting: .milliseconds(300))
        }
        #expect(other.holder.process.exists)
    }

    @Test func anotherProcessWithTheNumberIsNotKilled() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let other = try ForeignHolder(in: home, heartbeatAge: .seconds(9))
        defer { other.end() }
        var entry = other.holder
        entry.process.started -= 1
        try other.write(entry, in: home)
        let path = home.path(of: .lease)
        #expect(throws: LeaseError.orphaned(entry, path: path)) {
            try Lease.acquire(in: home, build: "one")
        }
        #expect(other.holder.process.exists)
    }

    @Test func heartbeatOfAnEarlierBootIsNotStale() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let other = try ForeignHolder(in: home, heartbeatAge: .seconds(9))
        defer { other.end() }
        var entry = other.holder
        entry.bootID = "earlier"
        try other.write(entry, in: home)
        #expect(throws: LeaseError.held(entry)) { try Lease.acquire(in: home, build: "one") }
    }

    @Test func replacedFileEndsTheEngine() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "one")
        try lease.beat(at: WallClock.read())
        unlink(home.path(of: .lease))
        #expect(throws: LeaseError.lost(path: home.path(of: .lease))) {
            try lease.beat(at: WallClock.read())
        }
    }

    @Test func entryKeepsItsLengthAndReadsBack() {
        let holder = LeaseHolder(
            process: ProcessIdentity(pid: 1, started: .max), bootID: "b", epoch: .max,
            heartbeat: Span(milliseconds: 5), since: Instant(milliseconds: 1), build: "x")
        #expect(holder.bytes.count == LeaseHolder.length)
        #expect(LeaseHolder(bytes: holder.bytes) == holder)
        #expect(LeaseHolder(bytes: []) == nil)
        #expect(LeaseHolder(bytes: Array(holder.bytes.prefix(40))) == nil)
    }

    @Test func wakingMachineIsNotAHungEngine() {
        func wall(_ boot: Int64, _ monotonic: Int64) -> WallClock {
            WallClock(
                utc: Instant(milliseconds: 0), boot: Span(milliseconds: boot),
                monotonic: Span(milliseconds: monotonic))
        }
        let beat = LeaseHolder(
            process: .current, bootID: ProcessIdentity.bootID, epoch: 1,
            heartbeat: Span(milliseconds: 0), since: Instant(milliseconds: 0), build: "x")
        var watch = HungEngineWatch()
        // Asleep for an hour, then the engine beats again half a second later.
        #expect(watch.sees(beat, at: wall(3_600_000, 1000)) == .alive)
        #expect(watch.suspects)
        var next = beat
        next.heartbeat = Span(milliseconds: 3_600_500)
        #expect(watch.sees(next, at: wall(3_601_200, 2200)) == .alive)
        #expect(!watch.suspects)
        // Silent for more than five seconds of watching.
        #expect(watch.sees(next, at: wall(3_606_000, 7000)) == .hung)
    }

    @Test func gapTellsSleepFromATurn() {
        let early = WallClock(
            utc: Instant(milliseconds: 0), boot: .seconds(10), monotonic: .seconds(10))
        func later(_ boot: Int64, _ monotonic: Int64) -> Span? {
            WallClock(
                utc: Instant(milliseconds: 0), boot: .seconds(boot), monotonic: .seconds(monotonic)
            ).gap(since: early)
        }
        #expect(later(11, 11) == nil)
        #expect(later(14, 14) == .seconds(4))
        #expect(later(13, 11) == .seconds(3))
    }
}
