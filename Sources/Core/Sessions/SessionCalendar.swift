/// Trading sessions in local time: is one open at an instant, and when does that change?
import Store

/// The windows of a template or a bot. No windows: always open. A window opens once on each of its
/// days, when its clock first reaches the start, and closes when it first reaches the end: clocks
/// that go back neither close it nor open it again.
/// **Source** <doc:ProductRules#Sessions-and-sleep>.
final class SessionCalendar {
    private let windows: [SessionWindow]
    private var files: [String: TimeZoneFile?] = [:]
    /// The clock of each zone, read again when it has changed: twice a year.
    private var stretches: [String: TimeZoneStretch] = [:]
    /// The last answer, and from when to when it holds.
    private var answer: (from: Instant, to: Instant, isOpen: Bool)?

    /// How far ahead changes are looked for: a weekly window may fall into the hour that a
    /// change of clocks skips, and then comes a week later.
    static let horizon = Span.days(16)

    init(_ windows: [SessionWindow]) { self.windows = windows }

    func isOpen(at now: Instant) -> Bool {
        if windows.isEmpty { return true }
        if let answer, now >= answer.from, now < answer.to { return answer.isOpen }
        let openings = openings(from: now, to: now)
        let isOpen = openings.contains { $0.from <= now && now < $0.to }
        let next = openings.flatMap { [$0.from, $0.to] }.filter { $0 > now }.min()
        answer = (now, min(next ?? now + .days(1), now + .days(1)), isOpen)
        return isOpen
    }

    /// The first instant after `now` at which a session opens; nil while one is open, and when
    /// none opens within the horizon.
    func nextOpening(after now: Instant) -> Instant? {
        guard !isOpen(at: now) else { return nil }
        return openings(from: now, to: now + Self.horizon).map(\.from).filter { $0 > now }.min()
    }

    /// The first instant after `now` at which no session is open any more; nil while none is open,
    /// and when they follow each other without end.
    func nextClosing(after now: Instant) -> Instant? {
        guard isOpen(at: now) else { return nil }
        var end = now
        for opening in openings(from: now, to: now + Self.horizon).sorted(by: { $0.from < $1.from })
        where opening.from <= end {
            end = max(end, opening.to)
        }
        return end < now + Self.horizon ? end : nil
    }

    private struct Opening {
        var from: Instant
        var to: Instant
    }

    /// All that touch a time, and some beside it.
    private func openings(from: Instant, to: Instant) -> [Opening] {
        var openings: [Opening] = []
        for window in windows where !window.days.isEmpty {
            let clock = clock(of: window.zone, from: from - .days(4), to: to + .days(4))
            let span = to + .days(2) - from
            let first = local(from, clock).floored(to: .days(1)) - .days(2)
            for day in 0...(span.milliseconds / Span.days(1).milliseconds + 2) {
                let midnight = first + .days(day)
                guard window.days.contains(midnight.weekday) else { continue }
                let length = window.start < window.end ? 0 : 24 * 60
                let start = Self.reach(midnight + .minutes(Int64(window.start)), clock)
                let end = Self.reach(midnight + .minutes(Int64(window.end + length)), clock)
                guard let start, let end, start < end else { continue }
                openings.append(Opening(from: start, to: end))
            }
        }
        return openings
    }

    private func local(_ now: Instant, _ clock: [TimeZoneStretch]) -> Instant {
        now + .seconds((clock.last { $0.from <= now } ?? .universal).offset)
    }

    /// The first instant at which a clock shows a local time, or a later one.
    private static func reach(_ time: Instant, _ clock: [TimeZoneStretch]) -> Instant? {
        for stretch in clock {
            let at = max(time - .seconds(stretch.offset), stretch.from)
            if at < stretch.to { return at }
        }
        return nil
    }

    /// How a zone's clock goes in a time: one stretch after the other.
    private func clock(of zone: String, from: Instant, to: Instant) -> [TimeZoneStretch] {
        var found = [stretch(of: zone, at: from)]
        while let last = found.last, last.to < to { found.append(look(zone, at: last.to)) }
        return found
    }

    private func stretch(of zone: String, at now: Instant) -> TimeZoneStretch {
        if let known = stretches[zone], known.holds(at: now) { return known }
        let stretch = look(zone, at: now)
        stretches[zone] = stretch
        return stretch
    }

    /// A zone that the system does not know counts as UTC.
    private func look(_ zone: String, at now: Instant) -> TimeZoneStretch {
        if files[zone] == nil { files[zone] = .some(TimeZoneFile(named: zone)) }
        return (files[zone] ?? nil)?.stretch(around: now) ?? .universal
    }
}
