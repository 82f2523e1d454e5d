/// Where a request came from, for the audit: process, terminal, and the far end of its SSH line.

import Glibc

/// The kernel names process and terminal. The far end is what the terminal's login record says,
/// else what the process was started with.
struct PeerSession: Equatable {
    var pid: Int32
    /// `pts/3`; nil without a terminal.
    var terminal: String?
    /// An address; nil where nobody says.
    var origin: String?

    init(pid: Int32, terminal: String? = nil, origin: String? = nil) {
        self.pid = pid
        self.terminal = terminal
        self.origin = origin
    }

    init(_ peer: Peer) {
        pid = peer.pid
        terminal = ProcessIdentity.terminal(of: peer.pid).flatMap(Self.terminal)
        origin = terminal.flatMap(Self.loginHost) ?? Self.sshOrigin(of: peer.pid)
    }

    /// `pid 812, pts/3, from 203.0.113.5`.
    var words: String {
        (["pid \(pid)"] + [terminal, origin.map { "from \($0)" }].compactMap { $0 })
            .joined(separator: ", ")
    }

    /// The name of a terminal's device number, as `/proc/PID/stat` has it; nil for none.
    static func terminal(_ number: Int64) -> String? {
        guard number > 0 else { return nil }
        let major = (number >> 8) & 0xFFF
        let minor = (number & 0xFF) | ((number >> 12) & 0xFFF00)
        switch major {
        case 136...143: return "pts/\((major - 136) * 256 + minor)"
        case 4 where minor < 64: return "tty\(minor)"
        case 4: return "ttyS\(minor - 64)"
        default: return "tty \(major):\(minor)"
        }
    }

    /// The far end in `SSH_CONNECTION`: the first of its four words.
    static func origin(of connection: String) -> String? {
        guard let first = connection.split(separator: " ").first else { return nil }
        let address = String(first)
        let isAddress = address.utf8.allSatisfy { byte in
            let character = Character(Unicode.Scalar(byte))
            return character.isLetter || character.isNumber || ".:%-_".contains(character)
        }
        return isAddress && address.utf8.count <= 64 ? address : nil
    }

    /// Of a process of the same user; the kernel shows that of others to nobody else.
    private static func sshOrigin(of pid: Int32) -> String? {
        let name = Array("SSH_CONNECTION=".utf8)
        let entries = ProcessIdentity.bytes("/proc/\(pid)/environ", most: 256 << 10)
            .split(separator: 0)
        guard let entry = entries.first(where: { $0.starts(with: name) }) else { return nil }
        return origin(of: String(decoding: entry.dropFirst(name.count), as: UTF8.self))
    }

    /// The host of whoever is logged in on a terminal.
    private static func loginHost(_ terminal: String) -> String? {
        setutxent()
        defer { endutxent() }
        while let entry = getutxent() {
            guard Int32(entry.pointee.ut_type) == USER_PROCESS else { continue }
            let line = withUnsafeBytes(of: entry.pointee.ut_line) { Self.text($0) }
            guard line == terminal else { continue }
            return origin(of: withUnsafeBytes(of: entry.pointee.ut_host) { Self.text($0) })
        }
        return nil
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
