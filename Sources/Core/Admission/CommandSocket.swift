/// The engine's door: a Unix socket whose visitors the kernel names.

import CLinux
import Glibc
import Store

/// Accepts connections, reads messages and sends answers, all within bounds and without waiting.
/// **Source** <doc:SafetyRules#Who-is-who>, <doc:SafetyRules#Bounds-of-the-socket>.
public final class CommandSocket {
    /// A message that arrived, from a connection that has been greeted, or its greeting.
    struct Arrival: Equatable {
        var connection: ConnectionID
        var peer: Peer
        var message: JSON
        /// Comes before the others: stops losses, and its sender may do that.
        /// **Source** <doc:SafetyRules#Pauses-and-closes-first>.
        var isUrgent: Bool
        /// The reserve of the kill lane let it pass, not the limit of all commands.
        var isSpared = false

        var reply: ReplyID {
            ReplyID(connection: connection, request: message["id"]?.integer ?? 0)
        }
    }

    /// Who is who. Whoever knows the members says so, and again when they change.
    public var admission: Admission
    /// Switched off by tests of the tests.
    var disarmed: Switches<DoorSafeguard> = []
    private(set) var listener: Int32
    /// What its name led to when it was bound.
    private var bound: FileIdentity
    /// Given up for a moment when descriptors run out, so that a visitor can be sent away.
    var spare: Int32
    /// In the order of their ids.
    var connections: [SocketConnection] = []
    var lastID: UInt64 = 0
    var visits = VisitLimits()
    private let home: Home
    private var isOpen = true

    private init(home: Home, listener: Int32, admission: Admission?) {
        self.home = home
        self.listener = listener
        bound = FileIdentity(.socket, of: home)
        self.admission = admission ?? Admission(ownerOf: home)
        spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
    }

    deinit { close() }

    /// Opens the socket of a home. The caller holds the lease, so an old socket is a leftover.
    /// - Throws: ``ConnectionError/system(_:)``
    public static func listen(
        in home: Home, admission: Admission? = nil
    ) throws(ConnectionError) -> CommandSocket {
        _ = Doorway.clear(in: home)
        return CommandSocket(home: home, listener: try bound(in: home), admission: admission)
    }

    /// Looks by name whether consoles still find this socket; if it was removed, renamed or
    /// replaced, binds a new one. Those who are connected stay, those who wait to be let in are.
    /// - Returns: the name under which something was put aside that stood in the way.
    /// - Throws: ``ConnectionError/system(_:)`` when something else has the name and keeps it.
    @discardableResult
    func keepName(at wall: WallClock) throws(ConnectionError) -> String? {
        guard isOpen, bound != FileIdentity(.socket, of: home), !disarmed.contains(.nameIsKept)
        else { return nil }
        let aside = disarmed.contains(.wayIsCleared) ? nil : Doorway.clear(in: home)
        let fresh = try Self.bound(in: home)
        lockDoor()
        if !disarmed.contains(.queueIsHeard) { acceptAll(at: wall) }
        Glibc.close(listener)
        listener = fresh
        bound = FileIdentity(.socket, of: home)
        return aside
    }

    private static func bound(in home: Home) throws(ConnectionError) -> Int32 {
        guard let address = LocalAddress(home.socketAddress) else {
            throw .system(SystemFailure("bind", code: ENAMETOOLONG))
        }
        let listener = linux_seqpacket_socket()
        guard listener >= 0 else { throw .system(.latest("socket")) }
        unlinkat(home.descriptor, Home.File.socket.rawValue, 0)
        // The mode is set before the name appears: there is no moment in which others may connect.
        fchmod(listener, mode_t(home.socketMode))
        let bound = address.pass { bind(listener, $0, $1) }
        guard bound == 0, Glibc.listen(listener, Int32(visitorsPerTurn)) == 0 else {
            let failure = SystemFailure.latest(bound == 0 ? "listen" : "bind")
            Glibc.close(listener)
            throw .system(failure)
        }
        // The umask may have taken the group's right away again.
        fchmodat(home.descriptor, Home.File.socket.rawValue, mode_t(home.socketMode), 0)
        return listener
    }

    /// How many clients are connected.
    public var count: Int { connections.count }

    /// Closes everything and removes the socket from the home. Whoever is connected and whoever
    /// still waits to be let in hears why: what it has asked for and not been answered was not
    /// taken. Twice is the same as once.
    public func close(saying reason: WireError = .stopping) {
        guard isOpen else { return }
        isOpen = false
        unlinkat(home.descriptor, Home.File.socket.rawValue, 0)
        lockDoor()
        if !disarmed.contains(.queueIsHeard) { sendAway(reason) }
        Glibc.close(listener)
        if spare >= 0 { Glibc.close(spare) }
        for connection in connections { takeLeave(of: connection, reason) }
        connections = []
    }

