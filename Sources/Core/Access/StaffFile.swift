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

/// What such a file lists.
public struct StaffList: Sendable, Equatable {
    public internal(set) var accounts: [StaffAccount] = []
    /// Names that the system does not know.
    public internal(set) var unknown: [String] = []

    mutating func add(_ name: String, uid: Int64?, line: Int) {
        guard let uid else {
            if !unknown.contains(name) { unknown.append(name) }
            return
        }
        guard !accounts.contains(where: { $0.uid == uid }) else { return }
        accounts.append(StaffAccount(uid: uid, name: name, line: line))
    }
}

/// **Source** <doc:ProductRules#Staff>.
public enum StaffFile {
    public static let fileName = "staff"

    /// Nil where the home has no such file: the owner then acts for support as well.
    /// - Throws: ``FileError`` for a file that cannot be read or understood.
    public static func read(home: String) throws(FileError) -> StaffList? {
        let path = "\(home)/\(fileName)"
        let text = try HomeFile.read(path, remedy: "Mend the file, or remove it.")
        guard let text else { return nil }
        return try parse(text, file: path) { name in
            getpwnam(name).map { Int64($0.pointee.pw_uid) }
        }
    }

    /// `#` starts a comment; blank lines mean nothing. A name that the system does not know is
    /// nobody: an account may be removed while its name still stands here.
    static func parse(
        _ text: String, file: String, uid: (String) -> Int64?
    ) throws(FileError) -> StaffList {
        var list = StaffList()
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            guard words.count == 1 else {
                throw FileError(
                    file: file, line: index + 1, problem: "several words",
                    remedy: "Write one Unix account name a line.")
            }
            list.add(String(first), uid: uid(String(first)), line: index + 1)
        }
        return list
    }
}
