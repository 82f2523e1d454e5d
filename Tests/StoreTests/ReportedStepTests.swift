/// Steps that are deaf to SQLite's callback report all the same, and end when they are told to.

import Glibc
import Testing

@testable import Store

@Suite struct ReportedStepTests {
    private static let step = StartProgress(.checking, silentStep: "check of the file")

    /// Ten megabytes: a look over them takes some milliseconds and calls nobody back.
    private static func file() throws -> Connection {
        let connection = try Connection(path: ":memory:", mode: .memory)
        try connection.execute(
            """
            CREATE TABLE pads (i INTEGER PRIMARY KEY, pad BLOB) STRICT;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO pads SELECT i, randomblob(500) FROM n
            """)
        return connection
    }

    private static func milliseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
    }

    @Test func whatItFindsComesBack() throws {
        let connection = try Self.file()
        let lines = try connection.reportingBeside(Self.step, to: { _ in true }) {
            () throws(StoreError) in try connection.lines("PRAGMA quick_check")
        }
        #expect(lines == ["ok"])
        #expect(throws: StoreError.full) {
            try connection.reportingBeside(Self.step, to: { _ in true }) {
                () throws(StoreError) -> Int in throw .full
            }
        }
    }

    @Test func itReportsWhileItIsDeaf() throws {
        let connection = try Self.file()
        var beside = 0
        _ = try connection.reportingBeside(
            Self.step,
            to: { progress in
                #expect(progress == Self.step)
                beside += 1
                return true
            }
        ) { () throws(StoreError) in usleep(400_000) }
        #expect(beside >= 3)
        // The anti-test: the callback says nothing while SQLite does not call.
        var inside = 0
        _ = try connection.reporting(
            Self.step,
            to: { _ in
                inside += 1
                return true
            }
        ) { () throws(StoreError) in usleep(400_000) }
        #expect(inside == 1)
    }

    /// A look over a large file, told to end in its middle.
    @Test func toldToEndItEnds() throws {
        let connection = try Self.file()
        var reports = 0
        var looks = 0
        let begun = Self.milliseconds()
        #expect(throws: StoreError.interrupted) {
            try connection.reportingBeside(
                Self.step,
                to: { _ in
                    reports += 1
                    return reports < 2
                }
            ) { () throws(StoreError) in
                while Self.milliseconds() - begun < 30_000 {
                    _ = try connection.lines("PRAGMA quick_check")
                    looks += 1
                }
            }
        }
        #expect(Self.milliseconds() - begun < 10_000)
        #expect(reports == 2)
        // The handle serves whoever comes next.
        #expect(try connection.lines("PRAGMA quick_check") == ["ok"])
    }

    @Test func whoSaysNoAtOnceBeginsNothing() throws {
        let connection = try Self.file()
        var begun = false
        #expect(throws: StoreError.interrupted) {
            try connection.reportingBeside(Self.step, to: { _ in false }) {
                () throws(StoreError) in begun = true
            }
        }
        #expect(!begun)
    }
}
