/// Why the lease of a home cannot be had.

import Glibc
import Store

/// A lease that was not got, or that was lost.
public enum LeaseError: Error, Sendable, Equatable {
    /// An engine runs; nil when its entry cannot be read.
    case held(LeaseHolder?)
    /// An engine runs whose entry cannot be read; its socket names it.
    case heldBy(ProcessIdentity)
    /// The holder hangs and could not be ended; when it is foreign, this user may not.
    case hung(LeaseHolder, isForeign: Bool)
    /// The holder is gone, but something that it started still holds its lock.
    case orphaned(LeaseHolder, path: String)
    case unusable(path: String, SystemFailure)
    /// The lease file was removed or replaced under a running engine.
    case lost(path: String)

    /// Stable word for scripts. **Source** <doc:CommandLine#Errors>.
    public var code: String {
        switch self {
        case .held, .heldBy: "engine_running"
        case .hung: "engine_hung"
        case .orphaned: "lease_orphaned"
        case .unusable(_, let failure): failure.isDiskFull ? "disk_full" : "lease_unusable"
        case .lost: "lease_lost"
        }
    }

    /// Locked is 7. **Source** <doc:CommandLine#Exit-statuses>.
    public var exitStatus: Int32 { 7 }

    public var headline: String {
        switch self {
        case .held(let holder?): "an engine runs for this home: process \(holder.process.pid)"
        case .held(nil): "an engine runs for this home"
        case .heldBy(let process):
            "an engine runs for this home: process \(process.pid), by its socket"
        case .hung(let holder, isForeign: true):
            "the engine, process \(holder.process.pid), hangs, and belongs to another user"
        case .hung(let holder, isForeign: false):
            "the engine, process \(holder.process.pid), hangs, and does not end when killed"
        case .orphaned(let holder, _):
            "the engine, process \(holder.process.pid), ended, but another process has its lock"
        case .unusable(let path, let failure) where failure.isDiskFull:
            "the disk is full: \(path) cannot be written"
        case .unusable(let path, let failure): "cannot lock \(path): \(failure.reason)"
        case .lost(let path): "\(path) was removed or replaced while the engine ran"
        }
    }

    public var remedy: String {
        switch self {
        case .held, .heldBy: "use it, or stop it first: plutarc engine stop"
        case .hung(let holder, isForeign: true):
            "as its user or as root: kill -9 \(holder.process.pid)"
        case .hung(_, isForeign: false): "look at its disk, then restart the machine: dmesg"
        case .orphaned(_, let path): "find and end it: fuser -v \(shellQuoted(path))"
        case .unusable(_, let failure) where failure.isFileLimit: SystemFailure.largerFiles
        case .unusable(_, let failure) where failure.isDiskFull: "free some space: df -h"
        case .unusable(_, let failure) where failure.forbidsWriting:
            "mount it for writing, or name a home that can be written: plutarc --home DIR"
        case .unusable(let path, .notPlain):
            "look at what it is, then move it away: ls -l \(shellQuoted(path))"
        case .unusable(let path, let failure) where failure.code == EACCES:
            "its owner lets the group of the home read it: chmod 640 \(shellQuoted(path))"
        case .unusable(let path, _): "look at its owner and mode: ls -l \(shellQuoted(path))"
        case .lost: "start the engine again, and leave the files of a home alone"
        }
    }
}
