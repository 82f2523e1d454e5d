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

    /// The last lines of the log; empty when there is none.
    public static func tail(in home: Home, lines: Int = 5) -> [String] {
        guard let descriptor = try? home.openFile(.log, O_RDONLY) else { return [] }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        let start = max(0, size - 8192)
        let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, start))
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(lines).map(String.init)
    }
}
