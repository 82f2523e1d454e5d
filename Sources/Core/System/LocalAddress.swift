/// Where a Unix socket is: a path, or a name without a file.

import Glibc

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
