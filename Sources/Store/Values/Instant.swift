/// A moment in UTC, and the civil calendar for reading and printing it.

/// Milliseconds since 1970-01-01T00:00:00Z. Arithmetic ends at the ends of the range.
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let milliseconds: Int64
    @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    @inlinable public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }
    @inlinable public static func + (left: Instant, right: Span) -> Instant {
        Instant(milliseconds: sumWithinRange(left.milliseconds, right.milliseconds))
    }
    @inlinable public static func - (left: Instant, right: Span) -> Instant {
        Instant(milliseconds: differenceWithinRange(left.milliseconds, right.milliseconds))
    }
    @inlinable public static func - (left: Instant, right: Instant) -> Span {
        Span(milliseconds: differenceWithinRange(left.milliseconds, right.milliseconds))
    }

    /// The latest multiple of `span` since the epoch that is not after this instant.
    @inlinable public func floored(to span: Span) -> Instant {
        let step = span.milliseconds
        let part = milliseconds % step
        return Instant(
            milliseconds: differenceWithinRange(milliseconds, part < 0 ? part + step : part))
    }

    /// RFC 3339 UTC with milliseconds: `2026-03-10T02:14:07.000Z`; of a year that has not four
    /// digits as ISO 8601 has it, `+12026-03-10T02:14:07.000Z`.
    public var description: String {
        "\(dateText)T\(clockText).\(pad(inDay.milliseconds % 1000, 3))Z"
    }
    /// `2026-03-10`.
    public var dateText: String {
        let (year, month, day) = civil
        let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
        return "\(sign)\(pad(Int64(abs(year)), 4))-\(pad(Int64(month), 2))-\(pad(Int64(day), 2))"
    }
    /// `02:14:07`.
    public var clockText: String {
        let seconds = inDay.milliseconds / 1000
        return "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2)):\(pad(seconds % 60, 2))"
    }
    /// Time since midnight UTC.
    public var inDay: Span { self - floored(to: .days(1)) }
}

/// A length of time in milliseconds; may be negative. Arithmetic ends at the ends of the range.
public struct Span: Sendable, Hashable, Comparable {
    public let milliseconds: Int64
    @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    @inlinable public static func < (left: Span, right: Span) -> Bool {
        left.milliseconds < right.milliseconds
    }
    @inlinable public static func + (left: Span, right: Span) -> Span {
        Span(milliseconds: sumWithinRange(left.milliseconds, right.milliseconds))
    }
    @inlinable public static func - (left: Span, right: Span) -> Span {
        Span(milliseconds: differenceWithinRange(left.milliseconds, right.milliseconds))
    }
    @inlinable public static func * (left: Span, right: Int64) -> Span {
        Span(milliseconds: productWithinRange(left.milliseconds, right))
    }
    @inlinable public static func milliseconds(_ n: Int64) -> Span { Span(milliseconds: n) }
    @inlinable public static func seconds(_ n: Int64) -> Span { milliseconds(1000) * n }
    @inlinable public static func minutes(_ n: Int64) -> Span { milliseconds(60_000) * n }
    @inlinable public static func hours(_ n: Int64) -> Span { milliseconds(3_600_000) * n }
    @inlinable public static func days(_ n: Int64) -> Span { milliseconds(86_400_000) * n }

    /// The short form that lists use: `12s`, `4m`, `3h07m`, `3d04h`.
    public var ageText: String {
        let seconds = max(milliseconds, 0) / 1000
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3600)h\(pad(seconds / 60 % 60, 2))m"
        default: return "\(seconds / 86_400)d\(pad(seconds / 3600 % 24, 2))h"
        }
    }

    /// As an age in `width` cells, at least four: `10h` where `10h31m` has no room.
    public func ageText(within width: Int) -> String {
        let text = ageText
        guard text.utf8.count > width, let unit = text.firstIndex(where: { "hd".contains($0) })
        else { return text }
        return String(text[...unit])
    }

    /// What is left: `42s`, then `29:58` in minutes and seconds, from an hour on as an age.
    public var countdownText: String {
        let seconds = max(milliseconds, 0) / 1000
        guard 60..<3600 ~= seconds else { return ageText }
        return "\(pad(seconds / 60, 2)):\(pad(seconds % 60, 2))"
    }
}

func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
