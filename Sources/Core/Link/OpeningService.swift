/// What an engine's loop drives before its database is open: greetings, and a waiting room.

import Store

/// Takes no request; the engine that follows it does.
public final class OpeningService: EngineService {
    private let build: String
    private let speed: String
    public private(set) var progress: StartProgress?
    public let admission: Admission

    /// - Parameters:
    ///   - speed: that the world will run at.
    ///   - admission: who is who, as far as that is known before the database is open.
    public init(build: String, speed: String, admission: Admission) {
        self.admission = admission
        self.build = build
        self.speed = speed
    }

    func report(_ progress: StartProgress) { self.progress = progress }

    public var greeting: EngineGreeting {
        EngineGreeting(
            build: build, pid: ProcessIdentity.current.pid, epoch: 0,
            worldClock: Instant(milliseconds: 0), speed: speed,
            start: progress ?? StartProgress(.opening))
    }

    public func hears(_ message: JSON, from peer: Peer) -> Bool { false }

    public func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? { nil }

    public func turn(at wall: WallClock) -> Turn { Turn() }

    public func resumed(after gap: Span, at wall: WallClock) {}

    public func finish(at wall: WallClock) -> [(ReplyID, JSON)] { [] }
}
