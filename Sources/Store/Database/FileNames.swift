/// What SQLite is told, and not told, of a file by its name.

import Glibc

enum FileNames {
    /// SQLite would play the journal of another program into the database before anybody has
    /// looked at either: ours are in WAL mode from their first table on.
    /// - Parameter path: as the caller named it, for messages.
    static func checkJournal(_ real: String, _ path: String) throws(StoreError) {
        if size(of: real + "-journal") > 0, size(of: real) > 0 {
            throw .strangeJournal(path: path + "-journal")
        }
    }

    /// The address by which SQLite opens a file as one that never changes.
    static func address(_ real: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.".utf8)
        let digits = Array("0123456789ABCDEF")
        let escaped = real.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return "file:\(escaped)?immutable=1"
    }

    /// Bytes of a file; 0 when it is not there. It is looked at by name only, never opened.
    static func size(of path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }
}
