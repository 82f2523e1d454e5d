/// This program once more, doing a part of the work: its lines come back through a pipe.

import Glibc
import Store

/// Ends with its parent: a line that nobody reads ends it. Its complaints go where ours go.
public final class WorkerProcess {
    private let child: pid_t
    /// Readable when there are lines; -1 once the worker has closed its end.
    public private(set) var descriptor: Int32
    private var pending: [UInt8] = []

    /// Starts it with this process's folder, environment and standard error.
    /// - Parameters:
    ///   - arguments: the name of the program first.
    ///   - setting: added to the environment.
    public init(
        program: String = "/proc/self/exe", arguments: [String], setting: [String: String]
    ) throws(SystemFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .latest("pipe") }
        // One thread: no other process can start in between and inherit them.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        var process = ChildProcess(program: program, arguments: arguments, output: ends[1])
        process.setting = setting
        process.isApart = false
        do throws(SystemFailure) { child = try process.spawn() } catch {
            close(ends[0])
            throw error
        }
        descriptor = ends[0]
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Waits for at least one byte and returns the lines that are complete. Once the worker has
    /// closed its end, ``descriptor`` is -1 and an unfinished line is the last.
    public func lines() -> [String] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { return [] }
        if count > 0 {
            pending += buffer[..<count]
        } else {
            close(descriptor)
            descriptor = -1
            if !pending.isEmpty { pending.append(0x0A) }
        }
        var lines: [String] = []
        while let end = pending.firstIndex(of: 0x0A) {
            lines.append(String(decoding: pending[..<end], as: UTF8.self))
            pending.removeSubrange(...end)
        }
        return lines
    }

    /// Asks it to end.
    public func stop() { kill(child, SIGTERM) }

    /// Waits for its end.
    /// - Returns: its exit status; 128 plus the number of the signal that ended it.
    public func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Processors that this machine has switched on.
    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
