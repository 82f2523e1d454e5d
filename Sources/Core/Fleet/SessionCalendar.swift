/// Trading sessions in local time: is one open at an instant?
import Store

/// The windows of a template or a bot. No windows: always open. **Source** PRODUCT section 8.
final class SessionCalendar {
    private let windows: [SessionWindow]
    /// The clock of each zone, read again when it has changed: twice a year.
    private var stretches: [String: TimeZoneStretch] = [:]

    init(_ windows: [SessionWindow]) { self.windows = windows }

    func isOpen(at now: Instant) -> Bool {
        windows.isEmpty || windows.contains { isOpen($0, at: now) }
    }

    private func isOpen(_ window: SessionWindow, at now: Instant) -> Bool {
        let local = now + .seconds(offset(of: window.zone, at: now))
        let minute = Int(local.inDay.milliseconds / 60_000)
        let today = window.days.contains(local.weekday)
        if window.start < window.end {
            return today && minute >= window.start && minute < window.end
        }
        let yesterday = window.days.contains((local.weekday + 6) % 7)
        return (today && minute >= window.start) || (yesterday && minute < window.end)
    }

    /// Seconds east of UTC. A zone that the system does not know counts as UTC.
    private func offset(of zone: String, at now: Instant) -> Int64 {
        if let known = stretches[zone], known.holds(at: now) { return known.offset }
        let stretch = TimeZoneFile(named: zone)?.stretch(around: now) ?? .universal
        stretches[zone] = stretch
        return stretch.offset
    }
}
