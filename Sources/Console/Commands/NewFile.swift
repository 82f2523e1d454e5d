/// A file that a command writes for a person: never over another one, never half.

import Glibc

enum NewFile {
    /// Writes a new file, readable by its owner only.
    /// - Throws: 5 when it exists already, 7 when the disk is full.
    static func create(
        _ path: String,
        _ body: ((String) throws(CommandFailure) -> Void) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
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
            isFull ? .dataUnusable : .failed, isFull ? "disk_full" : "write_failed",
            "\(path) could not be written: \(String(cString: strerror(problem)))",
            remedy: "Free some space or name another place; the unfinished file was removed.")
    }
}
