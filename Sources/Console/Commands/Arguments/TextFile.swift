/// Text files that a command is given or asked to make.

import Glibc

enum TextFile {
    /// More than any template, limits file or ticket text needs.
    static let largest = 1 << 20

    /// The text of a file; `-` is stdin.
    /// - Throws: 2 when it cannot be read, is no UTF-8, or is longer than ``largest``.
    static func read(_ path: String) throws(CommandFailure) -> String {
        if path == "-" { return try text(of: STDIN_FILENO, "stdin") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw .usage(
                "\(path) cannot be read: \(String(cString: strerror(errno)))",
                remedy: "Check the path and who may read it.")
        }
        defer { close(descriptor) }
        return try text(of: descriptor, path)
    }

    /// Everything that stdin has.
    static func readStandardInput() throws(CommandFailure) -> String {
        try text(of: STDIN_FILENO, "stdin")
    }

    static var standardInputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    private static func text(
        of descriptor: Int32, _ name: String
    ) throws(CommandFailure) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= largest {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .usage(
                    "\(name) cannot be read: \(String(cString: strerror(errno)))",
                    remedy: "Name a file with text in it.")
            }
            bytes += buffer[..<count]
        }
        guard bytes.count <= largest else {
            throw .usage("\(name) is longer than 1 MiB", remedy: "Shorten it.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .usage(
                "\(name):\(firstBadLine(bytes)): is not UTF-8 text",
                remedy: "Save the file as UTF-8.")
        }
        return text
    }

    private static func firstBadLine(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let place = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (place ?? 0) + 1
    }

    /// Writes a new file, readable by its owner only.
    /// - Throws: 5 when it exists already, 1 when it cannot be written.
    static func create(
        _ path: String,
        _ body: ((String) throws(CommandFailure) -> Void) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        // Elsewhere it is stdin; a file of that name is nobody's wish.
        guard path != "-" else {
            throw .usage(
                "\"-\" is no file to write",
                remedy: "Name a file, as out.txt; ./- is one of that name.")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let problem = errno
            throw CommandFailure(
                problem == EEXIST ? .refused : .failed, "cannot_create",
                "\(path) cannot be created: \(String(cString: strerror(problem)))",
                remedy: "Name a file that is not there yet, in a folder that you may write.")
        }
        defer { close(descriptor) }
        do throws(CommandFailure) {
            try body { text throws(CommandFailure) in try write(text, descriptor, path) }
            guard fsync(descriptor) == 0 else { throw failure(path, errno) }
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func write(
        _ text: String, _ descriptor: Int32, _ path: String
    ) throws(CommandFailure) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            sent += count
        }
    }

    private static func failure(_ path: String, _ problem: Int32) -> CommandFailure {
        let isFull = problem == ENOSPC || problem == EDQUOT
        return CommandFailure(
            .failed, isFull ? "disk_full" : "write_failed",
            "\(path) could not be written: \(String(cString: strerror(problem)))",
            remedy: "Free some space or name another place; the unfinished file was removed.")
    }
}

extension CommandContext {
    /// Writes a new file; that it is there stays true when nobody can be told.
    func create(
        _ path: String,
        _ body: ((String) throws(CommandFailure) -> Void) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        try TextFile.create(path, body)
        output.stands("\(path) is written", remedy: "Look at it; it is whole.")
    }
}
