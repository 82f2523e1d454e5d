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

    /// What came of an edit.
    struct Edit {
        /// As it was saved; nil when there is a problem.
        var text: String?
        /// Names the editor first: `nosuch: not found`.
        var problem: String?
        /// That asked this program to end meanwhile.
        var signal: Int32?
    }

    func edit(_ text: String, hearing signals: SignalPipe? = nil) -> Edit {
        var bytes = Array(text.utf8)
        if bytes.last != 0x0A { bytes.append(0x0A) }
        guard let file = TemporaryFile(for: environment, holding: bytes) else {
            return Edit(problem: "no file for the editor could be made")
        }
        defer { file.remove() }
        let (problem, signal) = run(on: file.path, hearing: signals)
        if let problem { return Edit(problem: problem, signal: signal) }
        let saved = read(file.path)
        let words = "\(name): no UTF-8, or longer than \(Self.limit / 1024) KiB"
        return Edit(text: saved, problem: saved == nil ? words : nil, signal: signal)
    }

    /// Runs it on a file, on this terminal. The shell splits the words of `$EDITOR`; the path is
    /// an argument of its own.
    /// - Returns: what went wrong; nil when it ended well.
    func open(_ path: String) -> String? { run(on: path, hearing: nil).problem }

    private func run(
        on path: String, hearing signals: SignalPipe?
    ) -> (problem: String?, signal: Int32?) {
        let words = ["/bin/sh", "-c", "\(command) \"$1\"", "sh", path]
        guard var child = ForegroundChild(words) else { return ("/bin/sh: cannot be run", nil) }
        return (problem(of: child.wait(hearing: signals)), child.ending)
    }

    /// The word that the person has chosen, without its options.
    private var name: String { command.split(separator: " ").first.map(String.init) ?? command }

    /// - Parameter status: as waitpid(2) gives it; the shell says 127 where there is no program.
    private func problem(of status: Int32) -> String? {
        guard status != 0 else { return nil }
        guard status > 0, status & 0x7F == 0 else { return "\(name): did not end by itself" }
        switch status >> 8 & 0xFF {
        case 126: return "\(name): cannot be run"
        case 127: return "\(name): not found"
        case let code: return "\(name): ended with status \(code)"
        }
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
