/// The folder of one workspace: its database, lease, socket and log, opened once and checked.

import CLinux
import Glibc

/// An open home. Its files are reached through the descriptor, so nobody can swap the folder.
public final class Home {
    public enum Use: Sendable, Equatable {
        /// Writes here: the folder must be its own.
        case engine
        /// Reads and sends commands; the folder may belong to a service account.
        case console
    }

    /// The files of a home.
    public enum File: String, CaseIterable, Sendable {
        case database = "plutarc.db"
        case databaseLog = "plutarc.db-wal"
        case databaseIndex = "plutarc.db-shm"
        /// A database that is being founded; nobody takes it for a home.
        case unfinished = "plutarc.db.unfinished"
        case lease = "engine.lease"
        case socket = "engine.sock"
        case log = "engine.log"
        case ballast = "engine.ballast"
    }

    /// Absolute.
    public let path: String
    /// The folder, for the `…at` calls; closed with this object.
    public let descriptor: Int32
    /// The user to whom the folder belongs.
    public let owner: UInt32
    /// Permission bits of the folder.
    public let mode: UInt32

    private init(path: String, descriptor: Int32, owner: UInt32, mode: UInt32) {
        self.path = path
        self.descriptor = descriptor
        self.owner = owner
        self.mode = mode
    }

    deinit { close(descriptor) }

    /// The account that alone may start an engine here; nil where it is ours.
    public var foreignOwner: UInt32? { owner == geteuid() ? nil : owner }

    /// Opens the home that the option or the environment names.
    /// - Parameter creating: makes the folder, 0700, when it is not there.
    public static func open(
        given: String?, for use: Use, creating: Bool = false
    ) throws(HomeError) -> Home {
        try open(path: try HomePath.resolve(given: given), for: use, creating: creating)
    }

    /// Opens and checks a home. **Source** <doc:SafetyRules#The-files-of-a-home>.
    /// - Throws: ``HomeError`` with the exact command that mends it.
    public static func open(
        path given: String, for use: Use, creating: Bool = false
    ) throws(HomeError) -> Home {
        let path = try HomePath.absolute(given)
        if creating { try createFolders(path) }
        let descriptor = try openFolder(path)
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            let failure = SystemFailure.latest("fstat")
            Glibc.close(descriptor)
            throw .cannotOpen(path: path, failure)
        }
        // From here on the object closes the descriptor, also when a check fails.
        let home = Home(
            path: path, descriptor: descriptor, owner: facts.st_uid, mode: facts.st_mode & 0o7777)
        try home.check(for: use)
        return home
    }

    /// An organisation's home: its group may read the files and speak to the socket.
    public var isShared: Bool { mode & 0o777 == 0o750 }
    /// Mode of a new file, 0600 or 0640.
    public var fileMode: UInt32 { isShared ? 0o640 : 0o600 }
    /// Mode of the socket, 0600 or 0660.
    public var socketMode: UInt32 { isShared ? 0o660 : 0o600 }

    /// The absolute path of a file; for SQLite and for messages.
    public func path(of file: File) -> String { path + "/" + file.rawValue }

    /// Whether a file is there. It is not opened: that could drop SQLite's locks.
    public func has(_ file: File) -> Bool {
        var facts = stat()
        return fstatat(descriptor, file.rawValue, &facts, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// A path of the socket that fits the 107 bytes of an address, also for deep homes.
    public var socketAddress: String {
        let plain = path(of: .socket)
        return plain.utf8.count <= LocalAddress.longest
            ? plain : "/proc/self/fd/\(descriptor)/\(File.socket.rawValue)"
    }

    /// Opens a plain file for this process only. Links are not followed, and nothing is waited
    /// for: a pipe or a device in its place is refused.
    func openFile(_ file: File, _ flags: Int32) throws(SystemFailure) -> Int32 {
        let careful = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        var facts = stat()
        // Even to open a device may do something to it.
        if fstatat(descriptor, file.rawValue, &facts, AT_SYMLINK_NOFOLLOW) == 0,
            facts.st_mode & S_IFMT != S_IFREG
        {
            throw .notPlain
        }
        let opened = openat(descriptor, file.rawValue, flags | careful, mode_t(fileMode))
        guard opened >= 0 else { throw .latest("openat") }
        guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw .notPlain
        }
        return opened
    }

    /// The same, made where it is not there; on a full disk the reserve gives way to it.
    func makeFile(_ file: File, _ flags: Int32) throws(SystemFailure) -> Int32 {
        for _ in 0..<DiskReserve.attempts {
            do throws(SystemFailure) { return try openFile(file, flags | O_CREAT) } catch {
                guard error.isDiskFull, DiskReserve(home: self).giveMorsel() else { throw error }
            }
        }
        return try openFile(file, flags | O_CREAT)
    }

    private func check(for use: Use) throws(HomeError) {
        var magic: Int64 = 0
        var available: Int64 = 0
        guard linux_file_system(descriptor, &magic, &available) == 0 else {
            throw .cannotOpen(path: path, .latest("fstatfs"))
        }
        if let kind = HomeChecks.networkKind(magic) {
            throw .networkFileSystem(path: path, kind: kind)
        }
        let user = geteuid()
        try HomeChecks.folder(
            HomeChecks.Entry(path: path, owner: owner, mode: mode), for: use, user: user)
        let above = path.split(separator: "/").dropLast().joined(separator: "/")
        if let parent = try HomeChecks.look(at: "..", in: descriptor, path: "/" + above) {
            try HomeChecks.parent(parent)
        }
        guard use == .engine else { return }
        for file in File.allCases {
            let place = path(of: file)
            if let entry = try HomeChecks.look(at: file.rawValue, in: descriptor, path: place) {
                try HomeChecks.file(
                    entry, user: user, isShared: isShared, mayBeSocket: file == .socket)
            }
        }
    }

    private static func openFolder(_ path: String) throws(HomeError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor < 0 else { return descriptor }
        let failure = SystemFailure.latest("open")
        var facts = stat()
        if lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK {
            throw .symbolicLink(path: path, target: HomePath.target(of: path))
        }
        switch failure.code {
        case ENOENT: throw .missing(path: path)
        case ENOTDIR: throw .notAFolder(path: path)
        default: throw .cannotOpen(path: path, failure)
        }
    }

    /// Makes each missing folder of the path, for this user only.
    private static func createFolders(_ path: String) throws(HomeError) {
        var built = ""
        for part in path.split(separator: "/") {
            built += "/" + part
            if mkdir(built, 0o700) != 0, errno != EEXIST {
                let failure = SystemFailure.latest("mkdir")
                // A folder on the way that exists may still answer "read only" or "permission".
                if access(built, F_OK) != 0 { throw .cannotCreate(path: built, failure) }
            }
        }
    }
}
