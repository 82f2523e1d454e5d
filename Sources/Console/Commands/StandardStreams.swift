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

    /// - Throws: when nobody reads any more, the disk is full, or there is no stdout.
    func write(result: String) throws(WriteFailure) {
        CrashGuard.documentBegins()
        let problem = Self.write(Array(result.utf8), to: STDOUT_FILENO)
        if problem != 0 { throw WriteFailure(number: problem) }
    }

    func endWithoutReader() {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
    }

    /// On the terminal, past stdout: that carries results.
    func ask(_ question: String) -> String? {
        guard isMessageTerminal, isatty(STDIN_FILENO) == 1 else { return nil }
        write(message: question)
        return readLine() ?? ""
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
