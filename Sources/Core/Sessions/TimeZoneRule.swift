/// The rule by which a zone's clock changes each year from now on: `GMT0BST,M3.5.0/1,M10.5.0`.

import Store

/// A POSIX TZ text as TZif files end with (RFC 8536, section 3.3.1).
struct TimeZoneRule: Sendable {
    /// A day of the year and a time of it by the clock that it ends.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// Month, week (5: the last), weekday from Sunday.
            case weekday(month: Int, week: Int, day: Int)
            /// Days after 1 January; where 29 February is not counted, it is `skipsLeap`.
            case ofYear(Int, skipsLeap: Bool)
        }
        var day: Day
        var seconds: Int64 = 7200
    }

    /// Seconds east of UTC.
    private var standard: Int64
    private var summer: (offset: Int64, from: Change, to: Change)?

    /// Nil for text that is no rule.
    init?(_ text: String) {
        var rest = text[...]
        guard Self.skipName(&rest), let west = Self.time(&rest) else { return nil }
        standard = -west
        guard !rest.isEmpty else { return }
        guard Self.skipName(&rest) else { return nil }
        var offset = standard + 3600
        if rest.first != ",", let west = Self.time(&rest) { offset = -west }
        guard let from = Self.change(&rest), let to = Self.change(&rest), rest.isEmpty else {
            return nil
        }
        summer = (offset, from, to)
    }

    /// The offset at an instant, and how long before and after it that holds.
    func stretch(around now: Instant) -> TimeZoneStretch {
        var stretch = TimeZoneStretch.universal
        stretch.offset = standard
        guard let summer else { return stretch }
        // Changes of three years lie on both sides of every instant of the middle one.
        let year = (now + .seconds(standard)).civil.year
        for year in (year - 1)...(year + 1) {
            let from = Self.instant(summer.from, year) - .seconds(standard)
            let to = Self.instant(summer.to, year) - .seconds(summer.offset)
            for (at, offset) in [(from, summer.offset), (to, standard)] {
                if at > now {
                    stretch.to = min(stretch.to, at)
                } else if at >= stretch.from {
                    (stretch.from, stretch.offset) = (at, offset)
                }
            }
        }
        return stretch
    }

    /// By the clock on the wall, as if that were UTC.
    private static func instant(_ change: Change, _ year: Int) -> Instant {
        let january = Instant(year: year, month: 1, day: 1)
        switch change.day {
        case .ofYear(let days, let skipsLeap):
            let march = Instant(year: year, month: 3, day: 1)
            let isLeap = march - january == .days(60)
            let more: Int64 = skipsLeap && isLeap && days >= 59 ? 1 : 0
            return january + .days(Int64(days) + more) + .seconds(change.seconds)
        case .weekday(let month, let week, let day):
            let first = Instant(year: year, month: month, day: 1)
            let next = month == 12
                ? Instant(year: year + 1, month: 1, day: 1)
                : Instant(year: year, month: month + 1, day: 1)
            // Weekdays of an instant count from Monday, those of the rule from Sunday.
            let ahead = (day + 6 - first.weekday) % 7
            var found = first + .days(Int64(ahead + 7 * (week - 1)))
            while found >= next { found = found - .days(7) }
            return found + .seconds(change.seconds)
        }
    }

    // MARK: Reading

    private static func skipName(_ rest: inout Substring) -> Bool {
        let before = rest
        if rest.first == "<" {
            guard let end = rest.firstIndex(of: ">") else { return false }
            rest = rest[rest.index(after: end)...]
        } else {
            rest = rest.drop { $0.isLetter }
        }
        return rest != before
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private static func time(_ rest: inout Substring) -> Int64? {
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        guard let hours = number(&rest) else { return nil }
        var seconds = hours * 3600
        for unit in [Int64(60), 1] where rest.first == ":" {
            rest.removeFirst()
            guard let more = number(&rest) else { return nil }
            seconds += more * unit
        }
        return isNegative ? -seconds : seconds
    }

    private static func number(_ rest: inout Substring) -> Int64? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard digits.utf8.count <= 3, let number = Int64(digits) else { return nil }
        rest = rest[digits.endIndex...]
        return number
    }

    /// `,M3.5.0/1`, `,J60` or `,59`.
    private static func change(_ rest: inout Substring) -> Change? {
        guard rest.first == "," else { return nil }
        rest.removeFirst()
        guard var change = day(&rest).map({ Change(day: $0) }) else { return nil }
        guard rest.first == "/" else { return change }
        rest.removeFirst()
        guard let seconds = time(&rest) else { return nil }
        change.seconds = seconds
        return change
    }

    private static func day(_ rest: inout Substring) -> Change.Day? {
        let isJulian = rest.first == "J"
        guard isJulian || rest.first == "M" else {
            return number(&rest).map { .ofYear(Int($0), skipsLeap: false) }
        }
        rest.removeFirst()
        guard let first = number(&rest) else { return nil }
        guard !isJulian else { return .ofYear(Int(first) - 1, skipsLeap: true) }
        var parts = [Int(first)]
        while rest.first == "." {
            rest.removeFirst()
            guard let part = number(&rest) else { return nil }
            parts.append(Int(part))
        }
        guard parts.count == 3, (1...12).contains(parts[0]), (1...5).contains(parts[1]),
            (0...6).contains(parts[2])
        else { return nil }
        return .weekday(month: parts[0], week: parts[1], day: parts[2])
    }
}
