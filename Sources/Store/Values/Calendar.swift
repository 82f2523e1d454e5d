/// The proleptic Gregorian calendar in UTC: days to dates and RFC 3339 text to instants.

extension Instant {
    /// Year, month (1...12) and day (1...31) in UTC.
    public var civil: (year: Int, month: Int, day: Int) {
        let days = floored(to: .days(1)).milliseconds / 86_400_000
        // Howard Hinnant's civil_from_days: eras of 400 years that start on 1 March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
    }

    /// 0 for Monday ... 6 for Sunday, in UTC.
    public var weekday: Int {
        let days = floored(to: .days(1)).milliseconds / 86_400_000
        return Int(((days + 3) % 7 + 7) % 7)
    }

    /// Midnight UTC of a civil date.
    public init(year: Int, month: Int, day: Int) {
        let y = Int64(month <= 2 ? year - 1 : year)
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(milliseconds: (era * 146_097 + dayOfEra - 719_468) * 86_400_000)
    }

    /// Reads `2026-03-10`, `2026-03-10T02:14Z`, `2026-03-10T02:14:07Z` or with milliseconds.
    /// Nil for anything else, a date that does not exist included.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = Self.digits(bytes, 0, 4), let month = Self.digits(bytes, 5, 2),
            let day = Self.digits(bytes, 8, 2)
        else { return nil }
        let midnight = Instant(year: year, month: month, day: day)
        guard midnight.civil == (year, month, day) else { return nil }
        guard let inDay = Self.clock(bytes[10...]) else { return nil }
        self = midnight + inDay
    }

    /// Reads what ``description`` writes, whatever the year; nil for anything else.
    public init?(anyYear text: String) {
        guard let sign = text.first, sign == "+" || sign == "-" else {
            self.init(text: text)
            return
        }
        let digits = text.dropFirst().prefix { $0 != "-" }
        guard (4...9).contains(digits.utf8.count), let number = Int64(digits) else { return nil }
        // The calendar comes again every 400 years.
        let year = sign == "-" ? -number : number
        let like = (sign == "-" ? 0 : 2000) + (year % 400 + 400) % 400
        let rest = text.dropFirst(1 + digits.utf8.count)
        guard let instant = Instant(text: pad(like, 4) + rest) else { return nil }
        let shift = ((year - like) / 400 * 146_097).multipliedReportingOverflow(by: 86_400_000)
        let sum = instant.milliseconds.addingReportingOverflow(shift.partialValue)
        guard !shift.overflow, !sum.overflow else { return nil }
        self.init(milliseconds: sum.partialValue)
    }

    private static func clock(_ bytes: ArraySlice<UInt8>) -> Span? {
        if bytes.isEmpty { return .seconds(0) }
        var rest = Array(bytes)
        guard rest.first == 0x54 || rest.first == 0x20 else { return nil }
        if rest.last == 0x5A { rest.removeLast() }
        guard [6, 9, 13].contains(rest.count), rest[3] == 0x3A,
            let hour = digits(rest, 1, 2), let minute = digits(rest, 4, 2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        var milli = 0
        if rest.count >= 9 {
            guard rest[6] == 0x3A, let value = digits(rest, 7, 2), value < 60 else { return nil }
            second = value
        }
        if rest.count == 13 {
            guard rest[9] == 0x2E, let value = digits(rest, 10, 3) else { return nil }
            milli = value
        }
        return Span(milliseconds: Int64(((hour * 60 + minute) * 60 + second) * 1000 + milli))
    }

    private static func digits(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        guard bytes.count >= start + count else { return nil }
        var value = 0
        for byte in bytes[start..<start + count] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}
