/// A small file system of a test's own: to be filled up, or to be made read-only.

import Foundation

/// Mounted in memory, unmounted with this object. Nil where this user may not mount.
final class Tmpfs {
    let path: String

    init?(kilobytes: Int) {
        path = "/tmp/plutarc-tmpfs-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        mkdir(path, 0o700)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k,mode=700") == 0 else {
            rmdir(path)
            return nil
        }
        Leftovers.add(mount: path)
        Leftovers.add(folder: path)
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    /// Whether this user may mount at all; tests that need it are skipped visibly.
    static let isAllowed = Tmpfs(kilobytes: 64) != nil

    func makeReadOnly() -> Bool {
        mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "") == 0
    }

    func resize(kilobytes: Int) -> Bool {
        mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes)k") == 0
    }

    /// Takes what is free now. What somebody gives up meanwhile stays free: the program that gives
    /// up its reserve must find it.
    func fill() {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return }
        var left = Int(facts.f_bavail) * Int(facts.f_frsize)
        let descriptor = open(path + "/ballast", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 7, count: 4096)
        while left > 0, write(descriptor, block, block.count) > 0 { left -= block.count }
    }

    func empty() { unlink(path + "/ballast") }

    /// Bytes that nobody has.
    var free: Int {
        var facts = statvfs()
        return statvfs(path, &facts) == 0 ? Int(facts.f_bavail) * Int(facts.f_frsize) : 0
    }
}

/// Somebody who goes on writing for as long as there is room: first much, then 64 KiB at a time.
final class Filler: @unchecked Sendable {
    private let lock = NSLock()
    private var isOver = false
    private var count = 0

    init(_ disk: Tmpfs) {
        let place = disk.path + "/ballast"
        disk.fill()
        Thread.detachNewThread { [self] in
            let block = [UInt8](repeating: 7, count: 64 << 10)
            while goesOn() {
                let descriptor = open(place, O_WRONLY | O_CREAT | O_APPEND, 0o600)
                if descriptor >= 0 { _ = write(descriptor, block, block.count) }
                close(descriptor)
                usleep(20_000)
            }
        }
    }

    private func goesOn() -> Bool {
        lock.withLock {
            count += 1
            return !isOver
        }
    }

    var rounds: Int { lock.withLock { count } }

    func stop() { lock.withLock { isOver = true } }
}
