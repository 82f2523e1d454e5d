/// When a bot with these sessions sleeps and wakes next: what a person sees before setting them.
import Store

/// A sleep between two sessions. It begins only once the bot is flat.
public struct PlannedSleep: Sendable, Equatable {
    /// The last session has ended.
    public var sleepsAt: Instant
    public var wakesAt: Instant
    public var opensAt: Instant

    public var json: JSON {
        [
            "sleeps_at": .time(sleepsAt), "wakes_at": .time(wakesAt), "opens_at": .time(opensAt),
        ]
    }

    /// `sleeps Tue 03-10 06:00Z, wakes Tue 03-10 23:55Z, opens Wed 03-11 00:00Z`.
    public var words: String {
        "sleeps \(sleepsAt.dateClock), wakes \(wakesAt.dateClock), opens \(opensAt.dateClock)"
    }
}

/// Pure arithmetic over the windows. **Source** <doc:ProductRules#Sessions-and-sleep>.
public struct SessionPlan: Sendable, Equatable {
    /// A bot is woken this long before its session.
    public static let wakeLead = Span.minutes(5)
    /// A wake that has not ended this long before the session is an alarm.
    public static let wakeAlarm = Span.minutes(2)
    /// Pauses up to this long are not slept through: the instance would hardly be gone.
    public static let shortestPause = Span.minutes(10)

    /// A session is open; true as well where there is none.
    public let isOpen: Bool
    /// The next ones, a sleep that could be under way now included.
    public let sleeps: [PlannedSleep]

    public init(_ sessions: [SessionWindow], at now: Instant, count: Int = 3) {
        let calendar = SessionCalendar(sessions)
        isOpen = calendar.isOpen(at: now)
        var sleeps: [PlannedSleep] = []
        var at = isOpen ? calendar.nextClosing(after: now) : now
        // Pauses that are too short are passed over; a day has no more than some hundreds.
        for _ in 0..<1000 where sleeps.count < count {
            guard let closing = at, let opening = calendar.nextOpening(after: closing)
            else { break }
            if let sleep = Self.sleep(from: closing, to: opening) { sleeps.append(sleep) }
            at = calendar.nextClosing(after: opening)
        }
        self.sleeps = sleeps
    }

    /// The sleep between two sessions; nil when it is too short to be one.
    static func sleep(from closing: Instant, to opening: Instant) -> PlannedSleep? {
        guard opening - closing > shortestPause else { return nil }
        return PlannedSleep(sleepsAt: closing, wakesAt: opening - wakeLead, opensAt: opening)
    }

    /// One sentence for a message line.
    public var words: String {
        guard let first = sleeps.first else { return "it never sleeps" }
        return "\(isOpen ? "a" : "no") session is open; it \(first.words)"
    }
}

extension Instant {
    /// `Tue 06:00Z`.
    public var dayClock: String { "\(dayName) \(clockText.prefix(5))Z" }

    /// `Tue 03-10 06:00Z`: what may lie weeks away.
    public var dateClock: String {
        "\(dayName) \(dateText.dropFirst(5)) \(clockText.prefix(5))Z"
    }

    private var dayName: String {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday]
    }
}
