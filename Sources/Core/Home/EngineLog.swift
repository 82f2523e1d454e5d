/// The file into which a detached engine writes what would go to its terminal.

import Glibc

/// `engine.log` of a home: appended to, kept to two generations.
public enum EngineLog {
    /// Bytes after which the next start begins a new file; the old one stays as `engine.log.1`.
    static let turnOver: Int64 = 8 * 1024 * 1024

    /// Opens the log for appending.
    static func open(in home: Home) throws(SystemFailure) -> Int32 {
        let name = Home.File.log.rawValue
        var facts = stat()
        if fstatat(home.descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0,
            facts.st_size > Int(turnOver)
        {
            renameat(home.descriptor, name, home.descriptor, name + ".1")
        }
        return try home.makeFile(.log, O_WRONLY | O_APPEND)
    }

    /// A place in the log: what stands before it was written before.
    struct Mark: Equatable, Sendable {
        var inode: UInt64
        var size: Int64
    }

    /// The end of the log as it is now.
    static func mark(in home: Home) -> Mark {
        var facts = stat()
        guard fstatat(home.descriptor, Home.File.log.rawValue, &facts, AT_SYMLINK_NOFOLLOW) == 0
        else { return Mark(inode: 0, size: 0) }
        return Mark(inode: UInt64(facts.st_ino), size: Int64(facts.st_size))
    }

    /// The last lines of the log; empty when there is none.
    public static func tail(in home: Home, lines: Int = 5) -> [String] {
        tail(in: home, lines: lines, since: nil)
    }

    /// - Parameter mark: what was written before it is left out; of another file, nothing.
    static func tail(in home: Home, lines: Int = 5, since mark: Mark?) -> [String] {
        guard let descriptor = try? home.openFile(.log, O_RDONLY) else { return [] }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        var facts = stat()
        let isSame = mark != nil && fstat(descriptor, &facts) == 0
            && UInt64(facts.st_ino) == mark?.inode
        let start = max(isSame ? Int(mark?.size ?? 0) : 0, size - 8192)
        let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, start))
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(lines).map(String.init)
    }
}
