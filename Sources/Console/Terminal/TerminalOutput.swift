/// What is on its way to the terminal: written as fast as it is taken, never waited for.
import Core
import Glibc
import Store

/// A terminal that takes nothing (a stalled line) would hold a write(2) for ever, and with it the
/// signals that ask for the end.
final class TerminalOutput {
    /// A description of our own, so that only our writes do not wait; standard output itself where
    /// the terminal cannot be opened again.
    let descriptor: Int32
    private let isOwn: Bool
    private var waiting: [UInt8] = []
    private var written = 0

    /// So much is written at once to a terminal that could make us wait.
    private static let safe = 128

    init(of terminal: Int32) {
        let flags = O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
        let opened = open("/proc/self/fd/\(terminal)", flags)
        isOwn = opened >= 0
        descriptor = isOwn ? opened : terminal
    }

    /// Something was not taken yet.
    var isBusy: Bool { written < waiting.count }

    func append(_ bytes: some Sequence<UInt8>) { waiting += bytes }

    /// Writes what the terminal takes now.
    func write() {
        while isBusy {
            if !isOwn, !isReady(within: .seconds(0)) { return }
            let end = isOwn ? waiting.count : min(waiting.count, written + Self.safe)
            let count = waiting[written..<end].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            // A terminal that is gone takes no more; reading tells so.
            if count <= 0 { break }
            written += count
        }
        waiting.removeAll(keepingCapacity: true)
        written = 0
    }

    /// Writes all if the terminal takes it in time. What it had not taken then is thrown away, here
    /// and in the kernel, so that there is room for what restores it.
    func finish(within limit: Span) {
        let end = WallClock.read().monotonic + limit
        write()
        while isBusy, WallClock.read().monotonic < end {
            if isReady(within: .milliseconds(20)) { write() }
        }
        if isBusy { discard() }
    }

    private func discard() {
        tcflush(descriptor, TCOFLUSH)
        waiting.removeAll()
        written = 0
    }

    private func isReady(within limit: Span) -> Bool {
        Poller.wait(on: descriptor, for: .writable, limit) != nil
    }

    deinit { if isOwn { close(descriptor) } }
}
