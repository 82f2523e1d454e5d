/// Coming in at the socket: the kernel names a visitor, and the shares say whether he may stay.

import CLinux
import Glibc
import Store

extension CommandSocket {
    /// As many may wait to be let in, so that all who wait are served in one turn.
    static let visitorsPerTurn = 256

    func acceptAll(at wall: WallClock) {
        // The kernel's queue holds one more than it was asked to.
        for _ in 0...Self.visitorsPerTurn {
            let descriptor = linux_accept(listener)
            if descriptor >= 0 {
                admit(descriptor, at: wall)
            } else if errno == EMFILE || errno == ENFILE {
                guard receiveWithoutRoom(at: wall) else { return }
            } else if errno != EINTR && errno != ECONNABORTED {
                return
            }
        }
    }

    private func admit(_ descriptor: Int32, at wall: WallClock) {
        guard let peer = Peer.of(descriptor) else {
            Glibc.close(descriptor)
            return
        }
        admit(descriptor, peer, at: wall)
    }

    /// The newest always gets in; a share that is full gives up another of its own.
    func admit(_ descriptor: Int32, _ peer: Peer, at wall: WallClock) {
        let present = connections.filter { !$0.isEnding && !$0.isGone }
        let guests = present.map { guest($0) }
        if let index = whoLeaves(for: peer.uid, guests) {
            dismiss(present[index], .tooManyConnections, at: wall)
        }
        lastID += 1
        connections.append(
            SocketConnection(
                id: ConnectionID(number: lastID), peer: peer, descriptor: descriptor,
                at: wall.boot))
    }

    private func guest(_ connection: SocketConnection) -> SocketShares.Guest {
        SocketShares.Guest(
            uid: connection.peer.uid, standing: admission.standing(of: connection.peer.uid),
            cameAt: connection.cameAt, heardAt: connection.heardAt)
    }

    private func whoLeaves(for uid: UInt32, _ guests: [SocketShares.Guest]) -> Int? {
        guard disarmed.contains(.shares) else {
            return SocketShares.whoLeaves(for: uid, admission.standing(of: uid), guests)
        }
        return guests.count < SocketShares.inAll ? nil : guests.count - 1
    }

    /// Tells a client why it must go, and lets it go.
    func dismiss(_ connection: SocketConnection, _ reason: WireError, at wall: WallClock) {
        connection.send(EngineMessage.refused(reason).json)
        connection.end(at: wall.boot)
    }

    /// No descriptor is left: without this the waiting visitor would keep the loop spinning. Who he
    /// is can be seen on the spare one; then somebody with less right leaves, or he is turned away.
    private func receiveWithoutRoom(at wall: WallClock) -> Bool {
        guard spare >= 0 else { return false }
        Glibc.close(spare)
        defer { spare = open("/dev/null", O_RDONLY | O_CLOEXEC) }
        let descriptor = linux_accept(listener)
        guard descriptor >= 0 else { return false }
        let socket = PacketSocket(descriptor: descriptor)
        guard let peer = Peer.of(descriptor), makeRoom(for: peer.uid) else {
            sayGoodbye(.crowded, to: socket)
            return true
        }
        admit(descriptor, peer, at: wall)
        return true
    }

    /// Gives up a connection at once, its descriptor with it.
    func makeRoom(for uid: UInt32) -> Bool {
        guard !disarmed.contains(.roomIsMade) else { return false }
        let present = connections.filter { !$0.isGone }
        guard let index = SocketShares.whoMakesRoom(
            for: admission.standing(of: uid), present.map { guest($0) })
        else { return false }
        let leaver = present[index]
        leaver.send(EngineMessage.refused(.crowded).json)
        connections.removeAll { $0 === leaver }
        part(leaver.socket)
        return true
    }

    /// Lets nobody in any more.
    func sendAway(_ reason: WireError) {
        for _ in 0...Self.visitorsPerTurn { guard sendAwayNext(reason) else { return } }
    }

    private func sendAwayNext(_ reason: WireError) -> Bool {
        let descriptor = linux_accept(listener)
        guard descriptor >= 0 else { return false }
        sayGoodbye(reason, to: PacketSocket(descriptor: descriptor))
        return true
    }

    private func sayGoodbye(_ reason: WireError, to socket: PacketSocket) {
        for bytes in MessageParts.split(EngineMessage.refused(reason).json) {
            _ = socket.send(bytes)
        }
        part(socket)
    }
}
