/// Which file a name of a home leads to just now.

import Glibc

/// Told by device and number, so that a file that took the name of another is known.
struct FileIdentity: Equatable {
    /// Zero when nothing has the name.
    private var device: UInt = 0
    private var inode: UInt = 0

    init(_ file: Home.File, of home: Home) {
        var facts = stat()
        guard fstatat(home.descriptor, file.rawValue, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            return
        }
        device = UInt(facts.st_dev)
        inode = UInt(facts.st_ino)
    }
}
