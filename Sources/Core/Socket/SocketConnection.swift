/// One client of the engine's socket: who it is, and what still has to be sent to it.

import Store

/// A connection as the engine sees it. A slow reader costs memory up to a bound, never time.
final class SocketConnection {
    let id: ConnectionID
    let peer: Peer
    let socket: PacketSocket
    let cameAt: Span
    /// When it last said anything; nil if it never did.
    var heardAt: Span?
    /// Whatever became of its greeting.
    var hasSaidHello = false
    /// Whether both sides speak the same protocol.
    var isGreeted = false
    var wantsBells = false
    /// Over, as soon as everything is sent.
    var isEnding: Bool { endingSince != nil }
    private var endingSince: Span?
    private(set) var isGone = false
    /// Messages that the kernel did not take yet, oldest first.
    private var outbox: [[UInt8]] = []
    private var outboxBytes = 0
    private var waitingBell: Int64?

    init(id: ConnectionID, peer: Peer, descriptor: Int32, at boot: Span) {
        self.id = id
        self.peer = peer
        cameAt = boot
        socket = PacketSocket(descriptor: descriptor)
    }

    var interest: Poller.Interest {
        var interest: Poller.Interest = isEnding ? [] : .readable
        if hasWaiting { interest.insert(.writable) }
        return interest
    }

    var hasWaiting: Bool { !outbox.isEmpty || waitingBell != nil }

    /// Sends, or keeps for later. Beyond the bound the reader is given up.
    func send(_ message: JSON) {
        guard !isGone else { return }
        for bytes in MessageParts.split(message) {
            outbox.append(bytes)
            outboxBytes += bytes.count
        }
        flush()
        if outboxBytes > EngineProtocol.outboxLimit { isGone = true }
    }

    /// Tells that something changed; a reader that lags gets the newest bell only.
    func ring(_ sequence: Int64) {
        guard wantsBells, !isGone else { return }
        waitingBell = sequence
        flush()
    }

    /// Sends what waits, as far as the kernel takes it.
    func flush() {
        var sent = 0
        sending: for bytes in outbox {
            switch socket.send(bytes) {
            case .done:
                sent += 1
                outboxBytes -= bytes.count
            case .full: break sending
            case .gone:
                isGone = true
                break sending
            }
        }
        outbox.removeFirst(sent)
        guard outbox.isEmpty, !isGone, let bell = waitingBell else { return }
        var bytes: [UInt8] = []
        EngineMessage.bell(bell).json.write(to: &bytes)
        switch socket.send(bytes) {
        case .done: waitingBell = nil
        case .full: return
        case .gone: isGone = true
        }
    }

    /// The other side hung up or broke.
    func giveUp() { isGone = true }

    /// Nothing more is read. Who does not take the last word within moments does not get it.
    func end(at boot: Span) { endingSince = endingSince ?? boot }

    /// Whether nothing more can or will be sent.
    func isOver(at boot: Span) -> Bool {
        guard !isGone, let endingSince else { return isGone }
        return outbox.isEmpty || boot - endingSince >= EngineProtocol.greetingLimit
    }
}
