/// Why a folder cannot serve as a home, and the command that mends it.

/// A home that cannot be opened.
public enum HomeError: Error, Sendable, Equatable {
    /// Neither an option nor the environment says where it is.
    case noneNamed
    /// What would name it is empty: an option or a variable.
    case emptyName(String)
    /// What would name it is a hyphen: elsewhere that is standard input.
    case hyphen(String)
    /// A path that is no UTF-8: JSON could not name it.
    case notText(String)
    case missing(path: String)
    case notAFolder(path: String)
    case symbolicLink(path: String, target: String?)
    case cannotCreate(path: String, SystemFailure)
    case cannotOpen(path: String, SystemFailure)
    /// The path or one of its files belongs to another user.
    case wrongOwner(path: String, owner: UInt32, wanted: UInt32)
    /// Others may write where they must not, or read what they must not.
    case unsafeMode(path: String, mode: UInt32, wanted: UInt32)
    case unsafeParent(path: String, mode: UInt32)
    /// Not a plain file where one is expected, or no socket where that may be one.
    case notAFile(path: String, isOfSocket: Bool = false)
    case networkFileSystem(path: String, kind: String)
    /// Files that an engine left stand without their database.
    case databaseGone(path: String, left: [String], founding: Bool)

    /// Stable word for scripts. **Source** <doc:CommandLine#Errors>.
    public var code: String {
        switch self {
        case .noneNamed, .missing: "no_home"
        case .emptyName, .hyphen, .notText: "usage"
        case .notAFolder, .symbolicLink, .notAFile: "home_not_plain"
        case .cannotCreate, .cannotOpen: "home_unusable"
        case .wrongOwner: "home_wrong_owner"
        case .unsafeMode, .unsafeParent: "home_unsafe_mode"
        case .networkFileSystem: "home_on_network"
        case .databaseGone: "database_gone"
        }
    }

    /// The exit status of a command that ends with this error.
    /// **Source** <doc:CommandLine#Exit-statuses>.
    public var exitStatus: Int32 {
        switch self {
        case .emptyName, .hyphen, .notText: 2
        case .missing: 4
        case .wrongOwner: 3
        case .databaseGone, .notAFile: 7
        case .cannotCreate(_, let failure), .cannotOpen(_, let failure):
            failure.forbidsWriting ? 7 : 1
        default: 1
        }
    }

    /// What is wrong.
    public var headline: String {
        switch self {
        case .noneNamed: "no home: neither --home, $PLUTARC_HOME nor $HOME names a folder"
        case .emptyName(let source): "\(source) is empty"
        case .hyphen(let source): "\(source): \"-\" is no folder"
        case .notText(let what): "\(what) is not UTF-8 text"
        case .missing(let path): "there is no home at \(path)"
        case .notAFolder(let path): "\(path) is not a folder"
        case .symbolicLink(let path, _): "\(path) is a symbolic link, and a home must not be one"
        case .cannotCreate(let path, let failure): "cannot create \(path): \(failure.reason)"
        case .cannotOpen(let path, let failure): "cannot open \(path): \(failure.reason)"
        case .wrongOwner(let path, let owner, let wanted):
            "\(path) belongs to user \(owner), and this is user \(wanted)"
        case .unsafeMode(let path, let mode, _):
            "\(path) has mode \(octal(mode)): other users could read or change it"
        case .unsafeParent(let path, let mode):
            "\(path) has mode \(octal(mode)): other users could replace the home in it"
        case .notAFile(let path, let isOfSocket):
            "\(path) is not a \(isOfSocket ? "socket" : "plain file")"
        case .networkFileSystem(let path, let kind):
            "\(path) is on a network file system (\(kind)), where SQLite cannot keep it whole"
        case .databaseGone(let path, let left, _):
            "the database of this home is gone: no \(path)/plutarc.db, and of it "
                + left.joined(separator: ", ")
        }
    }

    /// What to do now; a command where there is one.
    public var remedy: String {
        switch self {
        case .noneNamed: "name one: plutarc --home DIR"
        case .emptyName: "Name a folder, or leave it out."
        case .hyphen: "Name a folder; ./- is one of that name."
        case .notText: "name a folder whose whole path is UTF-8: plutarc --home /DIR"
        case .missing(let path): "create it: plutarc init --home \(shellQuoted(path))"
        case .notAFolder(let path):
            "move it away: mv \(shellQuoted(path)) \(shellQuoted(path + ".old"))"
        case .symbolicLink(_, let target):
            target.map { "name the folder itself: plutarc --home \(shellQuoted($0))" }
                ?? "name the folder itself"
        case .cannotCreate: "choose a folder that you may write: plutarc --home DIR"
        case .cannotOpen(let path, _): "look at its owner and mode: ls -ld \(shellQuoted(path))"
        case .wrongOwner(let path, let owner, let wanted):
            "chown \(wanted) \(shellQuoted(path)), or run plutarc as user \(owner)"
        case .unsafeMode(let path, _, let wanted): "chmod \(octal(wanted)) \(shellQuoted(path))"
        case .unsafeParent(let path, _): "chmod o-w \(shellQuoted(path))"
        case .notAFile(let path, _):
            "look at what it is, then move it away: ls -l \(shellQuoted(path))"
        case .databaseGone(_, _, founding: false):
            "put it back, with its plutarc.db-wal where there is one; a new one knows no position"
        case .databaseGone(let path, let left, founding: true):
            "put the database back; or, to give up all that it knew: rm "
                + left.map { shellQuoted("\(path)/\($0)") }.joined(separator: " ")
        case .networkFileSystem: "choose a folder on a local disk: plutarc --home DIR"
        }
    }

    private func octal(_ mode: UInt32) -> String { String(mode & 0o7777, radix: 8) }
}
