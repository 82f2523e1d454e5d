/// Sessions in their own zone: weekdays, nights, and the days on which clocks change.

import Store
import Testing

@testable import Core

/// Overnight windows are allowed, safe across daylight saving.
@Suite struct SessionCalendarTests {
    private func isOpen(
        _ zone: String, _ start: Int, _ end: Int, _ days: Set<Int> = Set(0...4),
        at day: (Int, Int, Int), _ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0
    ) -> Bool {
        let calendar = SessionCalendar([
            SessionWindow(name: "s", days: days, start: start, end: end, zone: zone)
        ])
        let midnight = Instant(year: day.0, month: day.1, day: day.2)
        return calendar.isOpen(
            at: midnight + .hours(hour) + .minutes(minute) + .seconds(second))
    }

    @Test func withoutWindowsItIsAlwaysOpen() {
        #expect(SessionCalendar([]).isOpen(at: Instant(milliseconds: 0)))
    }

    /// 5 January 2026 is a Monday.
    @Test(arguments: [(8, 59, 59, false), (9, 0, 0, true), (11, 59, 59, true), (12, 0, 0, false)])
    func aWindowHoldsItsStartAndNotItsEnd(
        _ hour: Int64, _ minute: Int64, _ second: Int64, _ expected: Bool
    ) {
        #expect(isOpen("UTC", 540, 720, at: (2026, 1, 5), hour, minute, second) == expected)
    }

    /// Monday nine o'clock in Tokyo is Monday midnight in UTC; Monday one o'clock is Sunday there.
    @Test func weekdaysAreThoseOfTheZone() {
        #expect(isOpen("Asia/Tokyo", 540, 720, [0], at: (2026, 1, 5), 0))
        #expect(!isOpen("Asia/Tokyo", 540, 720, [0], at: (2026, 1, 6), 0))
        #expect(isOpen("Asia/Tokyo", 0, 120, [0], at: (2026, 1, 4), 16))
        #expect(!isOpen("Asia/Tokyo", 0, 120, [6], at: (2026, 1, 4), 16))
    }

    /// From Friday 22:00 to Saturday 02:00: the night belongs to the day on which it begins.
    @Test func aNightBelongsToTheDayOnWhichItBegins() {
        let friday: Set<Int> = [4]
        #expect(!isOpen("UTC", 1320, 120, friday, at: (2026, 1, 9), 1))
        #expect(isOpen("UTC", 1320, 120, friday, at: (2026, 1, 9), 22))
        #expect(isOpen("UTC", 1320, 120, friday, at: (2026, 1, 10), 1, 59))
        #expect(!isOpen("UTC", 1320, 120, friday, at: (2026, 1, 10), 2))
        #expect(!isOpen("UTC", 1320, 120, friday, at: (2026, 1, 10), 22))
    }

    @Test func twentyFourOClockIsTheEndOfTheDay() {
        #expect(isOpen("UTC", 1380, 1440, [0], at: (2026, 1, 5), 23, 59, 59))
        #expect(!isOpen("UTC", 1380, 1440, [0], at: (2026, 1, 6), 0))
    }

    /// London opens at 08:00 by its own clock: 08:00 UTC in winter, 07:00 from 29 March 2026 on.
    @Test func opensByTheLocalClockBeforeAndAfterClocksChange() {
        #expect(!isOpen("Europe/London", 480, 660, at: (2026, 3, 27), 7))
        #expect(isOpen("Europe/London", 480, 660, at: (2026, 3, 27), 8))
        #expect(isOpen("Europe/London", 480, 660, at: (2026, 3, 30), 7))
        #expect(!isOpen("Europe/London", 480, 660, at: (2026, 3, 30), 10))
        #expect(isOpen("Europe/London", 480, 660, at: (2026, 10, 26), 10))
        #expect(!isOpen("Europe/London", 480, 660, at: (2026, 10, 26), 7))
    }

    /// New York skips 02:00 to 03:00 on 8 March 2026, and has 01:00 to 02:00 twice on 1 November.
    @Test func theHourThatIsSkippedAndTheHourThatComesTwice() {
        let all = Set(0...6)
        #expect(isOpen("America/New_York", 60, 180, all, at: (2026, 3, 8), 6, 30))
        #expect(!isOpen("America/New_York", 60, 180, all, at: (2026, 3, 8), 7))
        #expect(isOpen("America/New_York", 60, 120, all, at: (2026, 11, 1), 5, 30))
        #expect(isOpen("America/New_York", 60, 120, all, at: (2026, 11, 1), 6, 30))
        #expect(!isOpen("America/New_York", 60, 120, all, at: (2026, 11, 1), 7))
    }

    /// Minutes of a day on which a window is open, by one calendar that is asked for all of them.
    private func openMinutes(
        _ zone: String, _ start: Int, _ end: Int, on day: Instant
    ) -> [Int64] {
        let calendar = SessionCalendar([
            SessionWindow(name: "s", days: Set(0...6), start: start, end: end, zone: zone)
        ])
        return (0..<1440).map { Int64($0) }.filter { calendar.isOpen(at: day + .minutes($0)) }
    }

    /// Berlin goes back from 03:00 to 02:00 on 25 October 2026, at 01:00 UTC.
    @Test func aRepeatedHourNeitherClosesNorOpensAgain() {
        let day = Instant(year: 2026, month: 10, day: 25)
        // 02:15 to 02:45 comes twice on the wall: from 00:15 to 00:45 UTC, once.
        #expect(openMinutes("Europe/Berlin", 135, 165, on: day) == Array(15..<45))
        // 02:30 to 04:00: from 00:30 through the whole repeated hour to 03:00 UTC.
        #expect(openMinutes("Europe/Berlin", 150, 240, on: day) == Array(30..<180))
        // 01:30 in London, whose hour from 01:00 to 02:00 repeats: 00:30 to 04:00 UTC.
        #expect(openMinutes("Europe/London", 90, 240, on: day) == Array(30..<240))
        // 02:00 to 03:00 holds both of its hours.
        #expect(openMinutes("Europe/Berlin", 120, 180, on: day) == Array(0..<120))
        let calendar = SessionCalendar([
            SessionWindow(
                name: "s", days: Set(0...6), start: 135, end: 165, zone: "Europe/Berlin")
        ])
        #expect(calendar.nextOpening(after: day) == day + .minutes(15))
        #expect(calendar.nextClosing(after: day + .minutes(20)) == day + .minutes(45))
        // The next one is a day later, in winter time.
        #expect(calendar.nextOpening(after: day + .minutes(45)) == day + .hours(25) + .minutes(15))
    }

    /// Berlin skips 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    @Test func aSkippedHourOpensWithTheFirstInstantBehindIt() {
        let day = Instant(year: 2026, month: 3, day: 29)
        #expect(openMinutes("Europe/Berlin", 150, 210, on: day) == Array(60..<90))
        #expect(openMinutes("Europe/Berlin", 135, 165, on: day) == [])
    }

    /// The same calendar asked across the change: what it keeps of the zone must not be stale.
    @Test func oneCalendarFollowsAZoneThroughAYear() {
        let calendar = SessionCalendar([
            SessionWindow(
                name: "s", days: Set(0...6), start: 480, end: 481, zone: "Europe/London")
        ])
        var winter = 0
        var summer = 0
        for day in 0..<365 {
            let midnight = Instant(year: 2026, month: 1, day: 1) + .days(Int64(day))
            if calendar.isOpen(at: midnight + .hours(7)) { summer += 1 }
            if calendar.isOpen(at: midnight + .hours(8)) { winter += 1 }
        }
        #expect(summer == 210 && winter == 155)
    }
}
