/// The regions of a home: its own file, else what the program brings along.
import Glibc
import Store

extension ComputeCatalog {
    /// - Parameter home: the folder of the home.
    /// - Throws: ``FileError`` when the file is there and cannot be read or understood.
    public static func read(home: String) throws(FileError) -> ComputeCatalog {
        let path = "\(home)/\(fileName)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return .standard }
            throw unreadable(path, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        return try ComputeCatalog(parsing: try text(descriptor, path), file: path)
    }

    private static func text(_ descriptor: Int32, _ path: String) throws(FileError) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw unreadable(path, String(cString: strerror(errno)))
            }
            bytes += buffer[..<count]
            if bytes.count > 1 << 20 { throw unreadable(path, "it is longer than 1 MiB") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unreadable(path, "it is not UTF-8 text")
        }
        return text
    }

    private static func unreadable(_ path: String, _ why: String) -> FileError {
        FileError(
            file: path, problem: "cannot be read: \(why)",
            remedy: "Mend the file, or remove it to use the built-in regions.")
    }
}
