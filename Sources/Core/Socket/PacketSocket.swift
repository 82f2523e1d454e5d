/// Whole messages over a Unix socket: none is cut, joined or lost on the way.

import Glibc

/// A connected, non-blocking socket that keeps the bounds of messages. Does not own its descriptor.
struct PacketSocket {
    enum Sent: Equatable {
        case done
        /// The other side reads too slowly; try again when it is writable.
        case full
        case gone
    }

    enum Arrived: Equatable {
        case packet([UInt8])
        case tooLarge
        case nothing
        case gone
    }

    let descriptor: Int32

    func send(_ bytes: [UInt8]) -> Sent {
        while true {
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            if Glibc.send(descriptor, bytes, bytes.count, flags) >= 0 { return .done }
            switch errno {
            case EINTR: continue
            case EAGAIN, ENOBUFS: return .full
            default: return .gone
            }
        }
    }

    /// The next message.
    /// - Parameter limit: the longest in bytes; of a longer one nothing is kept.
    func receive(limit: Int = EngineProtocol.messageLimit) -> Arrived {
        var wasReset = false
        while true {
            var length = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                let flags = Int32(MSG_DONTWAIT) | Int32(MSG_TRUNC)
                length = recv(descriptor, buffer.baseAddress, limit, flags)
                count = min(max(length, 0), limit)
            }
            if length > limit { return .tooLarge }
            if length > 0 { return .packet(bytes) }
            // An empty message does not occur in the protocol: it is the end.
            if length == 0 { return .gone }
            if errno == EINTR { continue }
            // The other side left without having read all. What it said before is still there.
            if errno == ECONNRESET, !wasReset {
                wasReset = true
                continue
            }
            return errno == EAGAIN ? .nothing : .gone
        }
    }

    /// Closes the socket so that the other side can still read what was sent last: a message that
    /// we left unread would turn that into an error.
    func part() {
        shutdown(descriptor, Int32(SHUT_RD))
        unread: while true {
            switch receive(limit: 1) {
            case .packet, .tooLarge: continue
            case .nothing, .gone: break unread
            }
        }
        close(descriptor)
    }
}
