/// Refusals that come one after the other, folded into two rows of the audit.

import Store

/// What is being refused just now. A kill of the engine loses at most a minute of counting.
struct RefusalRuns {
    /// Refusals of one verb, for one reason, to one account.
    struct Run: Equatable {
        var uid: Int64
        var verb: String
        var code: String
        /// The row of the first.
        var first: AuditEntry
        /// By the wall clock.
        var lastAt: Instant
        /// How many have come after the first.
        var more: Int64 = 0
    }

    /// The longest that a run is counted before it is written down.
    static let longest = Span.minutes(1)
    /// Without another one for so long, it has ended.
    static let quiet = Span.seconds(10)

    /// In the order in which they began.
    private(set) var open: [Run] = []

    /// Takes note of a refusal.
    /// - Returns: whether it is the first of its run: its row is due at once.
    mutating func note(_ entry: AuditEntry, code: String) -> Bool {
        guard let place = place(entry.uid, entry.verb, code) else {
            open.append(
                Run(
                    uid: entry.uid, verb: entry.verb, code: code, first: entry,
                    lastAt: entry.wallAt))
            return true
        }
        open[place].more += 1
        open[place].lastAt = entry.wallAt
        return false
    }

    /// Whether one more of the kind belongs to a run.
    func isOpen(_ uid: Int64, _ verb: String, code: String) -> Bool {
        place(uid, verb, code) != nil
    }

    private func place(_ uid: Int64, _ verb: String, _ code: String) -> Int? {
        open.firstIndex { $0.uid == uid && $0.verb == verb && $0.code == code }
    }

    /// Takes out the runs that are over at a moment of the wall clock, set back or not. Within a
    /// turn of the engine that moment may lie a little before the last refusal.
    mutating func takeOver(at wall: Instant) -> [Run] {
        remove { run in
            let age = wall - run.first.wallAt
            return wall - run.lastAt >= Self.quiet || age >= Self.longest
                || age <= .seconds(0) - Self.quiet
        }
    }

    /// Takes out what somebody was refused who now was not.
    mutating func takeOver(of uid: Int64, _ verb: String) -> [Run] {
        remove { $0.uid == uid && $0.verb == verb }
    }

    /// Takes out all of them.
    mutating func takeAll() -> [Run] { remove { _ in true } }

    private mutating func remove(_ isOver: (Run) -> Bool) -> [Run] {
        let over = open.filter(isOver)
        if !over.isEmpty { open.removeAll(where: isOver) }
        return over
    }
}

extension RefusalRuns.Run {
    /// The row that counts; nil where the first was the only one.
    func count(at world: Instant, wall: Instant) -> AuditEntry? {
        guard more > 0 else { return nil }
        var entry = first
        entry.at = world
        entry.wallAt = wall
        entry.before = ""
        entry.after = "\(more) more like it (\(code)) since \(first.wallAt.stamp)"
        entry.reason = ""
        return entry
    }
}
