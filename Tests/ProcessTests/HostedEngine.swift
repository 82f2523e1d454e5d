/// The engine in the tester's own process, over the real socket: a test can act at the exchange.

import Foundation
import Store
import TestKit

@testable import Core

/// Everything but the process itself is the real engine. Ends with ``stop()``.
final class HostedEngine: EngineService, @unchecked Sendable {
    /// Used by the engine's thread only.
    private var engine: Engine?
    private let atExchange: @Sendable (World) -> Int
    private let logAlarmBytes: Int64
    private let lock = NSLock()
    private var counted = 0
    private var isStopping = false
    private var problem: String?
    private let started = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - logAlarmBytes: of the write-ahead log from which its readers are named.
    ///   - prepare: acts on the world once it has been compared with the exchange.
    ///   - counting: looked up after every turn, for ``count``.
    init(
        _ home: TrialHome, pace: Pace, logAlarmBytes: Int64 = 64 << 20,
        prepare: @escaping @Sendable (World) -> Void,
        counting: @escaping @Sendable (World) -> Int
    ) {
        atExchange = counting
        self.logAlarmBytes = logAlarmBytes
        Thread.detachNewThread { [self] in
            do { try drive(home, pace, prepare) } catch { lock.withLock { problem = "\(error)" } }
            started.signal()
            ended.signal()
        }
        started.wait()
    }

    /// What `counting` said last.
    var count: Int { lock.withLock { counted } }
    /// Why it ended before ``stop()``, if it did.
    var failure: String? { lock.withLock { problem } }

    func stop() {
        lock.withLock { isStopping = true }
        ended.wait()
        ended.signal()
    }

    private func drive(
        _ trial: TrialHome, _ pace: Pace, _ prepare: (World) -> Void
    ) throws {
        let home = try trial.opened(for: .engine)
        let lease = try Lease.acquire(in: home, build: "hosted")
        defer { lease.release() }
        let database = try Database(opening: home.path(of: .database))
        _ = try database.raiseEpoch()
        let wall = WallClock.read()
        try lease.enter(epoch: database.epoch, at: wall)
        let loop = try EngineLoop(
            home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
        let engine = try Engine(
            home: home, database: database, pace: pace, wall: wall, build: "hosted",
            logAlarmBytes: logAlarmBytes)
        try engine.startWhole()
        prepare(engine.world)
        self.engine = engine
        started.signal()
        _ = loop.run(self)
        if let failure = engine.failure { throw failure }
        self.engine = nil
    }

    var greeting: EngineGreeting { real.greeting }
    var admission: Admission { real.admission }

    func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        real.request(message, from: peer, reply: reply)
    }

    func turn(at wall: WallClock) -> Turn {
        var turn = real.turn(at: wall)
        let found = atExchange(real.world)
        lock.withLock {
            counted = found
            turn.stop = turn.stop || isStopping
        }
        return turn
    }

    var progress: StartProgress? { real.progress }

    func leaseWasCut() { real.leaseWasCut() }

    func doorChanged(_ news: DoorNews) { real.doorChanged(news) }

    func resumed(after gap: Span, at wall: WallClock) { real.resumed(after: gap, at: wall) }

    func finish(at wall: WallClock) -> [(ReplyID, JSON)] { real.finish(at: wall) }

    private var real: Engine {
        guard let engine else { preconditionFailure("asked before its world was there") }
        return engine
    }
}
