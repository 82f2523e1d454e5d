/// Whoever is connected, or waits to be, when an engine ends hears why; none is left to guess.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct LeaveTakingTests {
    private static let reason = WireError(
        code: "damaged", message: "the database is damaged", remedy: "see plutarc check")

    @Test(arguments: [true, false]) func whoeverIsConnectedHearsWhy(isOn: Bool) throws {
        let trial = try TrialDoor(without: isOn ? nil : .leaveIsTaken)
        let visitor = Visitor(TrialDoor.owner, at: trial.door)
        visitor.say(#"{"type":"hello","protocol":1}"#)
        _ = trial.serve()
        visitor.command("pause")
        trial.door.close(saying: Self.reason)
        #expect(visitor.refusals() == (isOn ? ["damaged"] : []))
        #expect(visitor.isGone)
    }

    /// What a raw client in the queue of a door is told at its end.
    private func hears(_ descriptor: Int32) throws -> String? {
        _ = Poller.wait(on: descriptor, for: .readable, .seconds(5))
        guard case .packet(let bytes) = PacketSocket(descriptor: descriptor).receive() else {
            return nil
        }
        return try JSON.parse(bytes)["error"]?["code"]?.text
    }

    /// They have dialled, and nobody has let them in yet.
    private func callers(_ count: Int, of home: Home) throws -> [Int32] {
        try (0..<count).map { _ in
            try EngineCall.dial(home, until: Deadline(after: .seconds(5))).0
        }
    }

    @Test(arguments: [true, false]) func whoeverWaitsToBeLetInHearsWhy(isOn: Bool) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        if !isOn { door.disarmed = [.queueIsHeard] }
        let queue = try callers(40, of: home)
        defer { for descriptor in queue { close(descriptor) } }
        door.close(saying: Self.reason)
        for descriptor in queue { #expect(try hears(descriptor) == (isOn ? "damaged" : nil)) }
        #expect(throws: ConnectionError.noEngine(home: home.path)) {
            try EngineCall.dial(home, until: Deadline(after: .seconds(1)))
        }
    }

    /// The name of the socket was taken away, and a new one is bound: the old queue comes along.
    @Test(arguments: [true, false]) func whoeverWaitsAtAnOldDoorIsLetIn(isOn: Bool) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        if !isOn { door.disarmed = [.queueIsHeard] }
        let queue = try callers(20, of: home)
        defer { for descriptor in queue { close(descriptor) } }
        unlink(home.path(of: .socket))
        try door.keepName(at: WallClock.read())
        #expect(door.count == (isOn ? 20 : 0))
        let late = try EngineCall.dial(home, until: Deadline(after: .seconds(5))).0
        defer { close(late) }
        var poller = Poller()
        door.watch(in: &poller)
        _ = door.serve(poller.wait(.seconds(5)), at: WallClock.read())
        #expect(door.count == (isOn ? 21 : 1))
    }

    @Test(arguments: [true, false]) func aSocketThatLostItsNameIsFoundAgain(isOn: Bool) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        if !isOn { door.disarmed = [.nameIsKept] }
        unlink(home.path(of: .socket))
        try door.keepName(at: WallClock.read())
        let dialled = try? EngineCall.dial(home, until: Deadline(after: .seconds(1))).0
        #expect((dialled != nil) == isOn)
        if let dialled { close(dialled) }
    }

    /// A folder cannot be removed like a file: it gets another name, with all that is in it.
    @Test(arguments: [true, false]) func aFolderInTheWayIsPutAside(isOn: Bool) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let door = try CommandSocket.listen(in: home)
        if !isOn { door.disarmed = [.wayIsCleared] }
        let name = home.path(of: .socket)
        mkdir(name + ".aside-1", 0o700)
        unlink(name)
        mkdir(name, 0o700)
        mkdir(name + "/kept", 0o700)
        let aside = try? door.keepName(at: WallClock.read())
        #expect(aside == (isOn ? "engine.sock.aside-2" : nil))
        #expect((access(name + ".aside-2/kept", F_OK) == 0) == isOn)
        let dialled = try? EngineCall.dial(home, until: Deadline(after: .seconds(1))).0
        #expect((dialled != nil) == isOn)
        if let dialled { close(dialled) }
    }

    /// Where it cannot be had back, that is told after some beats, once.
    @Test func anEngineThatNobodyFindsSaysSo() throws {
        let bench = try StartBench(absence: .seconds(0))
        bench.engine.doorChanged(.blocked("it is a folder"))
        bench.engine.doorChanged(.blocked("it is a folder"))
        func notices() throws -> [Notice] {
            try bench.database.read { db throws(StoreError) in
                try db.openNotices().filter { $0.kind == "socket" }
            }
        }
        try bench.turn { bench.isTrading }
        try bench.turn()
        #expect(try notices().map(\.severity) == [.critical])
        bench.engine.doorChanged(.open(aside: "engine.sock.aside-1"))
        try bench.turn()
        #expect(try notices().isEmpty)
    }

    /// Greeted while the engine opened its database, which then was refused: the command that
    /// comes too late is told why, not that its fate is unknown.
    @Test func aCommandThatComesTooLateIsToldWhy() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "x")
        let loop = try EngineLoop(
            home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
        let opening = OpeningService(
            home: home, build: "x", speed: "1", admission: Admission(ownerOf: home))
        let path = scratch.path
        let greeted = DispatchSemaphore(value: 0)
        let isClosed = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var told: (any Error)?
        Thread.detachNewThread {
            defer { ended.signal() }
            do {
                let home = try Home.open(path: path, for: .console)
                let client = try EngineClient.connect(to: home, build: "x", within: .seconds(30))
                greeted.signal()
                isClosed.wait()
                _ = try client.perform(CommandRequest(key: "k", verb: "pause"))
            } catch {
                told = error
                greeted.signal()
            }
        }
        while greeted.wait(timeout: .now()) == .timedOut {
            _ = loop.glance(opening, StartProgress(.checking))
        }
        loop.close(because: Self.reason)
        isClosed.signal()
        ended.wait()
        #expect(told as? ConnectionError == .refused(Self.reason))
    }

    /// Nothing was accepted by an engine that ends in peace: whoever may starts the next one.
    @Test func anEngineThatEndsIsFollowedByTheNext() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "x")
        let door = try CommandSocket.listen(in: home)
        let path = scratch.path
        let ended = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var told: (any Error)?
        Thread.detachNewThread {
            defer { ended.signal() }
            do {
                let home = try Home.open(path: path, for: .console)
                _ = try EngineLauncher.ensure(in: home, build: "x", program: "/bin/false")
            } catch { told = error }
        }
        var poller = Poller()
        poller.watch(door.listener, for: .readable)
        #expect(!poller.wait(.seconds(30)).isEmpty)
        door.close(saying: .stopping)
        lease.release()
        ended.wait()
        #expect(told as? LaunchError == .ended(status: 1, log: []))
    }

    /// Where somebody else supervises the engine, the next one is waited for.
    @Test func anEngineOfOthersIsWaitedFor() throws {
        let scratch = try ScratchFolder()
        let first = EngineThread(at: scratch.path)
        let home = try scratch.home(.console)
        try first.stop(try EngineClient.connect(to: home, build: "x"))
        #expect(throws: LaunchError.connection(.noEngine(home: home.path))) {
            try EngineLauncher.ensure(in: home, build: "x", mayLaunch: false)
        }
        let path = scratch.path
        let ended = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var isThere = false
        Thread.detachNewThread {
            defer { ended.signal() }
            guard let home = try? Home.open(path: path, for: .console) else { return }
            let client = try? EngineLauncher.ensure(
                in: home, build: "x", mayLaunch: false, isBetween: true)
            isThere = client != nil
        }
        let second = EngineThread(at: scratch.path)
        ended.wait()
        #expect(isThere)
        try second.stop(try EngineClient.connect(to: home, build: "x"))
    }
}
