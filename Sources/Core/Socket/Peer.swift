/// Who speaks on a connection, as the kernel says, and where an answer goes.

import CLinux
import Glibc

/// The process at the other end of a socket when it connected.
/// **Source** <doc:SafetyRules#Who-is-who>.
public struct Peer: Sendable, Equatable {
    public var uid: UInt32
    public var pid: Int32
    public var gid: UInt32

    public init(uid: UInt32, pid: Int32, gid: UInt32) {
        self.uid = uid
        self.pid = pid
        self.gid = gid
    }

    /// Asks the kernel; nil when it cannot tell.
    static func of(_ descriptor: Int32) -> Peer? {
        var facts = linux_peer()
        guard linux_peer_credentials(descriptor, &facts) == 0 else { return nil }
        return Peer(uid: facts.uid, pid: facts.pid, gid: facts.gid)
    }
}

/// One connection to the engine. Numbers are never used again while the engine runs.
public struct ConnectionID: Sendable, Hashable, Comparable {
    public var number: UInt64
    public init(number: UInt64) { self.number = number }
    public static func < (left: ConnectionID, right: ConnectionID) -> Bool {
        left.number < right.number
    }
}

/// Where the answer to one request goes.
public struct ReplyID: Sendable, Hashable {
    public var connection: ConnectionID
    /// Chosen by the client; comes back with every answer to this request.
    public var request: Int64

    public init(connection: ConnectionID, request: Int64) {
        self.connection = connection
        self.request = request
    }
}
