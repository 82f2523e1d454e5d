/// Who reads a database just now, as the kernel's list of locks tells.

import CLinux
import Glibc

/// A process inside a read of a database: for as long as it stays there, the log cannot begin anew.
/// Or one inside a write: for as long, nobody else writes.
public struct LogReader: Sendable, Equatable {
    public var pid: Int32
    /// Its command line, safe to show and short.
    public var command: String

    /// The bytes of `-shm` that a reader locks, one for each state of the log that is being read.
    private static let slots: ClosedRange<Int64> = 123...127
    /// The byte that a writer locks.
    private static let writerSlot: ClosedRange<Int64> = 120...120
    private static let commandCells = 60

    /// All but this process.
    /// - Parameter shm: the path of `-shm`; it is looked at by name only.
    public static func all(of shm: String) -> [LogReader] { find(of: shm, "READ", slots) }

    /// Who writes, or could at once: all but this process.
    public static func writers(of shm: String) -> [LogReader] { find(of: shm, "WRITE", writerSlot) }

    private static func find(
        of shm: String, _ kind: String, _ slots: ClosedRange<Int64>
    ) -> [LogReader] {
        var facts = stat()
        guard stat(shm, &facts) == 0, let locks = text("/proc/locks") else { return [] }
        let device = (linux_major(UInt64(facts.st_dev)), linux_minor(UInt64(facts.st_dev)))
        let pids = pids(
            in: locks, device: device, inode: UInt64(facts.st_ino), kind: kind, slots: slots)
        return pids.filter { $0 != getpid() }.map { LogReader(pid: $0, command: command(of: $0)) }
    }

    /// From lines such as `1: POSIX  ADVISORY  READ 4711 08:01:1234 124 124`. A file of a layered
    /// file system is listed under another device than it is found on: then its number decides.
    static func pids(
        in locks: String, device: (major: UInt32, minor: UInt32), inode: UInt64,
        kind: String = "READ", slots: ClosedRange<Int64> = slots
    ) -> [Int32] {
        var exact: [Int32] = []
        var alike: [Int32] = []
        for line in locks.split(separator: "\n") {
            // Behind an arrow stands who waits for a lock.
            let words = line.split(separator: " ").drop { $0.hasSuffix(":") }
            guard words.count == 7, words.dropFirst(2).first.map(String.init) == kind else {
                continue
            }
            let rest = Array(words.dropFirst(3))
            let place = rest[1].split(separator: ":")
            guard let pid = Int32(rest[0]), pid > 0, place.count == 3,
                UInt64(place[2]) == inode, let first = Int64(rest[2]),
                let last = rest[3] == "EOF" ? Int64.max : Int64(rest[3]), first <= last,
                (first...last).overlaps(slots)
            else { continue }
            let isSame =
                UInt32(place[0], radix: 16) == device.major
                && UInt32(place[1], radix: 16) == device.minor
            if !alike.contains(pid) { alike.append(pid) }
            if isSame, !exact.contains(pid) { exact.append(pid) }
        }
        return exact.isEmpty ? alike : exact
    }

    private static func command(of pid: Int32) -> String {
        var words = (text("/proc/\(pid)/cmdline") ?? "").split(separator: "\0")
        if let program = words.first?.split(separator: "/").last { words[0] = program }
        let shown = Untrusted.display(words.joined(separator: " "), maxCells: commandCells)
        return shown.isEmpty ? "command unknown" : shown
    }

    private static func text(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 4 << 20 {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { break }
            bytes += part.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
