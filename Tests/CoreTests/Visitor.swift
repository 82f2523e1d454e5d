/// A visitor at the engine's socket, with an account that the test makes up.

import Glibc
import Store
import Testing

@testable import Core

/// Speaks over a pair of sockets; the door holds the other end.
final class Visitor {
    let uid: UInt32
    let socket: PacketSocket
    private(set) var isGone = false

    init(_ uid: UInt32, at door: CommandSocket, _ boot: Span = .seconds(100)) {
        self.uid = uid
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | O_NONBLOCK | O_CLOEXEC
        socketpair(AF_UNIX, kind, 0, &ends)
        socket = PacketSocket(descriptor: ends[0])
        door.admit(ends[1], Peer(uid: uid, pid: 1, gid: uid), at: Self.wall(boot))
    }

    deinit { close(socket.descriptor) }

    func say(_ text: String) { _ = socket.send(Array(text.utf8)) }

    func command(_ verb: String, id: Int = 1) {
        say(#"{"type":"command","key":"k\#(id)","verb":"\#(verb)","id":\#(id)}"#)
    }

    /// The codes of all refusals that have arrived.
    func refusals() -> [String] {
        var codes: [String] = []
        while true {
            switch socket.receive() {
            case .packet(let bytes):
                let code = (try? JSON.parse(bytes))?["error"]?["code"]?.text
                if let code { codes.append(code) }
            case .gone:
                isGone = true
                return codes
            case .nothing, .tooLarge: return codes
            }
        }
    }

    /// A moment of the machine's clocks.
    static func wall(_ boot: Span) -> WallClock {
        WallClock(utc: Instant(milliseconds: boot.milliseconds), boot: boot, monotonic: boot)
    }
}

/// A door whose people are the test's own.
struct TrialDoor {
    static let owner: UInt32 = 1
    static let admin: UInt32 = 2
    static let manager: UInt32 = 3
    static let traders: [UInt32] = [11, 12, 13]
    static let viewers: [UInt32] = [21, 22]
    static let helper: UInt32 = 31
    static let strangers: [UInt32] = [91, 92, 93]

    let door: CommandSocket
    private let scratch: ScratchFolder

    init(without guardOff: DoorSafeguard? = nil) throws {
        scratch = try ScratchFolder()
        door = try CommandSocket.listen(in: try scratch.home())
        door.admission = Self.admission
        if let guardOff { door.disarmed = [guardOff] }
    }

    static let admission: Admission = {
        let roles: [(UInt32, WorkspaceRole, Bool)] =
            [(admin, .admin, false), (manager, .riskManager, false), (helper, .viewer, true)]
            + traders.map { ($0, .trader, false) } + viewers.map { ($0, .viewer, false) }
        let members = roles.map { uid, role, isStaff in
            Member(
                uid: Int64(uid), name: "m\(uid)", role: role, isStaff: isStaff,
                joinedAt: Instant(milliseconds: 0))
        }
        return Admission(Operators(members: members, owner: (Int64(owner), "ana")))
    }()

    /// Reads what has been said so far, as one turn of the engine does.
    func serve(at boot: Span = .seconds(100)) -> [CommandSocket.Arrival] {
        var poller = Poller()
        door.watch(in: &poller)
        return door.serve(poller.wait(.milliseconds(0)), at: Visitor.wall(boot))
    }

    /// How many connections of some accounts are there.
    func places(of uids: [UInt32]) -> Int {
        door.connections.count { uids.contains($0.peer.uid) && !$0.isEnding }
    }
}
