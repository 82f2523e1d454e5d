/// A process that cannot be mistaken for a later one with the same number.

import CLinux
import Glibc
import Store

/// Number and start time of a process on this boot of the machine.
public struct ProcessIdentity: Sendable, Equatable {
    public var pid: Int32
    /// Clock ticks from boot to the start of the process, field 22 of `/proc/PID/stat`.
    public var started: Int64

    public init(pid: Int32, started: Int64) {
        self.pid = pid
        self.started = started
    }

    /// This process.
    public static var current: ProcessIdentity {
        ProcessIdentity(pid: getpid(), started: startTime(of: getpid()) ?? 0)
    }

    /// A random name that the kernel gives to each boot; `unknown` when `/proc` is missing.
    public static var bootID: String {
        #if DEBUG
            return TestClock.current.bootID ?? kernelBootID
        #else
            return kernelBootID
        #endif
    }

    static let kernelBootID: String = {
        let text = readText("/proc/sys/kernel/random/boot_id") ?? ""
        let id = String(text.prefix { $0 != "\n" })
        return id.isEmpty ? "unknown" : id
    }()

    /// Whether that very process is there (a zombie counts).
    public var exists: Bool { Self.startTime(of: pid) == started }

    /// How an attempt to end a process came out.
    public enum End: Sendable, Equatable {
        case ended
        /// No such process any more, or another one has its number.
        case absent
        /// Belongs to another user.
        case notPermitted
        /// Still there after the wait.
        case remains
    }

    /// Sends a signal and waits for the exit, through a pidfd: what was checked is what is hit.
    /// - Parameter limit: how long to wait for the exit.
    /// **Source** <doc:SafetyRules#The-lease>.
    public func end(with signal: Int32, waiting limit: Span) -> End {
        let descriptor = linux_pidfd_open(pid)
        guard descriptor >= 0 else { return errno == EPERM ? .notPermitted : .absent }
        defer { close(descriptor) }
        // The pidfd pins the process; only now does its start time prove who it is.
        guard exists else { return .absent }
        guard linux_pidfd_send_signal(descriptor, signal) == 0 else {
            return errno == EPERM ? .notPermitted : .absent
        }
        let exited = Poller.wait(on: descriptor, for: .readable, limit) != nil
        return exited ? .ended : .remains
    }

    static func startTime(of pid: Int32) -> Int64? {
        let fields = fields(of: pid)
        return fields.count > 19 ? Int64(fields[19]) : nil
    }

    /// The device number of its terminal; 0 without one, nil when it is gone.
    static func terminal(of pid: Int32) -> Int64? {
        let fields = fields(of: pid)
        return fields.count > 4 ? Int64(fields[4]) : nil
    }

    /// What that very process has done so far: clock ticks on a processor and waiting for a disk,
    /// and page faults. Nil when it is gone.
    var work: Int64? {
        let fields = Self.fields(of: pid)
        guard fields.count > 39, Int64(fields[19]) == started else { return nil }
        return [9, 11, 12, 39].reduce(0) { $0 &+ (Int64(fields[$1]) ?? 0) }
    }

    /// `/proc/PID/stat` from field 3 on: before it comes the name, which may hold anything.
    private static func fields(of pid: Int32) -> [Substring] {
        guard let text = readText("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else {
            return []
        }
        return text[text.index(after: end)...].split(separator: " ")
    }

    static func readText(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// At most so many bytes of a file; none where it cannot be read.
    static func bytes(_ path: String, most: Int) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < most {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return bytes
    }
}
