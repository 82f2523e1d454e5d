/// What callers meet while an engine starts: greetings, a waiting room, patience, and its limits.

import Foundation
import Store
import Testing

@testable import Core

/// Hears only pauses until somebody pauses; then its start is over.
private final class StartingService: EngineService {
    var progress: StartProgress? = StartProgress(.loading, done: 312, of: 1000)
    private let echo = EchoService()
    var admission: Admission { echo.admission }

    var greeting: EngineGreeting {
        var greeting = echo.greeting
        greeting.start = progress
        return greeting
    }

    func hears(_ message: JSON, from peer: Peer) -> Bool {
        progress == nil || message["verb"]?.text == "pause"
    }

    func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        if message["verb"]?.text == "pause" { progress = nil }
        return echo.request(message, from: peer, reply: reply)
    }

    func turn(at wall: WallClock) -> Turn { echo.turn(at: wall) }
    func resumed(after gap: Span, at wall: WallClock) {}
    func finish(at wall: WallClock) -> [(ReplyID, JSON)] { echo.finish(at: wall) }
    var verbs: [String] { echo.requests.map(\.verb) }
}

@Suite struct StartLinkTests {
    private func serve(
        _ scratch: ScratchFolder, _ talk: (Home) throws -> Void
    ) throws -> [String] {
        let path = scratch.path
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "test-1")
        let loop = try EngineLoop(
            home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
        let service = StartingService()
        nonisolated(unsafe) let unsafeLoop = loop
        nonisolated(unsafe) let unsafeService = service
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            _ = unsafeLoop.run(unsafeService)
            ended.signal()
        }
        try talk(try Home.open(path: path, for: .console))
        ended.wait()
        return service.verbs
    }

    /// Until something has come.
    private func wait(_ client: EngineClient) {
        _ = Poller.wait(on: client.descriptor, for: .readable, .seconds(5))
    }

    private func request(_ verb: String) -> CommandRequest {
        CommandRequest(key: verb, verb: verb)
    }

    @Test func whatIsNoPauseWaitsUntilTheStartIsOver() throws {
        let scratch = try ScratchFolder()
        let verbs = try serve(scratch) { home in
            let client = try EngineClient.connect(to: home, build: "x")
            #expect(client.greeting.start == StartProgress(.loading, done: 312, of: 1000))
            guard case .held(let holder?) = try Lease.status(in: home) else {
                return #expect(Bool(false), "no holder")
            }
            #expect(holder.start == client.greeting.start)
            try client.send(request("resume"))
            let answer = try client.perform(request("pause"))
            guard case .outcome = answer else { return #expect(Bool(false), "\(answer)") }
            // Answered while the pause was waited for, or just after.
            var heard: [EngineClient.Received] = []
            while heard.count < 2 {
                if let next = try client.receive() { heard.append(next) } else { wait(client) }
            }
            let later = try EngineClient.connect(to: home, build: "x")
            #expect(later.greeting.start == nil)
            _ = try later.perform(request("stop-engine"))
        }
        #expect(verbs == ["pause", "resume", "stop-engine"])
    }

    @Test func whoHangsUpHasAskedForNothing() throws {
        let scratch = try ScratchFolder()
        let verbs = try serve(scratch) { home in
            let impatient = try EngineClient.connect(to: home, build: "x")
            try impatient.send(request("resume"))
            // It has been read once the engine answers something that came later.
            try impatient.ping()
            while try impatient.receive() == nil { wait(impatient) }
            impatient.close()
            let client = try EngineClient.connect(to: home, build: "x")
            _ = try client.perform(request("pause"))
            _ = try client.perform(request("stop-engine"))
        }
        #expect(verbs == ["pause", "stop-engine"])
    }

    @Test func theWaitingRoomHasBounds() {
        var room = WaitingRoom()
        func arrival(_ number: Int, of uid: UInt32) -> CommandSocket.Arrival {
            CommandSocket.Arrival(
                connection: ConnectionID(number: UInt64(number)),
                peer: Peer(uid: uid, pid: 1, gid: 0), message: .null, isUrgent: false)
        }
        let mine = (0..<100).count { room.admit(arrival($0, of: 1), .stranger) }
        #expect(mine == WaitingRoom.perUser)
        // However many push in, closers find room beside them.
        var all = mine
        for standing in Admission.Standing.allCases {
            all += (0..<10_000).count { room.admit(arrival($0, of: UInt32($0)), standing) }
            #expect(all == WaitingRoom.inAll(standing))
        }
        room.keep { $0.number < 3 }
        #expect(room.next(100).count < 10)
        #expect(room.isEmpty)
    }

    /// One's own other commands keep no pause out, and it is taken before them.
    @Test(arguments: [true, false]) func pausesWaitApart(isOn: Bool) {
        var room = WaitingRoom()
        room.disarmed = isOn ? [] : [.closesWaitApart]
        func arrival(_ number: Int, urgent: Bool) -> CommandSocket.Arrival {
            CommandSocket.Arrival(
                connection: ConnectionID(number: UInt64(number)),
                peer: Peer(uid: 1, pid: 1, gid: 0), message: .null, isUrgent: urgent)
        }
        let others = (0..<100).count { room.admit(arrival($0, urgent: false), .closer) }
        #expect(others == WaitingRoom.perUser)
        let pauses = (100..<200).count { room.admit(arrival($0, urgent: true), .closer) }
        #expect(pauses == (isOn ? WaitingRoom.perUser : 0))
        #expect((room.next(1).first?.isUrgent ?? false) == isOn)
        room.keep { $0.number >= 100 }
        #expect(room.isEmpty == !isOn)
    }

    /// It beats and moves: nobody says that it did not start, and nobody starts another.
    @Test func aStartThatGetsOnIsNeverGivenUp() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "slow")
        let progress = StartProgress(.loading, done: 3, of: 9)
        try lease.beat(at: WallClock.read(), start: progress)
        let error = #expect(throws: LaunchError.self) {
            try EngineLauncher.ensure(
                in: home, build: "x", program: "/nowhere", within: .milliseconds(300)
            ) { start in
                #expect(start == progress)
                _ = try? lease.beat(at: WallClock.read(), start: progress)
                return true
            }
        }
        #expect(error == .starting(progress))
        #expect(error?.exitStatus == 6)
        #expect(error?.headline.contains("loading, 3 of 9 bots") == true)
        #expect(error?.remedy.contains("--timeout") == true)
    }

    @Test func onlyWhoNeitherBeatsNorMovesHangs() {
        func wall(_ seconds: Int64) -> WallClock {
            WallClock(
                utc: Instant(milliseconds: 0), boot: .seconds(seconds),
                monotonic: .seconds(seconds))
        }
        var holder = LeaseHolder(
            process: .current, bootID: ProcessIdentity.bootID, epoch: 1,
            heartbeat: .seconds(100), since: Instant(milliseconds: 0), build: "x")
        // Silent without a word.
        var watch = HungEngineWatch { _ in 7 }
        #expect(watch.sees(holder, at: wall(200)) == .alive)
        #expect(watch.sees(holder, at: wall(202)) == .hung)
        // Silent as announced, at work.
        holder.start = StartProgress(.checking, silentStep: "quick_check")
        var ticks: Int64 = 0
        watch = HungEngineWatch { _ in
            ticks += 1
            return ticks
        }
        for second in 200..<400 { #expect(watch.sees(holder, at: wall(Int64(second))) == .alive) }
        // Silent as announced, and its process stands still.
        watch = HungEngineWatch { _ in 7 }
        #expect(watch.sees(holder, at: wall(200)) == .alive)
        #expect(watch.sees(holder, at: wall(219)) == .alive)
        #expect(watch.sees(holder, at: wall(221)) == .hung)
        // A start that beats is alive, however long it takes.
        holder.start = StartProgress(.loading, done: 1, of: 9)
        holder.heartbeat = .seconds(399)
        #expect(watch.sees(holder, at: wall(400)) == .alive)
        #expect(!watch.suspects)
    }

    @Test func aProcessAtWorkIsSeenToMove() throws {
        let before = try #require(ProcessIdentity.current.work)
        let end = Date() + 30
        var sum = 0.0
        while ProcessIdentity.current.work == before, Date() < end {
            for number in 0..<100_000 { sum += Double(number).squareRoot() }
        }
        #expect(sum > 0)
        #expect(ProcessIdentity.current.work ?? 0 > before)
        var other = ProcessIdentity.current
        other.started -= 1
        #expect(other.work == nil)
    }

    /// In the middle of something long there is no service yet, and still everybody is greeted.
    @Test func aGlanceGreetsAndKeepsRequests() throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        let lease = try Lease.acquire(in: home, build: "test-1")
        let loop = try EngineLoop(
            home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
        let opening = OpeningService(
            home: home, build: "test-1", speed: "1", admission: Admission(ownerOf: home))
        let path = scratch.path
        let greeted = DispatchSemaphore(value: 0)
        let heard = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var start: StartProgress?
        Thread.detachNewThread {
            guard let home = try? Home.open(path: path, for: .console),
                let client = try? EngineClient.connect(to: home, build: "x", within: .seconds(30))
            else {
                greeted.signal()
                return
            }
            start = client.greeting.start
            greeted.signal()
            _ = try? client.perform(CommandRequest(key: "k", verb: "stop-engine"))
            heard.signal()
        }
        let progress = StartProgress(.upgrading, done: 1, of: 4)
        while greeted.wait(timeout: .now()) == .timedOut { #expect(loop.glance(opening, progress)) }
        #expect(start == progress)
        guard case .held(let holder?) = try Lease.status(in: home) else {
            return #expect(Bool(false), "not held")
        }
        #expect(holder.start == progress)
        for _ in 0..<20 {
            #expect(loop.glance(opening, progress))
            usleep(2000)
        }
        let service = EchoService()
        #expect(loop.run(service) == .stopped)
        #expect(service.requests.map(\.verb) == ["stop-engine"])
        #expect(heard.wait(timeout: .now() + 30) == .success)
    }
}
