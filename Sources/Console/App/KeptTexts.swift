/// Small texts that outlive the program: drafts, sort orders, the last view.
import Core
import Glibc
import Store

/// One JSON file a home in `$XDG_STATE_HOME/plutarc`, mode 0600, written within a second.
final class KeptTexts {
    private(set) var texts: [String: String] = [:]
    /// nil: nothing is kept, as without a home directory.
    private let path: String?
    private var isDirty = false
    private var dirtySince: Span?
    /// Why the newest texts are not on disk; nil while they are, or wait for their turn.
    private(set) var problem: String?

    /// - Parameter home: the path of the workspace's home; each has texts of its own.
    init(home: String, environment: (String) -> String?) {
        guard let folder = Self.folder(environment) else {
            path = nil
            return
        }
        path = "\(folder)/console-\(Self.digest(home)).json"
        load()
    }

    /// Keeps nothing: for tests and printed screens.
    init() { path = nil }

    /// How a view was left: its order, its filter. Drafts and what was read are none.
    static func isView(_ name: String) -> Bool {
        name.hasSuffix(".view") || name.hasSuffix(".filter")
    }

    func put(_ name: String, _ text: String?) {
        guard texts[name] != text else { return }
        texts[name] = text
        isDirty = true
    }

    /// Writes what changed, half a second after the first change at the latest, and tries again
    /// where that fails.
    /// - Returns: nil where there is nothing to tell; else whether all of it is on disk.
    func turn(_ now: Span) -> Bool? {
        guard isDirty else { return nil }
        guard let since = dirtySince else {
            dirtySince = now
            return nil
        }
        guard now - since >= .milliseconds(500) else { return nil }
        return flush()
    }

    /// Writes now: a new file beside the old one, then takes its place.
    @discardableResult
    func flush() -> Bool? {
        dirtySince = nil
        guard isDirty else { return nil }
        problem = write()
        isDirty = problem != nil
        return problem == nil
    }

    /// - Returns: why it could not.
    private func write() -> String? {
        guard let path else { return "no folder is known for it" }
        let members = texts.keys.sorted().map { JSON.Member($0, .string(texts[$0] ?? "")) }
        var bytes: [UInt8] = []
        JSON.object(members).write(to: &bytes)
        let fresh = "\(path).new"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(fresh, flags, 0o600)
        guard descriptor >= 0 else { return reason }
        var problem = Self.write(bytes, to: descriptor) && fsync(descriptor) == 0 ? nil : reason
        close(descriptor)
        if problem == nil, rename(fresh, path) != 0 { problem = reason }
        if problem != nil { unlink(fresh) }
        return problem
    }

    private var reason: String { "\(path ?? ""): \(String(cString: strerror(errno)))" }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    private func load() {
        guard let path, let bytes = Self.read(path),
            case .object(let members)? = try? JSON.parse(bytes)
        else { return }
        for member in members {
            if let text = member.value.text { texts[member.key] = text }
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 * 1024)
        // A draft is at most 64 KiB; a file of megabytes is not ours.
        while bytes.count < 4 << 20 {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count > 0 else { break }
            bytes += part.prefix(count)
        }
        return bytes
    }

    /// Made when it is not there, for this user alone.
    private static func folder(_ environment: (String) -> String?) -> String? {
        var base: String
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            base = state
        } else if let home = environment("HOME"), home.hasPrefix("/") {
            base = home
            for part in [".local", "state"] {
                base += "/\(part)"
                mkdir(base, 0o700)
            }
        } else {
            return nil
        }
        mkdir(base, 0o700)
        let folder = "\(base)/plutarc"
        mkdir(folder, 0o700)
        return folder
    }

    /// FNV-1a: a name for a file, not a secret.
    private static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
