/// Room on the disk that is kept back, so that closes can be journaled when it is full.

import CLinux
import Glibc
import Store

/// The ballast file of a home, and how much is free around it.
/// **Source** <doc:SafetyRules#A-disk-that-fills-up>.
public struct DiskReserve {
    /// What a disk has, and what of it is still free.
    public struct Room: Sendable, Equatable {
        public var total: Int64
        public var free: Int64
        public var sizes: Sizes { Sizes(disk: total) }

        public init(total: Int64, free: Int64) {
            self.total = total
            self.free = free
        }
    }

    /// Bytes by which the reserve is judged; a small disk has small ones.
    public struct Sizes: Sendable, Equatable {
        /// Kept back in all.
        public let ballast: Int64
        /// Given up, or taken back, at a time: more than one commit needs.
        public let step: Int64
        /// Below this many free bytes no position is opened any more.
        public let floor: Int64
        /// From this many on positions are opened again.
        public let clear: Int64

        public init(disk total: Int64) {
            ballast = min(64 << 20, total / 8)
            step = max(ballast / 16, min(ballast, 256 << 10))
            floor = min(512 << 20, total / 4)
            clear = floor + floor / 8
        }
    }

    private let home: Home

    public init(home: Home) { self.home = home }

    /// Nil when the kernel cannot tell.
    public var room: Room? {
        var room = Room(total: 0, free: 0)
        return linux_disk_room(home.descriptor, &room.total, &room.free) == 0 ? room : nil
    }

    /// Bytes of the ballast that are there.
    public var held: Int64 {
        var facts = stat()
        guard fstatat(home.descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { return 0 }
        return facts.st_mode & S_IFMT == S_IFREG ? Int64(facts.st_size) : 0
    }

    /// Takes one step back from the free room; what is there already stays.
    /// - Throws: ``SystemFailure``, with nothing lost.
    public func grow(_ sizes: Sizes) throws(SystemFailure) {
        let held = self.held
        guard held < sizes.ballast else { return }
        let descriptor = try home.openFile(.ballast, O_WRONLY | O_CREAT)
        defer { close(descriptor) }
        // Blocks for real: a sparse file would keep nothing back.
        let code = posix_fallocate(
            descriptor, off_t(held), off_t(min(sizes.step, sizes.ballast - held)))
        guard code == 0 else {
            _ = ftruncate(descriptor, off_t(held))
            throw SystemFailure("posix_fallocate", code: code)
        }
    }

    /// Gives one step of room free, at once usable by whoever writes next.
    /// - Returns: false when none was left.
    @discardableResult
    public func shrink(_ sizes: Sizes) -> Bool { shrink(by: sizes.step) }

    private func shrink(by bytes: Int64) -> Bool {
        let held = self.held
        guard held > 0 else { return false }
        guard bytes > 0, held > bytes, let descriptor = try? home.openFile(.ballast, O_WRONLY)
        else { return release() }
        defer { close(descriptor) }
        return ftruncate(descriptor, off_t(held - bytes)) == 0
    }

    /// What a start needs for a small file: the index beside the log has 32 KiB.
    static let morsel: Int64 = 64 << 10
    /// How often a start gives that: another program may be quicker.
    public static let attempts = 8

    /// Gives no more free than a small file needs: whoever fills the disk takes the rest.
    /// - Returns: false when nothing was left.
    @discardableResult
    public func giveMorsel() -> Bool { shrink(by: Self.morsel) }

    /// Gives a step free where less than that is left.
    /// - Returns: whether some was given.
    @discardableResult
    public func makeRoom() -> Bool {
        guard let room, room.free < room.sizes.step else { return false }
        return shrink(room.sizes)
    }

    /// Gives steps free until the log of the database has blocks of its own for a commit: before
    /// every commit, for whoever else fills the disk takes what is free. First the log begins
    /// anew where it can, and each step serves that before it makes the log longer.
    /// - Returns: whether some was given.
    public func makeRoom(in database: Database, _ sizes: Sizes) -> Bool {
        var gave = false
        while true {
            switch database.takeLogRoom(sizes.step) {
            case .taken: return gave
            case .unknown: return makeRoom() || gave
            case .full:
                if database.beginLogAnew() { continue }
                guard shrink(sizes) else { return gave }
                gave = true
                _ = database.beginLogAnew()
            }
        }
    }

    /// Gives all of it free.
    /// - Returns: false where that is not allowed.
    @discardableResult
    public func release() -> Bool { unlinkat(home.descriptor, name, 0) == 0 }

    private var name: String { Home.File.ballast.rawValue }
}
