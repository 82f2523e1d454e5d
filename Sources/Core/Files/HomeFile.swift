/// A text file of a home that people edit: read whole, as UTF-8, never through a link.
import Glibc

enum HomeFile {
    /// Nil when there is no such file.
    /// - Throws: ``FileError`` with `remedy` when it is there and cannot be read.
    static func read(_ path: String, remedy: String) throws(FileError) -> String? {
        func unreadable(_ why: String) -> FileError {
            FileError(file: path, problem: "cannot be read: \(why)", remedy: remedy)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unreadable(String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
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
}
