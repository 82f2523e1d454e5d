/// A system call that failed, and in which words people know the reason.

import Glibc

/// The name of a call and its `errno`.
public struct SystemFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// As in the manual: `openat`, `bind`.
    public var call: String
    public var code: Int32

    public init(_ call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// Takes `errno` as the call that has just failed left it.
    static func latest(_ call: String) -> SystemFailure { SystemFailure(call, code: errno) }

    /// A link, a folder, a pipe or a device where a plain file is expected: the kernel has no
    /// number for that.
    static let notPlain = SystemFailure("openat", code: -1)

    /// `Permission denied`, as the C library says it.
    public var reason: String {
        self == .notPlain ? "it is not a plain file" : String(cString: strerror(code))
    }
    public var description: String { "\(call): \(reason)" }
    /// A shell lets no file grow as far: what helps is another than with a full disk.
    var isFileLimit: Bool { code == EFBIG }
    static let largerFiles = "allow larger files: ulimit -f"
    /// A file that may not grow is like a disk without room.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
    /// Nothing can be written there, whoever tries: full, or mounted for reading only.
    public var forbidsWriting: Bool { isDiskFull || code == EROFS }
}

/// The value of an environment variable; nil when it is unset or empty.
func environmentValue(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}

/// A path as it can be pasted into a shell.
public func shellQuoted(_ text: String) -> String {
    var quoted = "'"
    for character in text { quoted += character == "'" ? "'\\''" : String(character) }
    return quoted + "'"
}
