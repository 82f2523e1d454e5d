/// The right to be the one engine of a home: a lock that dies with its holder.

import CLinux
import Glibc
import Store

/// An open-file-description lock on `engine.lease`, with a heartbeat in the file.
/// **Source** <doc:SafetyRules#The-lease>.
public final class Lease {
    public enum Status: Sendable, Equatable {
        case free
        /// Nil when the entry cannot be read just now.
        case held(LeaseHolder?)
    }

    /// The entry of this process. The driver sets the epoch once the database has it.
    public private(set) var holder: LeaseHolder
    /// How long the home had been without a beat when this lease was taken; nil where the holder
    /// before left no word of this boot.
    public let outage: Span?
    /// Of a holder that was ended before it gave the lease back; 0 when there was none. A
    /// database with a smaller one has lost commits.
    public var earlierEpoch: Int64 { hasEntered ? 0 : holder.epoch }
    /// The world's clock in the last commit of such a holder.
    let earlierClock: Instant?
    private var hasEntered = false
    private let home: Home
    private var descriptor: Int32
    /// Where this process says which bot it is at work on; nil where memory cannot be mapped.
    public let work: WorkSlot?

    private init(home: Home, descriptor: Int32, holder: LeaseHolder, outage: Span?) {
        self.home = home
        self.descriptor = descriptor
        self.holder = holder
        self.outage = outage
        work = WorkSlot(descriptor: descriptor)
        earlierClock = holder.epoch == 0 ? nil : work?.lastClock
    }

    deinit { release() }

    /// Takes the lease. A holder whose heartbeat is stale is killed first.
    /// - Parameters:
    ///   - build: of this program, for people who ask who holds it.
    ///   - patience: how long to wait for a healthy holder to end; zero asks once.
    /// - Throws: ``LeaseError``
    public static func acquire(
        in home: Home, build: String, waiting patience: Span = .seconds(0)
    ) throws(LeaseError) -> Lease {
        let deadline = Deadline(after: patience)
        var watch = HungEngineWatch()
        while true {
            if let lease = try attempt(in: home, build: build) { return lease }
            let wall = WallClock.read()
            let holder = readHolder(in: home)
            if watch.sees(holder, at: wall) == .hung, let holder {
                try kill(holder, in: home)
                continue
            }
            if deadline.hasPassed, !watch.suspects {
                guard holder == nil, let process = listener(in: home) else { throw .held(holder) }
                throw .heldBy(process)
            }
            Poller.pause(.milliseconds(20))
        }
    }

    /// Who holds the lease, without touching it.
    public static func status(in home: Home) throws(LeaseError) -> Status {
        let descriptor: Int32
        do throws(SystemFailure) { descriptor = try home.openFile(.lease, O_RDONLY) } catch {
            if error.code == ENOENT { return .free }
            throw .unusable(path: home.path(of: .lease), error)
        }
        defer { close(descriptor) }
        switch linux_whole_file_is_locked(descriptor) {
        case 0: return .free
        case 1: return .held(read(from: descriptor))
        default: throw .unusable(path: home.path(of: .lease), .latest("fcntl"))
        }
    }

    /// The process that listens on the socket of a home, as the kernel names it: who holds the
    /// lease where the entry does not say. Nil where nobody listens.
    public static func listener(in home: Home) -> ProcessIdentity? {
        let deadline = Deadline(after: .milliseconds(500))
        guard let (descriptor, peer) = try? EngineCall.dial(home, until: deadline) else {
            return nil
        }
        close(descriptor)
        return ProcessIdentity.startTime(of: peer.pid).map {
            ProcessIdentity(pid: peer.pid, started: $0)
        }
    }

    /// Writes the heartbeat; called each second by the loop that trades, so a hung loop stops it.
    /// - Parameter start: how far a start is; nil when there is none.
    /// - Returns: whether others had cut the file; it is whole again.
    /// - Throws: ``LeaseError/lost(path:)`` when the file is no longer the one that is locked.
    @discardableResult
    public func beat(at wall: WallClock, start: StartProgress? = nil) throws(LeaseError) -> Bool {
        holder.heartbeat = wall.boot
        holder.start = start
        try write()
        guard isNamed else { throw .lost(path: home.path(of: .lease)) }
        return work?.mend() ?? false
    }

    /// Notes the epoch that the database gave to this engine.
    public func enter(epoch: Int64, at wall: WallClock) throws(LeaseError) {
        holder.epoch = epoch
        hasEntered = true
        try beat(at: wall, start: holder.start)
    }

