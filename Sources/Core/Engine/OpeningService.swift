/// What an engine's loop drives before its database is open: greetings, and a waiting room.

import Store

/// Takes no request; the engine that follows it does. Where another program holds the database for
/// longer than a request waits, it says so.
public final class OpeningService: EngineService {
    private let build: String
    private let speed: String
    var hold: HoldWatch
    /// Who holds the database was looked up then, since boot.
    private var lookedAt = Span.seconds(-60)
    public private(set) var progress: StartProgress?
    public let admission: Admission

    /// - Parameters:
    ///   - speed: that the world will run at.
    ///   - admission: who is who, as far as that is known before the database is open.
    public init(home: Home, build: String, speed: String, admission: Admission) {
        hold = HoldWatch(home)
        self.admission = admission
        self.build = build
        self.speed = speed
    }

    func report(_ progress: StartProgress) {
        let known = self.progress?.holder
        hold.see(isHeld: progress.phase == .held)
        self.progress = progress
        guard hold.since != nil else { return }
        let now = WallClock.read().boot
        let isDue = now - lookedAt >= .seconds(1)
        if isDue { lookedAt = now }
        self.progress?.holder = isDue ? hold.holder : known
    }

    public var greeting: EngineGreeting {
        EngineGreeting(
            build: build, pid: ProcessIdentity.current.pid, epoch: 0,
            worldClock: Instant(milliseconds: 0), speed: speed,
            start: progress ?? StartProgress(.opening))
    }

    public func hears(_ message: JSON, from peer: Peer) -> Bool {
        hold.isOn && hold.hasLasted && message["type"]?.text == "command"
    }

    public func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON? {
        EngineMessage.refused(hold.refusal).json
    }

    public func turn(at wall: WallClock) -> Turn { Turn() }

    public func resumed(after gap: Span, at wall: WallClock) {}

    public func finish(at wall: WallClock) -> [(ReplyID, JSON)] { [] }
}
