/// Trading sessions in local time: is one open at an instant?
import Glibc
import Store

/// The windows of a template or a bot. No windows: always open. **Source** PRODUCT section 8.
final class SessionCalendar {
    private let windows: [SessionWindow]
    /// Offsets from UTC by zone, kept for the hour that they were asked for.
    private var offsets: [String: (hour: Instant, seconds: Int64)] = [:]

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

    /// Zones change on quarter hours at the finest, so one answer holds for that long.
    private func offset(of zone: String, at now: Instant) -> Int64 {
        let quarter = now.floored(to: .minutes(15))
        if let known = offsets[zone], known.hour == quarter { return known.seconds }
        let seconds = zoneOffset(zone, at: quarter)
        offsets[zone] = (quarter, seconds)
        return seconds
    }
}

/// Seconds east of UTC in a zone of the system's database at an instant.
func zoneOffset(_ zone: String, at now: Instant) -> Int64 {
    setenv("TZ", ":\(zone)", 1)
    tzset()
    var seconds = time_t(now.milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return Int64(parts.tm_gmtoff)
}
