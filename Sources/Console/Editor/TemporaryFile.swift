/// A file of mode 0600 under a name of its own, for a program that is run on it.
import Glibc

/// Its maker removes it: it may hold what nobody else should read.
struct TemporaryFile {
    let path: String

    /// In the first folder that takes it: `$XDG_RUNTIME_DIR`, `$TMPDIR`, `/tmp`. Each may be
    /// missing, or another's after `su`.
    init?(for environment: (String) -> String?, holding bytes: [UInt8] = []) {
        let named = ["XDG_RUNTIME_DIR", "TMPDIR"].compactMap { environment($0) }
        for folder in named.filter({ $0.hasPrefix("/") }) + ["/tmp"] {
            guard let file = TemporaryFile(in: folder, holding: bytes) else { continue }
            self = file
            return
        }
        return nil
    }

    /// - Parameter bytes: what stands in it from the start.
    /// - Returns: nil when it cannot be made or written; `errno` says why.
    init?(in folder: String, holding bytes: [UInt8] = []) {
        let suffix = ".txt"
        let random = String(repeating: "X", count: 6)
        var template = Array("\(folder)/plutarc-\(random)\(suffix)".utf8CString)
        let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
        guard descriptor >= 0 else { return nil }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let written = write(descriptor, bytes, bytes.count)
        let problem = errno
        close(descriptor)
        guard written == bytes.count else {
            unlink(path)
            errno = problem
            return nil
        }
    }

    func remove() { unlink(path) }
}
