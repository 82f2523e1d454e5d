/// Editing a text in the person's own editor; the terminal has been given back before.
import Core
import Glibc

/// `$VISUAL`, else `$EDITOR`, on a file of mode 0600 that is removed afterwards. Where neither is
/// set nothing stands in: `vi` would be a shell for who may have none.
struct ExternalEditor {
    /// Bytes that are read back.
    static let limit = 64 * 1024

    private let command: String
    private let environment: (String) -> String?

    /// - Returns: nil when the person has chosen no editor.
    init?(environment: @escaping (String) -> String?) {
        guard let command = Self.chosen(environment) else { return nil }
        self.command = command
        self.environment = environment
    }

    /// What the person has chosen; nil when both variables are unset or empty.
    static func chosen(_ environment: (String) -> String?) -> String? {
        [environment("VISUAL"), environment("EDITOR")].compactMap { $0 }.first { !$0.isEmpty }
    }

    /// The text as it was saved; nil when the editor failed or the file cannot be read. And the
    /// signal that asked this program to end meanwhile.
    func edit(_ text: String, hearing signals: SignalPipe? = nil) -> (text: String?, signal: Int32?)
    {
        var bytes = Array(text.utf8)
        if bytes.last != 0x0A { bytes.append(0x0A) }
        guard let file = TemporaryFile(for: environment, holding: bytes) else { return (nil, nil) }
        defer { file.remove() }
        let (isWell, signal) = run(on: file.path, hearing: signals)
        return (isWell ? read(file.path) : nil, signal)
    }

    /// Runs it on a file, on this terminal. True when it ended well. The shell splits the words
    /// of `$EDITOR`; the path is an argument of its own.
    func open(_ path: String) -> Bool { run(on: path, hearing: nil).isWell }

    private func run(
        on path: String, hearing signals: SignalPipe?
    ) -> (isWell: Bool, signal: Int32?) {
        let words = ["/bin/sh", "-c", "\(command) \"$1\"", "sh", path]
        guard var child = ForegroundChild(words) else { return (false, nil) }
        let status = child.wait(hearing: signals)
        return (status == 0, child.ending)
    }

    /// All of it, or nothing: nil when it is longer than ``limit``, or no UTF-8.
    private func read(_ path: String) -> String? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= Self.limit {
            let count = Glibc.read(descriptor, &part, part.count)
            if count == 0 { break }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            bytes += part[..<count]
        }
        guard bytes.count <= Self.limit, var text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
