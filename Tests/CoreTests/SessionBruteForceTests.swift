/// Session arithmetic minute by minute around every change of clocks, against Foundation's zones.

import Foundation
import Store
import Testing

@testable import Core

/// Five zones, ten years, by brute force; nights included.
@Suite struct SessionBruteForceTests {
    static let zones = [
        "Europe/London", "America/New_York", "Australia/Sydney", "America/Santiago",
        "Australia/Lord_Howe",
    ]
    static let windows = [
        ("Day", [0, 1, 2, 3, 4], 540, 1020), ("Night", [0, 1, 2, 3, 4, 5, 6], 1320, 360),
        ("Gap", [5, 6], 90, 150), ("Twice", [0, 1, 2, 3, 4, 5, 6], 60, 120),
        ("Midnight", [5], 1410, 30), ("Whole", [6], 0, 1440), ("Round", [2], 150, 150),
    ]

    /// Minutes on the wall since 1 January 1970, a Thursday, by Foundation's offset.
    private static func wall(_ zone: TimeZone, _ seconds: Int64) -> Int {
        let date = Date(timeIntervalSince1970: Double(seconds))
        return Int(seconds + Int64(zone.secondsFromGMT(for: date))) / 60
    }

    /// Whether a window is open in each of some minutes that follow each other: on each of its
    /// days from the first minute that reaches its start to the first that reaches its end.
    private static func openings(
        _ days: [Int], _ start: Int, _ end: Int, _ walls: [Int]
    ) -> [Bool] {
        var isOpen = [Bool](repeating: false, count: walls.count)
        let length = start < end ? end - start : end + 1440 - start
        let most = walls.max() ?? 0
        for day in (walls[0] / 1440 - 2)...(most / 1440) where days.contains((day + 3) % 7) {
            let from = day * 1440 + start
            // What began before the first minute began then, as far as these minutes can tell.
            guard let first = walls.firstIndex(where: { $0 >= from }) else { continue }
            let last = walls.firstIndex { $0 >= from + length } ?? walls.count
            for place in first..<max(last, first) { isOpen[place] = true }
        }
        return isOpen
    }

    /// Seconds since 1970 of every change from 2024 to 2033.
    private static func changes(_ zone: TimeZone) -> [Int64] {
        var changes: [Int64] = []
        var date = Date(timeIntervalSince1970: 1_704_067_200)
        while let next = zone.nextDaylightSavingTimeTransition(after: date),
            next.timeIntervalSince1970 < 2_019_686_400
        {
            changes.append(Int64(next.timeIntervalSince1970))
            date = next
        }
        return changes
    }

    @Test(arguments: zones) func everyMinuteAroundEveryChange(_ name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        let changes = Self.changes(zone)
        #expect(changes.count >= 20)
        let calendars = Self.windows.map { name, days, start, end in
            SessionCalendar([
                SessionWindow(
                    name: name, days: Set(days), start: start, end: end, zone: zone.identifier)
            ])
        }
        var wrong = 0
        var openings = 0
        for change in changes {
            let from = (change / 60 - 2 * 1440) * 60
            let seconds = Array(stride(from: from, to: from + 4 * 86_400, by: 60))
            let walls = seconds.map { Self.wall(zone, $0) }
            for (window, calendar) in zip(Self.windows, calendars) {
                let expected = Self.openings(window.1, window.2, window.3, walls)
                openings += expected.count { $0 }
                for (second, isOpen) in zip(seconds, expected)
                where calendar.isOpen(at: Instant(milliseconds: second * 1000)) != isOpen {
                    wrong += 1
                }
            }
        }
        #expect(wrong == 0)
        #expect(openings > 90_000)
    }

    /// What opens next and what closes next, against walking on minute by minute.
    @Test(arguments: zones) func theNextOpeningAndClosingAreThoseThatComeFirst(
        _ name: String
    ) throws {
        let zone = try #require(TimeZone(identifier: name))
        var wrong: [String] = []
        for change in Self.changes(zone) {
            let from = (change / 60 - 2 * 1440) * 60
            let walls = (0..<17 * 1440).map { Self.wall(zone, from + Int64($0) * 60) }
            for (label, days, start, end) in Self.windows {
                let calendar = SessionCalendar([
                    SessionWindow(
                        name: label, days: Set(days), start: start, end: end, zone: name)
                ])
                let minutes = Self.openings(days, start, end, walls)
                for minute in stride(from: 0, to: 4 * 1440, by: 331) {
                    let now = Instant(milliseconds: (from + Int64(minute) * 60) * 1000)
                    let next = minutes[(minute + 1)...].firstIndex { $0 != minutes[minute] }
                    let at = next.map {
                        Instant(milliseconds: (from + Int64($0) * 60) * 1000)
                    }
                    let found = minutes[minute]
                        ? calendar.nextClosing(after: now) : calendar.nextOpening(after: now)
                    if let at, at - now < .days(12), found != at {
                        wrong.append("\(label) \(now): \(found.map { "\($0)" } ?? "none"), \(at)")
                    }
                }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// Several windows in several zones as one: the night closes when the last of them does.
    @Test func windowsThatOverlapAreOneStretch() {
        let calendar = SessionCalendar([
            SessionWindow(
                name: "London", days: Set(0...6), start: 480, end: 960, zone: "Europe/London"),
            SessionWindow(
                name: "New York", days: Set(0...6), start: 570, end: 960, zone: "America/New_York"),
        ])
        // 9 March 2026: New York has summer time, London has not.
        let midnight = Instant(year: 2026, month: 3, day: 9)
        #expect(calendar.nextOpening(after: midnight) == midnight + .hours(8))
        #expect(calendar.nextClosing(after: midnight + .hours(9)) == midnight + .hours(20))
        // The day before the change in New York: an hour later there.
        let before = Instant(year: 2026, month: 3, day: 7)
        #expect(calendar.nextClosing(after: before + .hours(9)) == before + .hours(21))
    }

    @Test func sessionsWithoutAnEndNeverClose() {
        let whole = SessionCalendar([
            SessionWindow(name: "a", days: Set(0...6), start: 0, end: 1440, zone: "Asia/Tokyo")
        ])
        #expect(whole.nextClosing(after: Instant(year: 2026, month: 3, day: 9)) == nil)
        #expect(SessionPlan([], at: Instant(year: 2026, month: 3, day: 9)).sleeps.isEmpty)
    }
}
