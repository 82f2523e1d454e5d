/// How the engine keeps the write-ahead log small, and whom it names when a reader keeps it large.
import Store

/// Checkpoints between transactions. A log that a reader holds grows for as long as he reads:
/// that is told once, and consoles among the readers are asked to let go. Nothing is held up.
struct LogWatch {
    private let shm: String
    private let alarmBytes: Int64
    /// Not before, since a reader was in the way.
    private var triedAt: Span?
    private var lookedAt: Span?
    private var isAlarmed = false
    /// An earlier engine may have left an alarm.
    private var mayBeOpen = true
    /// When each reader was asked to let go, by process.
    private var asked: [Int32: Span] = [:]
    /// Processes whose connections are to hear that they hold up the log, in this turn.
    private(set) var letGo: Set<Int32> = []
    /// Those that heard it and still hold it: their connections end.
    private(set) var cutOff: Set<Int32> = []

    private static let spacing: Int64 = 1000
    static let patience = Span.seconds(5)
    private static let kind = "log"

    init(_ home: Home, alarmBytes: Int64) {
        shm = home.path(of: .databaseIndex)
        self.alarmBytes = alarmBytes
    }

    /// After a commit.
    mutating func tend(
        _ database: Database, _ disk: DiskWatch, at boot: Span
    ) throws(StoreError) {
        guard Self.isDue(triedAt, boot) else { return }
        let isDone = try checkpoint(database, disk)
        triedAt = isDone ? nil : boot
    }

    /// On a full disk the reserve gives steps until the checkpoint is done: a log that begins anew
    /// frees more than that took, and else the next commit would use it up for a longer log.
    private func checkpoint(_ database: Database, _ disk: DiskWatch) throws(StoreError) -> Bool {
        while true {
            do throws(StoreError) { return try checkpoint(database) } catch .full {
                // The log is as good as the file.
                guard disk.giveStep() else { return false }
            }
        }
    }

    private func checkpoint(_ database: Database) throws(StoreError) -> Bool {
        try database.checkpointIfNeeded(
            truncatingFrom: min(Database.truncateBytes, alarmBytes))
    }

    /// Once a second.
    mutating func look(_ database: Database, _ world: World, at boot: Span) {
        forgetWishes()
        guard Self.isDue(lookedAt, boot) else { return }
        lookedAt = boot
        guard database.logBytes >= alarmBytes else { return calm(world) }
        let readers = LogReader.all(of: shm)
        if !isAlarmed { alarm(readers, database.logBytes, world) }
        isAlarmed = true
        remind(readers.map(\.pid), at: boot)
    }

    /// What was wished in the turn before was done.
    mutating func forgetWishes() {
        letGo = []
        cutOff = []
    }

    private static func isDue(_ last: Span?, _ boot: Span) -> Bool {
        last.map { boot.milliseconds - $0.milliseconds >= spacing } ?? true
    }

    private func alarm(_ readers: [LogReader], _ bytes: Int64, _ world: World) {
        let who =
            readers.isEmpty
            ? "no process could be found that reads it"
            : "read by " + readers.map { "\($0.pid) (\($0.command))" }.joined(separator: ", ")
        let remedy =
            readers.isEmpty
            ? "Look who has it open: fuser \(shellQuoted(shm))."
            : "Let it go on or end it: kill \(readers.map { "\($0.pid)" }.joined(separator: " "))."
        let words = "the log of the database has grown to \(DiskWatch.sizeText(bytes)), \(who). "
            + remedy
        world.note("log", words, severity: .critical)
        world.journal.notices.append(
            Notice(at: world.now, kind: Self.kind, severity: .critical, message: words))
    }

    private mutating func calm(_ world: World) {
        asked = [:]
        guard isAlarmed || mayBeOpen else { return }
        if isAlarmed { world.note("log", "the log of the database is short again") }
        (isAlarmed, mayBeOpen) = (false, false)
        world.endNotices(of: Self.kind)
    }

    /// - Parameter readers: processes that hold the log now.
    mutating func remind(_ readers: [Int32], at boot: Span) {
        asked = asked.filter { readers.contains($0.key) }
        for pid in readers {
            guard let since = asked[pid] else {
                asked[pid] = boot
                letGo.insert(pid)
                continue
            }
            if boot.milliseconds - since.milliseconds >= Self.patience.milliseconds {
                cutOff.insert(pid)
            }
        }
    }
}
