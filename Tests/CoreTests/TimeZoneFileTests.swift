/// Zones read from the system's files against Foundation's reading of the same.

import Foundation
import Store
import Testing

@testable import Core

@Suite struct TimeZoneFileTests {
    static let zones = [
        "Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata",
        "Australia/Lord_Howe", "America/St_Johns", "America/Santiago", "Africa/Cairo",
        "Pacific/Chatham", "Europe/Dublin", "Asia/Jerusalem", "UTC",
    ]

    @Test(arguments: zones) func offsetsAreThoseOfFoundation(_ name: String) throws {
        let ours = try #require(TimeZoneFile(named: name))
        let theirs = try #require(TimeZone(identifier: name))
        var seconds = Int64(1_262_304_000)  // 2010
        var wrong = 0
        while seconds < 2_145_916_800 {  // 2038
            let offset = ours.stretch(around: Instant(milliseconds: seconds * 1000)).offset
            let date = Date(timeIntervalSince1970: Double(seconds))
            if offset != Int64(theirs.secondsFromGMT(for: date)) { wrong += 1 }
            seconds += 40_500  // Eleven hours and a quarter: every hour of the day comes.
        }
        #expect(wrong == 0)
    }

    /// To the second, at a change that the file lists or that only its rule gives.
    @Test(arguments: [2024, 2036, 2050]) func clocksChangeToTheSecond(_ year: Int) throws {
        let london = try #require(TimeZoneFile(named: "Europe/London"))
        var sunday = Instant(year: year, month: 3, day: 31)
        while sunday.weekday != 6 { sunday = sunday - .days(1) }
        let change = sunday + .hours(1)
        #expect(london.stretch(around: change - .seconds(1)).offset == 0)
        #expect(london.stretch(around: change).offset == 3600)
    }

    @Test(arguments: [
        ("GMT0BST,M3.5.0/1,M10.5.0", 2026, 3, 29, 1, 3600),
        ("EST5EDT,M3.2.0,M11.1.0", 2026, 3, 8, 7, -14_400),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", 2026, 10, 3, 16, 39_600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, 3, 29, 1, -3600),
        ("XXX3YYY,J60/0,J300/0", 2028, 3, 1, 3, -7200),
        ("XXX3YYY,59/0,300/0", 2028, 2, 29, 3, -7200),
    ])
    func rulesBeginTheSummer(
        _ text: String, _ year: Int, _ month: Int, _ day: Int, _ hour: Int64, _ offset: Int64
    ) throws {
        let rule = try #require(TimeZoneRule(text))
        let change = Instant(year: year, month: month, day: day) + .hours(hour)
        #expect(rule.stretch(around: change).offset == offset)
        #expect(rule.stretch(around: change - .milliseconds(1)).offset != offset)
    }

    @Test func rulesWithoutSummerStandStill() throws {
        let rule = try #require(TimeZoneRule("<+0530>-5:30"))
        #expect(rule.stretch(around: Instant(year: 2040, month: 7, day: 1)).offset == 19_800)
    }

    /// One follows the other without a hole, and each holds where it says.
    @Test(arguments: zones) func stretchesFollowEachOther(_ name: String) throws {
        let zone = try #require(TimeZoneFile(named: name))
        var now = Instant(year: 2015, month: 1, day: 1)
        let end = Instant(year: 2060, month: 1, day: 1)
        var count = 0
        while now < end {
            let stretch = zone.stretch(around: now)
            #expect(stretch.holds(at: now) && (count == 0 || stretch.from == now))
            guard stretch.to < end else { break }
            #expect(zone.stretch(around: stretch.to - .milliseconds(1)) == stretch)
            now = stretch.to
            count += 1
        }
        #expect(count < 200)
    }

    @Test(arguments: [
        "", "GMT", "5", "GMT0BST", "GMT0BST,M3.5.0", "GMT0BST,M13.1.0,M1.1.0",
        "GMT0BST,M3.5.7,M10.5.0", "GMT0BST,M3.5.0,M10.5.0,", "<GMT0", "GMT9999",
    ])
    func textThatIsNoRuleIsRefused(_ text: String) { #expect(TimeZoneRule(text) == nil) }

    @Test(arguments: [
        "", "Nowhere", "Europe", "Europe/Lodnon", "/etc/passwd", "../zoneinfo/UTC", "a b",
        "Europe/London\n", "tzdata.zi",
    ])
    func namesThatAreNoZoneAreRefused(_ name: String) {
        #expect(TimeZoneFile(named: name) == nil)
    }
}
