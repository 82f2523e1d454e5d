/// Whole small text files, read with a bound.
import Glibc

public enum TextFile {
    /// Files that people write are small; a larger one is a mistake.
    public static let limit = 1 << 20

    /// - Throws: ``FileError`` for a file that is missing, too large, or not UTF-8.
    public static func read(_ path: String) throws(FileError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(
                file: path, problem: String(cString: strerror(errno)),
                remedy: "Name a file that exists and that you may read.")
        }
        defer { close(descriptor) }
        let bytes = try contents(of: descriptor, path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError(
                file: path, problem: "is not UTF-8 text", remedy: "Save the file as UTF-8.")
        }
        return text
    }

    private static func contents(
        of descriptor: Int32, _ path: String
    ) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                throw FileError(
                    file: path, problem: String(cString: strerror(errno)),
                    remedy: "Name a regular file.")
            }
            bytes += block[..<count]
            guard bytes.count <= limit else {
                throw FileError(
                    file: path, problem: "is larger than 1 MiB",
                    remedy: "Name the right file; these files are small.")
            }
        }
    }
}
