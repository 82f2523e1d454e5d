/// The way to the engine of a home that may be starting, hanging, or not there at all.

import Glibc
import Store

/// Looks again and again. Whatever beats or moves is waited for; only where nothing does, an
/// engine is started, if that is allowed, and it ends the one that hangs.
struct EngineSearch {
    private let home: Home
    /// Starts an engine; nil where that is not for us to do.
    private let launch: (() throws(LaunchError) -> pid_t)?
    private var child: pid_t?
    private var childEnded: Int32?
    /// How often one of ours found the home taken by an engine that was gone when we looked.
    private var races = 0
    private var watch = HungEngineWatch()
    private var stillSince: Span
    /// What stood in the log when this began is of other engines.
    private let mark: EngineLog.Mark
    /// What the last look saw: somebody has the home, and who that is.
    private var isHeld = false
    private var holder: LeaseHolder?
    /// When the engine that was there said that it ends.
    private var endedAt: Span?

    /// A supervisor starts an engine again within seconds; longer waiting would only hide that
    /// none comes.
    static let returnPatience = Span.seconds(5)
    /// A process of ours that neither holds the lease nor ends is given up after so long.
    static let patience = Span.seconds(10)
    /// So often another one is started; what ends each of them is no race.
    static let mostRaces = 10

    /// - Parameter mark: of the log before a child was started.
    init(
        _ home: Home, child: pid_t? = nil, mark: EngineLog.Mark? = nil,
        launch: (() throws(LaunchError) -> pid_t)?
    ) {
        self.home = home
        self.mark = mark ?? EngineLog.mark(in: home)
        self.child = child
        self.launch = launch
        stillSince = WallClock.read().monotonic
    }

    /// The engine has said that it ends: another one may follow it.
    mutating func expectAnother() { endedAt = endedAt ?? WallClock.read().monotonic }

    /// Looks at what there is after nobody answered; starts an engine where none is.
    /// - Returns: how far the start of the engine is that holds the home, if it says so.
    /// - Throws: ``LaunchError`` when no engine will come of it.
    mutating func look() throws(LaunchError) -> StartProgress? {
        if let child, childEnded == nil { childEnded = EngineLauncher.exitStatus(of: child) }
        let status: Lease.Status
        do throws(LeaseError) { status = try Lease.status(in: home) } catch { throw .lease(error) }
        let wall = WallClock.read()
        (isHeld, holder) = (false, nil)
        guard case .held(let holder) = status else {
            try begin(at: wall)
            return nil
        }
        (isHeld, self.holder) = (true, holder)
        stillSince = wall.monotonic
        if watch.sees(holder, at: wall) == .hung { try replace(at: wall) }
        return holder?.start
    }

    /// Why nobody has answered when the time is over. Who holds the home had no time to, or hangs;
    /// one of ours that runs has not failed to start. Nothing was asked of either.
    var failure: LaunchError {
        if isHeld { return unheard }
        guard child != nil else { return absent }
        return childEnded.map(ending(of:)) ?? .starting(nil)
    }

    private var log: [String] { EngineLog.tail(in: home, since: mark) }

    private var unheard: LaunchError {
        .unheard(
            pid: holder?.process.pid, silence: holder?.silence(at: WallClock.read()),
            owner: home.foreignOwner)
    }

    private var absent: LaunchError {
        .connection(.noEngine(home: home.path, owner: home.foreignOwner))
    }

    /// Nobody holds the home: ours has ended, or has not come so far, or is to be started.
    private mutating func begin(at wall: WallClock) throws(LaunchError) {
        if child == nil { return try start(at: wall) }
        if let childEnded {
            guard cameSecond(childEnded) else { throw ending(of: childEnded) }
            races += 1
            return try start(at: wall)
        }
        let still = wall.monotonic.milliseconds - stillSince.milliseconds
        guard still < Self.patience.milliseconds else {
            throw .silent(log: log)
        }
    }

    /// It ended because another engine had the home, and now nobody has it.
    private func cameSecond(_ status: Int32) -> Bool {
        let held = LeaseError.held(nil)
        guard launch != nil, status == held.exitStatus, races < Self.mostRaces else { return false }
        return log.contains { $0.hasPrefix("plutarc: \(held.headline)") }
    }

    /// On a full disk an engine cannot even write down why it ends.
    private func ending(of status: Int32) -> LaunchError {
        let log = self.log
        guard log.isEmpty, status == 7 else { return .ended(status: status, log: log) }
        if let room = DiskReserve(home: home).room, room.free < room.sizes.step {
            return .system(SystemFailure("write", code: ENOSPC))
        }
        // It has our limits.
        var limit = rlimit()
        let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0
        guard isKnown, limit.rlim_cur != rlim_t.max else {
            return .ended(status: status, log: log)
        }
        return .system(SystemFailure("write", code: EFBIG))
    }

    /// Somebody holds the home who neither beats nor moves. One of ours that runs waits for the
    /// lease and ends that one itself.
    private mutating func replace(at wall: WallClock) throws(LaunchError) {
        guard child == nil || childEnded != nil else { return }
        watch = HungEngineWatch()
        try start(at: wall)
    }

    private mutating func start(at wall: WallClock) throws(LaunchError) {
        guard let launch else {
            if let endedAt, wall.monotonic - endedAt < Self.returnPatience { return }
            throw isHeld ? unheard : absent
        }
        child = try launch()
        childEnded = nil
        stillSince = wall.monotonic
    }
}
