/// Text that comes through a pipe, or from a file that may be named `-`.

import Core
import Glibc

enum StandardInput {
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// The text of a file, or of stdin where its name is `-`.
    /// - Throws: 2 when it cannot be read, is no UTF-8, or is longer than 1 MiB.
    static func text(orFile path: String) throws(CommandFailure) -> String {
        if path == "-" { return try text() }
        do throws(FileError) { return try TextFile.read(path) } catch {
            throw CommandFailure(error)
        }
    }

    /// Everything that stdin has.
    /// - Throws: as ``text(orFile:)``.
    static func text() throws(CommandFailure) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= TextFile.limit {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .usage(
                    "stdin cannot be read: \(String(cString: strerror(errno)))",
                    remedy: "Send text through a pipe, or name a file.")
            }
            bytes += buffer[..<count]
        }
        guard bytes.count <= TextFile.limit else {
            throw .usage("stdin is longer than 1 MiB", remedy: "Shorten it.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .usage("stdin is not UTF-8 text", remedy: "Send UTF-8.")
        }
        return text
    }
}
