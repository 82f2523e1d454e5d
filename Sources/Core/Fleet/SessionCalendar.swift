/// Trading sessions in local time: is one open at an instant, and when does that change?
import Store

/// The windows of a template or a bot. No windows: always open. **Source** PRODUCT section 8.
final class SessionCalendar {
    private let windows: [SessionWindow]
    private var files: [String: TimeZoneFile?] = [:]
    /// The clock of each zone, read again when it has changed: twice a year.
    private var stretches: [String: TimeZoneStretch] = [:]

    /// How far ahead changes are looked for: a weekly window may fall into the hour that a
    /// change of clocks skips, and then comes a week later.
    static let horizon = Span.days(16)

    init(_ windows: [SessionWindow]) { self.windows = windows }

    func isOpen(at now: Instant) -> Bool {
        windows.isEmpty || windows.contains { isOpen($0, at: now) }
    }

    /// The first instant after `now` at which a session opens; nil while one is open, and when
    /// none opens within the horizon.
    func nextOpening(after now: Instant) -> Instant? {
        guard !isOpen(at: now) else { return nil }
        return turns(after: now).first { isOpen(at: $0) }
    }

    /// The first instant after `now` at which no session is open any more; nil while none is open,
    /// and when they follow each other without end.
    func nextClosing(after now: Instant) -> Instant? {
        guard isOpen(at: now) else { return nil }
        return turns(after: now).first { !isOpen(at: $0) }
    }

    /// Every instant at which something may change: the starts and ends of the windows by each
    /// clock that their zone has in the time, and the changes of those clocks. Rising.
    private func turns(after now: Instant) -> [Instant] {
        var turns: [Instant] = []
        let end = now + Self.horizon
        for window in windows {
            for stretch in stretches(of: window.zone, from: now - .days(2), to: end) {
                if stretch.from > now { turns.append(stretch.from) }
                let east = Span.seconds(stretch.offset)
                var midnight = ((max(stretch.from, now - .days(2)) + east).floored(to: .days(1)))
                while midnight - east < min(stretch.to, end) {
                    for minute in [window.start, window.end] {
                        let turn = midnight + .minutes(Int64(minute)) - east
                        if turn > now, stretch.holds(at: turn) { turns.append(turn) }
                    }
                    midnight = midnight + .days(1)
                }
            }
        }
        return turns.sorted()
    }

    private func isOpen(_ window: SessionWindow, at now: Instant) -> Bool {
        let local = now + .seconds(stretch(of: window.zone, at: now).offset)
        let minute = Int(local.inDay.milliseconds / 60_000)
        let today = window.days.contains(local.weekday)
        if window.start < window.end {
            return today && minute >= window.start && minute < window.end
        }
        let yesterday = window.days.contains((local.weekday + 6) % 7)
        return (today && minute >= window.start) || (yesterday && minute < window.end)
    }

    private func stretches(of zone: String, from: Instant, to: Instant) -> [TimeZoneStretch] {
        var found = [look(zone, at: from)]
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
