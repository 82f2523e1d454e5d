/// The rules that a folder must keep before an engine trusts it with money.

import Glibc

/// Checks over the facts that the kernel tells of a home.
/// **Source** <doc:SafetyRules#The-files-of-a-home>.
enum HomeChecks {
    /// Owner and mode of one entry.
    struct Entry: Equatable {
        var path: String
        var owner: UInt32
        /// With the kind of entry, as in `st_mode`.
        var mode: UInt32

        var kind: UInt32 { mode & S_IFMT }
        var permissions: UInt32 { mode & 0o7777 }
    }

    /// The folder itself. A reader may look into another user's home, but never into one that
    /// strangers can change.
    static func folder(
        _ entry: Entry, for use: Home.Use, user: UInt32
    ) throws(HomeError) {
        if use == .engine, entry.owner != user {
            throw .wrongOwner(path: entry.path, owner: entry.owner, wanted: user)
        }
        guard entry.permissions & 0o022 == 0 else {
            // Only a home that strangers cannot enter may be meant for a group.
            let wanted: UInt32 = entry.permissions & 0o057 == 0o050 ? 0o750 : 0o700
            throw .unsafeMode(path: entry.path, mode: entry.permissions, wanted: wanted)
        }
    }

    /// The folder above: with write permission for all, only the sticky bit keeps the home there.
    static func parent(_ entry: Entry) throws(HomeError) {
        if entry.permissions & 0o002 != 0, entry.permissions & 0o1000 == 0 {
            throw .unsafeParent(path: entry.path, mode: entry.permissions)
        }
    }

    /// A file that the engine keeps in the home.
    /// - Parameter mayBeSocket: of all files only the socket's name may belong to one.
    static func file(
        _ entry: Entry, user: UInt32, isShared: Bool, mayBeSocket: Bool = false
    ) throws(HomeError) {
        guard entry.kind == S_IFREG || (mayBeSocket && entry.kind == S_IFSOCK) else {
            throw .notAFile(path: entry.path, isOfSocket: mayBeSocket)
        }
        guard entry.owner == user else {
            throw .wrongOwner(path: entry.path, owner: entry.owner, wanted: user)
        }
        // The group of an organisation reads files, and writes to the socket in order to speak.
        let isSocket = entry.kind == S_IFSOCK
        let wanted: UInt32 = isShared ? (isSocket ? 0o660 : 0o640) : 0o600
        guard entry.permissions & 0o777 & ~(wanted | 0o700) == 0 else {
            throw .unsafeMode(path: entry.path, mode: entry.permissions, wanted: wanted)
        }
    }

    /// The name of a file system that is not a local disk; nil for a local one.
    /// - Parameter magic: the number that statfs(2) tells.
    static func networkKind(_ magic: Int64) -> String? {
        switch magic {
        case 0x6969: "NFS"
        case 0x517B, 0xFF53_4D42, 0xFE53_4D42: "SMB"
        case 0x6573_5546: "FUSE"
        case 0x0102_1997: "9P"
        case 0x00C3_6400: "Ceph"
        case 0x5346_414F, 0x6B41_4653: "AFS"
        case 0x7375_7245: "Coda"
        case 0x564C: "NCP"
        case 0x0BD0_0BD0: "Lustre"
        case 0x4750_4653: "GPFS"
        case 0x786F_4256: "VirtualBox shared folder"
        default: nil
        }
    }

    /// What the kernel says of an entry of a folder, links not followed; nil when it is absent.
    static func look(at name: String, in folder: Int32, path: String) throws(HomeError) -> Entry? {
        var facts = stat()
        guard fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .cannotOpen(path: path, .latest("fstatat"))
        }
        return Entry(path: path, owner: facts.st_uid, mode: facts.st_mode)
    }
}
