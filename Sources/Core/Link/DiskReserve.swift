/// Room on the disk that is kept back, so that closes can be journaled when it is full.

import CLinux
import Glibc

/// The ballast file of a home, and how much is free around it. **Source** TRUST 3.7.
public struct DiskReserve {
    /// Bytes of the ballast.
    public static let size: Int64 = 64 * 1024 * 1024
    /// Below this many free bytes no position is opened any more.
    public static let entryFloor: Int64 = 512 * 1024 * 1024

    private let home: Home
    private let size: Int64

    public init(home: Home, size: Int64 = Self.size) {
        self.home = home
        self.size = size
    }

    /// Bytes that may still be written; nil when the kernel cannot tell.
    public var freeBytes: Int64? {
        var magic: Int64 = 0
        var bytes: Int64 = 0
        return linux_file_system(home.descriptor, &magic, &bytes) == 0 ? bytes : nil
    }

    /// Whether the ballast is there in full.
    public var isHeld: Bool {
        var facts = stat()
        return fstatat(home.descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
            && facts.st_size >= Int(size)
    }

    /// Puts the ballast down, when there is room for it beyond the floor.
    /// - Returns: whether it is there now.
    /// - Throws: ``SystemFailure``, with nothing left behind.
    @discardableResult
    public func hold() throws(SystemFailure) -> Bool {
        if isHeld { return true }
        guard let free = freeBytes, free > size + Self.entryFloor else { return false }
        let descriptor = try home.openFile(.ballast, O_WRONLY | O_CREAT)
        defer { close(descriptor) }
        // Blocks for real: a sparse file would keep nothing back.
        let code = posix_fallocate(descriptor, 0, off_t(size))
        guard code == 0 else {
            release()
            throw SystemFailure("posix_fallocate", code: code)
        }
        return true
    }

    /// Gives the room free.
    public func release() { unlinkat(home.descriptor, name, 0) }

    private var name: String { Home.File.ballast.rawValue }
}
