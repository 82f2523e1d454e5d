/// What the engine's loop drives: the world and its desk, seen from the socket.

import Store

/// The work behind the socket. The loop calls it from one thread, one call at a time.
public protocol EngineService: AnyObject {
    /// What a console is told when it connects.
    var greeting: EngineGreeting { get }

    /// Who is who in this home; asked after each turn.
    var admission: Admission { get }

    /// How far its start, or its return after a standstill, is; nil once it is over.
    var progress: StartProgress? { get }

    /// Whether it takes a message now; one that it does not take waits until its start is over.
    func hears(_ message: JSON, from peer: Peer) -> Bool

    /// Takes a message from a greeted client: a `command`, or a kind that the loop does not know.
    /// - Returns: the first answer, which leaves after the ``turn(at:)`` that follows, hence after
    ///   its commit; nil when it comes later, through ``Turn/replies``.
    func request(_ message: JSON, from peer: Peer, reply: ReplyID) -> JSON?

    /// Advances the world to now, and commits.
    func turn(at wall: WallClock) -> Turn

    /// The machine or the process stood still: reconcile before any order. Comes before the turn.
    /// **Source** <doc:SafetyRules#Standstills-and-clocks>.
    func resumed(after gap: Span, at wall: WallClock)

    /// Others had cut the lease short; it is whole again.
    func leaseWasCut()

    /// The socket's name was taken by something that was put aside or could not be.
    func doorChanged(_ news: DoorNews)

    /// The last call: finish what is open, commit, checkpoint.
    /// - Returns: answers that still go out.
    func finish(at wall: WallClock) -> [(ReplyID, JSON)]

    /// What those are told whom nobody answers any more.
    var lastWord: WireError { get }
}

extension EngineService {
    public var progress: StartProgress? { nil }
    public func hears(_ message: JSON, from peer: Peer) -> Bool { true }
    public var lastWord: WireError { .stopping }
    public func leaseWasCut() {}
    public func doorChanged(_ news: DoorNews) {}
}

/// What a turn of the world asks of the loop.
public struct Turn {
    /// When the next turn is due; an earlier message or signal brings it forward.
    public var nextWake: Span
    /// Something on screens may have changed.
    public var bell: Bool
    /// Answers to earlier requests, in order.
    public var replies: [(ReplyID, JSON)]
    /// The engine is to end.
    public var stop: Bool
    /// Clients in these processes hold up the log and are asked to let go of the database.
    public var letGo: Set<Int32>
    /// Clients in these processes were asked, and their connections end.
    public var cutOff: Set<Int32>

    public init(
        nextWake: Span = .seconds(1), bell: Bool = false, replies: [(ReplyID, JSON)] = [],
        stop: Bool = false, letGo: Set<Int32> = [], cutOff: Set<Int32> = []
    ) {
        self.nextWake = nextWake
        self.bell = bell
        self.replies = replies
        self.stop = stop
        self.letGo = letGo
        self.cutOff = cutOff
    }
}
