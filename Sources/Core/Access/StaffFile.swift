/// The Unix accounts that act as support staff of a home, one name a line in its file `staff`.
import Glibc

/// One account of the list.
public struct StaffAccount: Sendable, Equatable {
    public var uid: Int64
    public var name: String
    /// Where it stands in the file.
    public var line: Int

    public init(uid: Int64, name: String, line: Int) {
        self.uid = uid
        self.name = name
        self.line = line
    }
}

/// **Source** PRODUCT section 16: who is staff.
public enum StaffFile {
    public static let fileName = "staff"

    /// Nil where the home has no such file: the owner then acts for support as well.
    /// - Throws: ``FileError`` for an unreadable file, or a name that the system does not know.
    public static func read(home: String) throws(FileError) -> [StaffAccount]? {
        let path = "\(home)/\(fileName)"
        let text = try HomeFile.read(path, remedy: "Mend the file, or remove it.")
        guard let text else { return nil }
        return try parse(text, file: path) { name in
            getpwnam(name).map { Int64($0.pointee.pw_uid) }
        }
    }

    /// `#` starts a comment; blank lines mean nothing.
    static func parse(
        _ text: String, file: String, uid: (String) -> Int64?
    ) throws(FileError) -> [StaffAccount] {
        var accounts: [StaffAccount] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            let name = String(first)
            func wrong(_ problem: String) -> FileError {
                FileError(
                    file: file, line: index + 1, problem: problem,
                    remedy: "Write one Unix account name a line.")
            }
            guard words.count == 1 else { throw wrong("several words") }
            guard let uid = uid(name) else { throw wrong("there is no account \"\(cut(name))\"") }
            guard !accounts.contains(where: { $0.uid == uid }) else { continue }
            accounts.append(StaffAccount(uid: uid, name: name, line: index + 1))
        }
        return accounts
    }
}
