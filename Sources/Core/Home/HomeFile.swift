/// A text file of a home that people edit: read whole, as UTF-8, never through a link.
import Glibc

/// Such a file says who may do what, or what it costs: only the home's owner or root writes it.
enum HomeFile {
    /// What is asked of such a file, each with a switch that only a test of the tests throws.
    enum Care: CaseIterable, Sendable { case isPlain, hasOwner, isWrittenByOwner }

    /// Nil when there is no such file.
    /// - Throws: ``FileError`` with `remedy` when it is there and cannot be read, with the command
    ///   that mends it where others could have written it.
    static func read(
        _ path: String, remedy: String, without off: Switches<Care> = []
    ) throws(FileError) -> String? {
        func unreadable(_ why: String) -> FileError {
            FileError(file: path, problem: "cannot be read: \(why)", remedy: remedy)
        }
        // A pipe without a writer must not hold up an engine.
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let descriptor = open(path, flags)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unreadable(
                errno == ELOOP ? "it is a symbolic link" : String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            throw unreadable(String(cString: strerror(errno)))
        }
        try check(facts, path, off)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw unreadable(String(cString: strerror(errno)))
            }
            bytes += buffer[..<count]
            if bytes.count > 1 << 20 { throw unreadable("it is longer than 1 MiB") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unreadable("it is not UTF-8 text")
        }
        return text
    }

    private static func check(
        _ facts: stat, _ path: String, _ off: Switches<Care>
    ) throws(FileError) {
        var folder = stat()
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        guard stat("/" + parent, &folder) == 0 else {
            throw FileError(
                file: path, problem: "its folder cannot be looked at",
                remedy: "Look at it: ls -ld \(shellQuoted("/" + parent))")
        }
        try check(
            HomeChecks.Entry(path: path, owner: facts.st_uid, mode: facts.st_mode),
            owner: folder.st_uid, without: off)
    }

    /// - Parameter owner: of the home.
    static func check(
        _ entry: HomeChecks.Entry, owner: UInt32, without off: Switches<Care> = []
    ) throws(FileError) {
        let path = shellQuoted(entry.path)
        guard entry.kind == S_IFREG || off.contains(.isPlain) else {
            throw FileError(
                file: entry.path, problem: "is not a plain file",
                remedy: "Look at what it is, then move it away: ls -l \(path)")
        }
        guard entry.owner == owner || entry.owner == 0 || off.contains(.hasOwner) else {
            throw FileError(
                file: entry.path,
                problem: "belongs to user \(entry.owner), neither the owner of the home nor root",
                remedy: "Read it through, then: chown \(owner) \(path)")
        }
        guard entry.permissions & 0o022 == 0 || off.contains(.isWrittenByOwner) else {
            let mode = String(entry.permissions, radix: 8)
            let wanted = String(entry.permissions & ~0o022, radix: 8)
            throw FileError(
                file: entry.path, problem: "has mode \(mode): other users could have changed it",
                remedy: "Read it through, then: chmod \(wanted) \(path)")
        }
    }
}
