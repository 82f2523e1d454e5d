/// `plutarc check` in a process beside the engine, for homes too large to be looked over at once.

import Glibc
import Store

/// Has the histories looked over and tells the world what was found. Where no child can be
/// started they stay unchecked: that is said, and tried again.
struct HistoryWatch {
    private let home: Home
    private let program: String
    private var check: HistoryCheck?
    /// When a look is due, since boot; nil for never.
    private var dueAt: Span?
    private var isTold = false
    /// Earlier engines may have left alarms of this and of damage.
    private var mayBeOpen = true

    private static let kind = "history"

    init(_ home: Home, isDue: Bool, program: String = "/proc/self/exe") {
        self.home = home
        self.program = program
        dueAt = isDue ? .seconds(0) : nil
    }

    /// Once a turn. Damage is an alarm and stops entries; exits and closes go on.
    mutating func look(_ world: World, at boot: Span) {
        if let dueAt, boot >= dueAt { begin(world, at: boot) }
        // Looked over whole before the start.
        if mayBeOpen, dueAt == nil, check == nil { endAlarms(world) }
        guard let problems = check?.problems() else { return }
        check = nil
        world.trading.stopEntries(damage: problems)
        if problems.isEmpty { endAlarms(world) }
    }

    /// A file that was found sound is no damaged one, unless this run has met damage since.
    private mutating func endAlarms(_ world: World) {
        mayBeOpen = false
        world.endNotices(of: Self.kind)
        guard home.has(.database), world.trading.entryStops[.damage] == nil else { return }
        world.endNotices(of: EntryStop.damage.rawValue)
    }

    private mutating func begin(_ world: World, at boot: Span) {
        do throws(SystemFailure) {
            check = try HistoryCheck(of: home, program: program)
            dueAt = nil
            if isTold { world.endNotices(of: Self.kind) }
        } catch {
            dueAt = boot + .minutes(1)
            tell(error, world)
        }
    }

    private mutating func tell(_ failure: SystemFailure, _ world: World) {
        guard !isTold else { return }
        isTold = true
        world.alarm(
            Self.kind, about: "histories unchecked",
            "the histories could not be looked over: \(failure). It is tried again each minute; "
                + "by hand: plutarc check",
            severity: .warning)
    }
}

/// Reads only, and ends with its answer. The engine asks it once a turn and never waits.
public final class HistoryCheck {
    private let worker: WorkerProcess
    private var text = ""

    public init(of home: Home, program: String = "/proc/self/exe") throws(SystemFailure) {
        worker = try WorkerProcess(
            program: program,
            arguments: ["plutarc", "check", "--json", "--no-engine", "--home", home.path],
            setting: [:])
    }

    deinit { if worker.descriptor >= 0 { worker.stop() } }

    /// What it found; nil while it is at work. Not to be asked again after that.
    func problems() -> [String]? {
        while worker.descriptor >= 0, hasNews { text += worker.lines().joined() }
        guard worker.descriptor < 0 else { return nil }
        let status = worker.wait()
        return Self.problems(in: text, status: status)
    }

    /// An answer that cannot be understood is a problem too: the histories were not checked.
    static func problems(in text: String, status: Int32) -> [String] {
        let answer = try? JSON.parse(Array(text.utf8))
        if status == 0, answer?["ok"]?.flag == true { return [] }
        let named = answer?["problems"]?.elements?.compactMap(\.text) ?? []
        // Bots that cannot run are in Error, each for itself: no reason to stop the others.
        let ofBots = Set(answer?["bots"]?.elements?.compactMap(\.text) ?? [])
        if !named.isEmpty { return named.filter { !ofBots.contains($0) } }
        let said = answer?["error"]?["message"]?.text
        return [said ?? "the check of the histories ended with status \(status)"]
    }

    private var hasNews: Bool {
        var entry = pollfd(fd: worker.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }
}
