/// How the engine lives with a disk that fills up: no entries, then the reserve for the rest.
import Store

/// Looks at the free room once a second, and before every commit whether the log has the blocks
/// that it needs.
struct DiskWatch {
    private let reserve: DiskReserve
    private let database: Database
    private var sizes: DiskReserve.Sizes?
    private let path: String
    private var lookedAt: Span?
    /// Positions are not opened for want of room.
    private(set) var isLow = false
    /// The reserve is in use, and somebody was told so.
    private(set) var isInUse = false
    /// An alert of that may be open: an earlier engine may have left one.
    private var mayBeOpen = true
    /// So may one of the entries.
    private var isLowMayBeOpen = true

    init(_ home: Home, _ database: Database) {
        reserve = DiskReserve(home: home)
        self.database = database
        path = home.path
        keepLog()
    }

    /// A start and an end give no block of the log back either where the disk is low.
    mutating func keepLog() {
        guard let room = reserve.room else { return }
        sizes = room.sizes
        try? database.keepLogBlocks(room.free < room.sizes.floor)
    }

    private static let spacing: Int64 = 1000
    /// Steps of the ballast that one look takes back at most: none may take long.
    private static let stepsPerLook = 4

    /// - Parameter boot: since the machine started.
    mutating func look(at boot: Span, _ world: World) {
        if let lookedAt, boot.milliseconds - lookedAt.milliseconds < Self.spacing { return }
        lookedAt = boot
        guard let room = reserve.room else { return }
        sizes = room.sizes
        judge(room, world)
        try? database.keepLogBlocks(isLow)
        if isSpent(room) { tell(world) }
        keepBack(room, world)
    }

    /// The fleet is there: what was told while it was loaded was told to nobody.
    mutating func begin(_ world: World) {
        isLow = false
        isInUse = false
        lookedAt = nil
        makeRoom(world)
    }

    /// Before a commit: what is kept back is for this.
    mutating func makeRoom(_ world: World) {
        guard let sizes = sizes ?? reserve.room?.sizes else { return }
        if reserve.makeRoom(in: database, sizes) { tell(world) }
    }

    private mutating func tell(_ world: World) {
        guard !isInUse else { return }
        isInUse = true
        mayBeOpen = true
        let words = "the disk of \(path) is full: the reserve for pauses and closes is in use. "
            + "Until there is room, decisions and equity are not recorded and no world goes faster "
            + "than real time. \(remedy)"
        world.alarm(Self.kind, about: "disk", words)
    }

    /// What a checkpoint lacked. Half of the reserve is for what comes before a commit.
    func giveStep() -> Bool {
        guard let sizes, reserve.held > sizes.ballast / 2 else { return false }
        return reserve.shrink(sizes)
    }

    /// What is left is for pauses and closes.
    var isSpent: Bool { reserve.room.map(isSpent) ?? false }

    private func isSpent(_ room: DiskReserve.Room) -> Bool {
        room.free < room.sizes.step && reserve.held < room.sizes.ballast
    }

    /// Nothing new was accepted, and why; what was accepted before stands.
    var refusal: WireError {
        WireError(
            code: "disk_full",
            message: "the disk of \(path) is full: what is kept back is for pauses and closes; "
                + "nothing new was accepted",
            remedy: "free some space: df -h \(shellQuoted(path))")
    }

    private static let kind = StandingAlarm.reserve
    private var remedy: String { "Free some space: df -h \(shellQuoted(path))." }

    private mutating func judge(_ room: DiskReserve.Room, _ world: World) {
        if room.free < room.sizes.floor {
            isLow = true
            let floor = Self.sizeText(room.sizes.floor)
            world.trading.stopEntries(
                .diskFull, because: "less than \(floor) are free on the disk of \(path). \(remedy)")
            isLowMayBeOpen = true
        } else if room.free >= room.sizes.clear, isLowMayBeOpen {
            (isLow, isLowMayBeOpen) = (false, false)
            world.trading.allowEntries(.diskFull)
            world.endNotices(of: EntryStop.diskFull.rawValue)
        }
    }

    /// Never takes what would stop the entries; once they are stopped, the reserve comes first.
    private mutating func keepBack(_ room: DiskReserve.Room, _ world: World) {
        let sizes = room.sizes
        let least = isLow ? sizes.ballast : sizes.clear
        var free = room.free
        for _ in 0..<Self.stepsPerLook where free - sizes.step >= least {
            guard reserve.held < sizes.ballast, (try? reserve.grow(sizes)) != nil else { break }
            free -= sizes.step
        }
        guard mayBeOpen, reserve.held >= sizes.ballast else { return }
        isInUse = false
        mayBeOpen = false
        world.endNotices(of: Self.kind)
    }

    static func sizeText(_ bytes: Int64) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
    }
}
