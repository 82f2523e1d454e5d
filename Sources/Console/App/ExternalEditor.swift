/// Editing a text in the person's own editor; the terminal has been given back before.
import Core
import Glibc

/// `$VISUAL`, else `$EDITOR`, else `vi`, on a file of mode 0600 that is removed afterwards.
struct ExternalEditor {
    /// Bytes that are read back.
    static let limit = 64 * 1024

    private let command: String
    private let folder: String

    init(environment: (String) -> String?) {
        command = Self.chosen(environment) ?? "vi"
        folder = environment("XDG_RUNTIME_DIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    }

    /// What the person has chosen; nil when both variables are unset or empty.
    static func chosen(_ environment: (String) -> String?) -> String? {
        [environment("VISUAL"), environment("EDITOR")].compactMap { $0 }.first { !$0.isEmpty }
    }

    /// The text as it was saved; nil when the editor failed or the file cannot be read.
    func edit(_ text: String) -> String? {
        var bytes = Array(text.utf8)
        if bytes.last != 0x0A { bytes.append(0x0A) }
        guard let file = TemporaryFile(in: folder, holding: bytes) else { return nil }
        defer { file.remove() }
        return open(file.path) ? read(file.path) : nil
    }

    /// Runs it on a file, on this terminal. True when it ended well. The shell splits the words
    /// of `$EDITOR`; the path is an argument of its own.
    func open(_ path: String) -> Bool {
        let words = ["/bin/sh", "-c", "\(command) \"$1\"", "sh", path]
        let arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in SignalPipe.forwarded { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var child: pid_t = 0
        guard posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ) == 0 else {
            return false
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { if errno != EINTR { return false } }
        return status == 0
    }

    private func read(_ path: String) -> String? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        var text = String(decoding: bytes.prefix(count), as: UTF8.self)
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
