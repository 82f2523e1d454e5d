/// A folder for one test, and an engine that runs in it on a thread of its own.

import Core
import Foundation
import Store
import Testing

/// A fresh folder, 0700, removed with this object.
final class ScratchFolder {
    let path: String

    /// - Parameter depth: folders of thirty letters below it.
    init(depth: Int = 0) throws {
        let name = "/tmp/plutarc-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        var path = name
        for _ in 0..<depth { path += "/" + String(repeating: "d", count: 30) }
        self.path = path
        root = name
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    private let root: String

    func home(_ use: Home.Use = .engine) throws -> Home { try Home.open(path: path, for: use) }
}

/// A service that accepts every command and finishes it one turn later.
final class EchoService: EngineService {
    var requests: [(verb: String, uid: UInt32)] = []
    private var later: [(ReplyID, JSON)] = []
    private var stops = false
    private var next: Int64 = 0
    private(set) var isFinished = false
    /// Processes that are asked to let go in the next turn, and cut off in the one after it.
    private var holding: Set<Int32> = []
    private var asked: Set<Int32> = []

    var greeting: EngineGreeting {
        EngineGreeting(
            build: "test-1", pid: getpid(), epoch: 7,
            worldClock: Instant(milliseconds: 1_773_108_847_000), speed: "60")
    }

    /// The account that runs the test owns the home.
    let admission = Admission(Operators(members: [], owner: (Int64(geteuid()), "tester")))

    func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        guard let command = CommandRequest(message) else {
            return EngineMessage.refused(
                WireError(code: "unknown", message: "?", remedy: "")).json
        }
        requests.append((command.verb, peer.uid))
        if command.verb == "stop-engine" { stops = true }
        if command.verb == "silence" { return nil }
        if command.verb == "hold-up" { holding.insert(peer.pid) }
        next += 1
        let id = ID<CommandRecord>(next)
        let size = command.args["size"]?.integer ?? 0
        let report = CommandReport(
            command: id, outcome: .done, message: "by \(peer.uid)",
            result: ["text": .string(String(repeating: "é\"", count: Int(size)))])
        later.append((reply, EngineMessage.outcome(report).json))
        return EngineMessage.accepted(id).json
    }

    func turn(at wall: WallClock) -> Turn {
        defer {
            later = []
            asked = holding
            holding = []
        }
        return Turn(
            nextWake: .milliseconds(20), bell: !later.isEmpty, replies: later, stop: stops,
            letGo: holding, cutOff: asked)
    }

    func resumed(after gap: Span, at wall: WallClock) {}

    func finish(at wall: WallClock) -> [(ReplyID, JSON)] {
        isFinished = true
        return later
    }
}

/// An engine over a folder. Ends with the command `stop-engine`.
final class EngineThread: @unchecked Sendable {
    private let started = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    /// Read after ``join()`` only.
    private(set) var end: EngineLoop.End?
    private(set) var failure: (any Error)?

    init(at path: String) {
        Thread.detachNewThread { [self] in
            do {
                let home = try Home.open(path: path, for: .engine)
                let lease = try Lease.acquire(in: home, build: "test-1")
                let loop = try EngineLoop(
                    home: home, lease: lease, signals: nil, supervisor: Supervisor(path: nil))
                started.signal()
                end = loop.run(EchoService())
                lease.release()
            } catch {
                failure = error
                started.signal()
            }
            ended.signal()
        }
        started.wait()
    }

    func stop(_ client: EngineClient) throws {
        try client.send(CommandRequest(key: "stop", verb: "stop-engine"))
        join()
    }

    func join() { ended.wait() }
}