    /// Nobody can join the queue of the listener any more; those who are in it can be let in.
    private func lockDoor() {
        if !disarmed.contains(.queueIsHeard) { shutdown(listener, Int32(SHUT_RD)) }
    }

    private func takeLeave(of connection: SocketConnection, _ reason: WireError) {
        if !connection.isEnding, !disarmed.contains(.leaveIsTaken) {
            connection.send(EngineMessage.refused(reason).json)
        }
        part(connection.socket)
    }

    /// Sends a document to one client; nothing happens when it has left.
    func send(_ message: JSON, to id: ConnectionID) { find(id)?.send(message) }

    /// Sends an answer to one request.
    func send(_ message: JSON, to reply: ReplyID) {
        send(message.answering(reply.request), to: reply.connection)
    }

    /// Notes that a client speaks our protocol.
    func greet(_ id: ConnectionID, bells: Bool) {
        find(id)?.isGreeted = true
        find(id)?.wantsBells = bells
    }

    func isGreeted(_ id: ConnectionID) -> Bool { find(id)?.isGreeted ?? false }

    /// Whether a client wants to hear of changes.
    func setBells(_ wanted: Bool, for id: ConnectionID) { find(id)?.wantsBells = wanted }

    /// Ends a connection once everything is sent to it.
    func end(_ id: ConnectionID, at wall: WallClock) { find(id)?.end(at: wall.boot) }

    /// Rings the doorbell of all who asked for it.
    func ring(_ sequence: Int64) { for connection in connections { connection.ring(sequence) } }

    /// Says something to every client in these processes.
    func tell(_ processes: Set<Int32>, _ message: JSON) {
        guard !processes.isEmpty else { return }
        for connection in connections where processes.contains(connection.peer.pid) {
            connection.send(message)
        }
    }

    /// Ends every connection of these processes.
    func cutOff(_ processes: Set<Int32>) {
        guard !processes.isEmpty else { return }
        for connection in connections where processes.contains(connection.peer.pid) {
            connection.giveUp()
        }
    }

    /// Whether some client still has to be sent something.
    var hasWaiting: Bool { connections.contains { $0.hasWaiting && !$0.isGone } }

    /// Puts the descriptors into a poller that has none of them.
    func watch(in poller: inout Poller) {
        poller.watch(listener, for: .readable)
        for connection in connections {
            poller.watch(connection.socket.descriptor, for: connection.interest)
        }
    }

    /// Serves the descriptors that are ready.
    /// - Returns: urgent messages first, else in the order of arrival.
    func serve(_ ready: [Poller.Readiness], at wall: WallClock) -> [Arrival] {
        var arrivals: [Arrival] = []
        let share = max(1, EngineProtocol.messagesPerTurn / max(1, ready.count))
        for readiness in ready where readiness.descriptor != listener {
            guard let connection = connections.first(where: {
                $0.socket.descriptor == readiness.descriptor
            }) else { continue }
            if readiness.isWritable { connection.flush() }
            if connection.isEnding {
                if readiness.isBroken { connection.giveUp() }
            } else if readiness.isReadable || readiness.isBroken {
                arrivals += read(connection, atMost: share, at: wall)
            }
        }
        if ready.contains(where: { $0.descriptor == listener }) { acceptAll(at: wall) }
        sweep(at: wall)
        return arrivals.filter(\.isUrgent) + arrivals.filter { !$0.isUrgent }
    }

    /// Closes the connections that are over, and those that never greeted.
    func sweep(at wall: WallClock) {
        for connection in connections where isLate(connection, at: wall.boot) {
            dismiss(connection, .lateGreeting, at: wall)
        }
        let over = connections.filter { $0.isOver(at: wall.boot) }
        for connection in over { part(connection.socket) }
        connections.removeAll { one in over.contains { $0 === one } }
        visits.forgetTheQuiet(at: wall.boot)
    }

    /// How long until somebody will not have greeted in time; nil when all have.
    func patience(at wall: WallClock) -> Span? {
        let waiting = connections.filter { !$0.hasSaidHello && !$0.isEnding }
        return waiting.map { $0.cameAt + EngineProtocol.greetingLimit - wall.boot }.min()
    }

    private func isLate(_ connection: SocketConnection, at boot: Span) -> Bool {
        !connection.hasSaidHello && !connection.isEnding && !disarmed.contains(.greetingInTime)
            && boot - connection.cameAt >= EngineProtocol.greetingLimit
    }

    func part(_ socket: PacketSocket) {
        if disarmed.contains(.lastWordArrives) {
            Glibc.close(socket.descriptor)
        } else {
            socket.part()
        }
    }

    func find(_ id: ConnectionID) -> SocketConnection? { connections.first { $0.id == id } }
}
