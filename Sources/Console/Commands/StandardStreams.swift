/// stdout and stderr of the process.

import Glibc

final class StandardStreams: OutputStreams {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isMessageTerminal = isatty(STDERR_FILENO) == 1

    var messageColumns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// - Throws: when nobody reads any more, or the disk is full.
    func write(result: String) throws(CommandFailure) {
        CrashGuard.documentBegins()
        let problem = Self.write(Array(result.utf8), to: STDOUT_FILENO)
        guard problem != 0 else { return }
        if problem == EPIPE {
            // Nobody reads any more: end as every filter does, by the signal.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
        }
        throw CommandFailure(
            problem == ENOSPC ? .dataUnusable : .failed, "output_failed",
            "the result could not be written: \(String(cString: strerror(problem)))",
            remedy: "Send stdout where it can be written, and run the command again.")
    }

    func write(message: String) { _ = Self.write(Array(message.utf8), to: STDERR_FILENO) }

    /// Writes everything, however often the system takes less. 0, or the error number.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent)
            }
            if count > 0 { sent += count; continue }
            if errno == EINTR { continue }
            if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&wait, 1, -1)
                continue
            }
            return errno
        }
        return 0
    }
}
