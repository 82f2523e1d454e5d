/// A database gets its name when it is whole: a founding that was killed leaves no home.

import Glibc
import Store

extension Home {
    /// Makes the folder ready for a founding: takes away what a killed one left. Only under the
    /// lease, before that enters an epoch of its own.
    /// - Throws: ``HomeError/databaseGone(path:left:founding:)``
    public func beginFounding() throws(HomeError) {
        forgetUnfinished()
        try expectNoRemains(founding: true)
        for ending in ["-wal", "-shm", "-journal"] {
            unlinkat(descriptor, File.database.rawValue + ending, 0)
        }
    }

    /// Gives the founded database its name. Only with no handle open, and its log emptied.
    public func finishFounding() throws(HomeError) {
        let unfinished = File.unfinished.rawValue
        guard bytes(of: unfinished + "-wal") == 0 else {
            throw .cannotCreate(path: path, SystemFailure("checkpoint", code: EBUSY))
        }
        try sync(unfinished)
        // The empty log and its index go along: on a disk that is only read nobody can make them.
        for ending in ["-wal", "-shm", ""] {
            let name = File.database.rawValue + ending
            guard renameat(descriptor, unfinished + ending, descriptor, name) == 0 else {
                throw .cannotCreate(path: "\(path)/\(name)", .latest("rename"))
            }
        }
        guard fsync(descriptor) == 0 else {
            throw .cannotCreate(path: path(of: .database), .latest("fsync"))
        }
    }

    /// Takes an unfinished database away. Only under the lease, and with no handle open.
    public func forgetUnfinished() {
        for ending in ["-wal", "-shm", "-journal", ""] {
            unlinkat(descriptor, File.unfinished.rawValue + ending, 0)
        }
    }

    private func sync(_ name: String) throws(HomeError) {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw .cannotCreate(path: "\(path)/\(name)", .latest("openat")) }
        defer { close(file) }
        guard fsync(file) == 0 else {
            throw .cannotCreate(path: "\(path)/\(name)", .latest("fsync"))
        }
    }
}
