/// Whole messages over a Unix socket: none is cut, joined or lost on the way.

import CLinux
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
            return errno == EAGAIN ? .nothing : .gone
        }
    }
}

/// The address of a Unix socket.
struct LocalAddress {
    /// The longest path in bytes; the address has 108 with the closing zero.
    static let longest = 107

    private var storage = sockaddr_un()
    private let length: socklen_t

    /// Nil for a path that is too long. A path that begins with `@` is abstract, as systemd's.
    init?(_ path: String) {
        var bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.longest else { return nil }
        let isAbstract = bytes[0] == 0x40
        if isAbstract { bytes[0] = 0 }
        storage.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
        // An abstract name ends where the length says; a path ends with its zero.
        let used = MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1)
        length = socklen_t(used)
    }

    /// Hands the address to `bind`, `connect` or `sendto`.
    func pass<Result>(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, length) }
        }
    }
}
