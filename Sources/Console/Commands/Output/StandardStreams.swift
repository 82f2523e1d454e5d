/// stdout and stderr of the process.

import Core
import Glibc

final class StandardStreams: OutputStreams {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let isMessageTerminal = isatty(STDERR_FILENO) == 1
    private let charset = TerminalCharset.ofLocale()
    /// A document for programs is in UTF-8 wherever it goes.
    private let isJSON: Bool

    init(isJSON: Bool = false) { self.isJSON = isJSON }

    var messageColumns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// - Throws: when nobody reads any more, the disk is full, or there is no stdout.
    func write(result: String) throws(WriteFailure) {
        CrashRestorer.documentBegins()
        let bytes = isTerminal && !isJSON ? charset.bytes(of: result) : Array(result.utf8)
        let problem = Self.write(bytes, to: STDOUT_FILENO)
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
        return charset == .locale ? answerInLocale() : readLine() ?? ""
    }

    private func answerInLocale() -> String {
        var decoder = TextDecoder.locale
        var answer = String.UnicodeScalarView()
        while case let byte = getchar(), byte >= 0, byte != 0x0A {
            if case .scalar(let scalar) = decoder.take(UInt8(truncatingIfNeeded: byte)) {
                answer.append(scalar)
            }
        }
        return String(answer)
    }

    func write(message: String) {
        let bytes = isMessageTerminal ? charset.bytes(of: message) : Array(message.utf8)
        _ = Self.write(bytes, to: STDERR_FILENO)
    }

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

/// What the terminal shows, as far as the locale tells. Files and pipes take UTF-8.
enum TerminalCharset: Sendable {
    case utf8
    /// Nothing is known but ASCII: other letters show as near ones or `?`, as in the console.
    case ascii
    /// Of the locale that is set.
    case locale

    /// A UTF-8 locale counts by its name: it may not be installed here.
    static func ofLocale() -> TerminalCharset {
        let detected = GlyphSet.detected { name in getenv(name).map { String(cString: $0) } }
        guard detected.isASCII, setlocale(LC_CTYPE, "") != nil else {
            return detected.isASCII ? .ascii : .utf8
        }
        switch nl_langinfo(nl_item(CODESET)).map({ String(cString: $0) }) ?? "" {
        case "UTF-8": return .utf8
        case "ANSI_X3.4-1968", "US-ASCII", "": return .ascii
        default: return .locale
        }
    }

    /// As many cells as the text has, in bytes that the terminal shows as its characters.
    func bytes(of text: String) -> [UInt8] {
        if self == .utf8 || text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        return text.unicodeScalars.flatMap { bytes(of: $0) }
    }

    private func bytes(of scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.isASCII { return [UInt8(truncatingIfNeeded: scalar.value)] }
        // Below are controls in every set of one byte.
        if self == .locale, scalar.value >= 0xA0 {
            var buffer = [CChar](repeating: 0, count: 16)
            let count = Int(wctomb(&buffer, wchar_t(scalar.value)))
            if count > 0 { return buffer.prefix(count).map { UInt8(bitPattern: $0) } }
        }
        return Array(ASCIIText.text(String(scalar)).utf8)
    }
}
