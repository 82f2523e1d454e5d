/// Signals as bytes in a pipe, so that one poll(2) waits for keys, sockets and signals alike.
import Glibc

/// The write end, for the signal handler: set once before a handler is installed.
nonisolated(unsafe) private var signalPipeEnd: Int32 = -1

/// Only calls that are safe in a handler: write(2), with errno kept.
private func forwardSignal(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(signalPipeEnd, &byte, 1)
    errno = saved
}

/// The handlers stay installed until ``close()``; there is one pipe in a process.
final class SignalPipe {
    /// Signals that the loop treats as events. SIGTSTP comes from other processes; ^Z is a key.
    static let forwarded: [Int32] = [SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT, SIGWINCH]

    /// Readable when a signal has come; for poll(2).
    let descriptor: Int32
    private let writeEnd: Int32
    private let signals: [Int32]

    /// - Throws: ``TerminalError`` when the process has no descriptors left.
    init(_ signals: [Int32] = SignalPipe.forwarded) throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw TerminalError(
                headline: "no pipe for signals: \(String(cString: strerror(errno)))",
                remedy: "Raise the limit of open files (ulimit -n).")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        descriptor = ends[0]
        writeEnd = ends[1]
        self.signals = signals
        signalPipeEnd = writeEnd
        for number in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = forwardSignal
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }

    /// Whether the program was started with a signal ignored, which it should leave so.
    static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// The signals that have come since the last call, in order, each once.
    func received() -> [Int32] {
        var result: [Int32] = []
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return result }
            for byte in bytes.prefix(count) where !result.contains(Int32(byte)) {
                result.append(Int32(byte))
            }
        }
    }

    /// Stops the process as SIGTSTP would by default; returns when SIGCONT has come.
    static func stopProcess() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_DFL
        var old = sigaction()
        sigaction(SIGTSTP, &action, &old)
        kill(0, SIGTSTP)
        sigaction(SIGTSTP, &old, nil)
    }

    /// Gives the signals their default meaning back. May be called twice.
    func close() {
        guard signalPipeEnd == writeEnd else { return }
        for number in signals { signal(number, SIG_DFL) }
        signalPipeEnd = -1
        Glibc.close(writeEnd)
        Glibc.close(descriptor)
    }
}
