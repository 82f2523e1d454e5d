/// Hearing visitors: what is passed on, what is answered at the socket, and what is not even read.

import Store

extension CommandSocket {
    func read(_ connection: SocketConnection, atMost share: Int, at wall: WallClock) -> [Arrival] {
        var arrivals: [Arrival] = []
        for _ in 0..<share where !connection.isEnding {
            switch connection.socket.receive() {
            case .packet(let bytes):
                connection.heardAt = wall.boot
                if let arrival = judge(bytes, from: connection, at: wall) {
                    arrivals.append(arrival)
                }
            case .tooLarge:
                connection.heardAt = wall.boot
                guard isRead(connection, at: wall) else { return arrivals }
                connection.send(EngineMessage.refused(.tooLarge).json)
            case .nothing: return arrivals
            case .gone:
                connection.giveUp()
                return arrivals
            }
        }
        return arrivals
    }

    /// Lets a message pass, or answers it here.
    private func judge(
        _ bytes: [UInt8], from connection: SocketConnection, at wall: WallClock
    ) -> Arrival? {
        guard isRead(connection, at: wall) else { return nil }
        guard let message = try? JSON.parse(bytes), let kind = message["type"]?.text else {
            if isBearable(connection, at: wall) {
                connection.send(EngineMessage.refused(.garbled).json)
            }
            return nil
        }
        if kind == "command" { return command(message, from: connection, at: wall) }
        let isFirst = kind == "hello" && !connection.hasSaidHello
        if isFirst { connection.hasSaidHello = true }
        guard isFirst || isBearable(connection, at: wall) else { return nil }
        return Arrival(
            connection: connection.id, peer: connection.peer, message: message, isUrgent: false)
    }

    private func command(
        _ message: JSON, from connection: SocketConnection, at wall: WallClock
    ) -> Arrival? {
        let uid = connection.peer.uid
        let verb = message["verb"]?.text ?? ""
        let isUrgent = isUrgent(verb, uid)
        let isSpared = isUrgent && visits.allowsKillLane(of: uid, verb, at: wall.boot)
        guard isSpared || visits.allowsCommand(of: uid, at: wall.boot) else {
            let refusal = EngineMessage.refused(.tooFast).json
            connection.send(refusal.answering(message["id"]?.integer))
            return nil
        }
        return Arrival(
            connection: connection.id, peer: connection.peer, message: message,
            isUrgent: isUrgent, isSpared: isSpared)
    }

    /// Stops losses, and comes from somebody who may do that.
    private func isUrgent(_ verb: String, _ uid: UInt32) -> Bool {
        guard let right = KillLane.right(verb) else { return false }
        return disarmed.contains(.rightBeforeExemption) || admission.holds(right, uid)
    }

    /// A pause or a close that did nothing, refused or sent once more, is like any other command;
    /// whatever did nothing for many bots at once is like many.
    func count(_ answer: JSON, to arrival: Arrival, at wall: WallClock) {
        guard let verb = arrival.message["verb"]?.text else { return }
        let uid = arrival.peer.uid
        let didNothing = answer["type"]?.text == "refused" || answer["changed"]?.flag == false
        // What the usual limit let pass is paid for.
        if arrival.isSpared, didNothing, !disarmed.contains(.idleIsCounted) {
            visits.countIdle(of: uid, verb, at: wall.boot)
        }
        guard !disarmed.contains(.idleRowsAreCounted) else { return }
        let rows = answer["unchanged"]?.integer ?? 0
        visits.countIdleRows(
            rows, of: uid, lane: arrival.isSpared ? verb : nil, at: wall.boot)
    }

    /// Whether a message is worth the time that reading it takes; ends the connection if not.
    private func isRead(_ connection: SocketConnection, at wall: WallClock) -> Bool {
        let uid = connection.peer.uid
        let standing = admission.standing(of: uid)
        if disarmed.contains(.strangersAreCountedUnread) { return true }
        if visits.allowsMessage(of: uid, standing, at: wall.boot) { return true }
        dismiss(connection, .tooFast, at: wall)
        return false
    }

    /// Whether what is no command may go on; ends the connection if not.
    private func isBearable(_ connection: SocketConnection, at wall: WallClock) -> Bool {
        if visits.allowsChatter(of: connection.peer.uid, at: wall.boot) { return true }
        dismiss(connection, .tooFast, at: wall)
        return false
    }
}