    /// Gives the lease back; the database must be closed by then. Twice is the same as once.
    /// - Parameter keepingEntry: after an end that was none in peace: epoch and clock stay, so that
    ///   the next start finds out whether what was acknowledged is there.
    public func release(keepingEntry: Bool = false) {
        guard descriptor >= 0 else { return }
        // Whatever ended it, it was not the work on a bot.
        if keepingEntry, hasEntered { work?.rest() }
        work?.close()
        // Without the entry, nobody can take this process for a holder that hangs. What an earlier
        // one left stands until a database answers to it. The file keeps its block: the next start
        // needs it, whatever fills the disk.
        if earlierEpoch == 0, !keepingEntry { wipe() }
        // To close is not enough: a child that was forked just now has the descriptor too.
        _ = linux_unlock_whole_file(descriptor)
        close(descriptor)
        descriptor = -1
    }

    private func wipe() {
        let blank = [UInt8](repeating: 0, count: WorkSlot.fileLength)
        if pwrite(descriptor, blank, blank.count, 0) != blank.count { _ = ftruncate(descriptor, 0) }
    }

    private static func attempt(in home: Home, build: String) throws(LeaseError) -> Lease? {
        let path = home.path(of: .lease)
        let descriptor: Int32
        do throws(SystemFailure) {
            descriptor = try home.makeFile(.lease, O_RDWR)
        } catch { throw .unusable(path: path, error) }
        guard linux_lock_whole_file(descriptor) == 0 else {
            let failure = SystemFailure.latest("fcntl")
            close(descriptor)
            if failure.code == EAGAIN || failure.code == EACCES { return nil }
            throw .unusable(path: path, failure)
        }
        // The folder may have been given to a group since the file was made: members look at it.
        if home.isShared { fchmod(descriptor, mode_t(home.fileMode)) }
        setBlocksAside(for: descriptor, in: home)
        let wall = WallClock.read()
        let last = read(from: descriptor)
        let holder = LeaseHolder(
            process: .current, bootID: ProcessIdentity.bootID, epoch: last?.epoch ?? 0,
            heartbeat: wall.boot, since: wall.utc, build: build)
        let before = last.flatMap { $0.bootID == holder.bootID ? $0 : nil }
        let lease = Lease(
            home: home, descriptor: descriptor, holder: holder, outage: before?.age(at: wall))
        // The file may have been replaced between opening and locking; then try the new one.
        guard lease.isNamed else { return nil }
        try lease.write()
        return lease
    }

    /// An engine must be able to start on a full disk: it is the only one who can close.
    private static func setBlocksAside(for descriptor: Int32, in home: Home) {
        let length = off_t(WorkSlot.fileLength)
        for _ in 0..<DiskReserve.attempts {
            guard posix_fallocate(descriptor, 0, length) == ENOSPC,
                DiskReserve(home: home).giveMorsel()
            else { return }
        }
    }

    private func write() throws(LeaseError) {
        let bytes = holder.bytes
        for _ in 0..<DiskReserve.attempts {
            if pwrite(descriptor, bytes, bytes.count, 0) == bytes.count { return }
            let failure = SystemFailure.latest("pwrite")
            guard failure.isDiskFull, DiskReserve(home: home).giveMorsel() else {
                throw .unusable(path: home.path(of: .lease), failure)
            }
        }
        throw .unusable(path: home.path(of: .lease), SystemFailure("pwrite", code: ENOSPC))
    }

    private var isNamed: Bool {
        var mine = stat()
        var named = stat()
        return fstat(descriptor, &mine) == 0
            && fstatat(home.descriptor, Home.File.lease.rawValue, &named, AT_SYMLINK_NOFOLLOW) == 0
            && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
    }

    private static func kill(_ holder: LeaseHolder, in home: Home) throws(LeaseError) {
        switch holder.process.end(with: SIGKILL, waiting: .seconds(5)) {
        case .ended: return
        case .absent: throw .orphaned(holder, path: home.path(of: .lease))
        case .notPermitted: throw .hung(holder, isForeign: true)
        case .remains: throw .hung(holder, isForeign: false)
        }
    }

    private static func readHolder(in home: Home) -> LeaseHolder? {
        guard let descriptor = try? home.openFile(.lease, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        return read(from: descriptor)
    }

    static func read(from descriptor: Int32) -> LeaseHolder? {
        let bytes = [UInt8](unsafeUninitializedCapacity: LeaseHolder.length) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
        }
        return LeaseHolder(bytes: bytes)
    }
}
