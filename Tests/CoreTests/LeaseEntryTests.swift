/// What a lease may say: any instant, any number, or nothing that can be read.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct LeaseEntryTests {
    /// From the first day that can be written to the last, with what calendars stumble over.
    private static let instants: [(Instant, String)] = [
        (Instant(milliseconds: .max), "+292278994-08-17T07:12:55.807Z"),
        (Instant(milliseconds: .min + 86_400_000), "-292275055-05-17T16:47:04.192Z"),
        (Instant(year: 10_000, month: 1, day: 1), "+10000-01-01T00:00:00.000Z"),
        (Instant(year: 12_024, month: 2, day: 29), "+12024-02-29T00:00:00.000Z"),
        (Instant(year: 9999, month: 12, day: 31), "9999-12-31T00:00:00.000Z"),
        (Instant(year: 1, month: 1, day: 1), "0001-01-01T00:00:00.000Z"),
        (Instant(year: 0, month: 1, day: 1), "0000-01-01T00:00:00.000Z"),
        (Instant(year: -1, month: 12, day: 31), "-0001-12-31T00:00:00.000Z"),
        (Instant(year: -400, month: 2, day: 29), "-0400-02-29T00:00:00.000Z"),
        (Instant(milliseconds: -1), "1969-12-31T23:59:59.999Z"),
    ]

    private func entry(
        since: Instant, heartbeat: Int64 = 5, _ process: ProcessIdentity = .current
    ) -> LeaseHolder {
        LeaseHolder(
            process: process, bootID: ProcessIdentity.bootID, epoch: 3,
            heartbeat: Span(milliseconds: heartbeat), since: since, build: "x")
    }

    @Test(arguments: instants) func anyInstantIsReadBack(_ one: (Instant, String)) throws {
        #expect(one.0.description == one.1)
        #expect(Instant(anyYear: one.1) == one.0)
        let holder = entry(since: one.0)
        #expect(LeaseHolder(bytes: holder.bytes) == holder)
        let greeting = EngineGreeting(
            build: "x", pid: 1, epoch: 1, worldClock: one.0, speed: "1")
        #expect(EngineGreeting(.object(greeting.members))?.worldClock == one.0)
    }

    /// The reader of what people type does not do: it knows years of four digits.
    @Test func withTheReaderForPeopleItWouldNot() {
        let unread = Self.instants.filter { Instant(text: $0.1) == nil }
        #expect(unread.count == 6)
    }

    @Test(arguments: [
        "", "+", "-", "+12345", "+12345-", "+123-01-01", "+1234567890-01-01", "+12023-02-29",
        "+292278994-08-18", "+292278995-01-01", "-292275056-01-01", "+-2026-01-01",
        "+１２３４５-01-01", "--2026-01-01", "+12026-13-01", "+12026-01-01T24:00Z",
    ])
    func whatIsNoInstantIsNone(text: String) { #expect(Instant(anyYear: text) == nil) }

    private static let numbers: [Int64] = [.min, -1, 0, .max]

    /// A heartbeat of any size is old, fresh or of the future, and no end of the reader.
    @Test(arguments: numbers, numbers) func noNumberTraps(_ heartbeat: Int64, _ since: Int64) {
        let holder = entry(since: Instant(milliseconds: since), heartbeat: heartbeat)
        let wall = WallClock.read()
        #expect(holder.age(at: wall) >= .seconds(0))
        #expect(holder.isStale(at: wall) == (heartbeat < 1))
        var watch = HungEngineWatch()
        #expect(watch.sees(holder, at: wall) == .alive)
    }

    private static let garbage = [
        "", "{", "{}", "[]", "null", String(repeating: "x", count: 512), "\0\0\0\0",
        #"{"pid":99999999999,"started":1}"#, #"{"pid":-1}"#, #"{"pid":1.5}"#,
        String(repeating: "[", count: 100_000), String(repeating: "9", count: 3_000_000),
    ]

    @Test(arguments: garbage) func whatIsNoEntryIsNoneAndIsReplaced(text: String) throws {
        let scratch = try ScratchFolder()
        let home = try scratch.home()
        try Data(text.utf8).write(to: URL(fileURLWithPath: home.path(of: .lease)))
        chmod(home.path(of: .lease), 0o600)
        #expect(try Lease.status(in: home) == .free)
        let lease = try Lease.acquire(in: home, build: "one")
        #expect(lease.earlierEpoch == 0)
        #expect(try Lease.status(in: home) == .held(lease.holder))
    }

    /// Where the entry cannot be read, the socket names the engine.
    @Test func theListenerIsNamed() throws {
        let scratch = try ScratchFolder()
        let engine = EngineThread(at: scratch.path)
        let home = try scratch.home()
        let client = try EngineClient.connect(to: home, build: "t")
        #expect(Lease.listener(in: home) == .current)
        try cut(home)
        let error = #expect(throws: LeaseError.self) { try Lease.acquire(in: home, build: "two") }
        #expect(error == .heldBy(.current) || error?.code == "engine_running")
        try engine.stop(client)
        #expect(Lease.listener(in: home) == nil)
    }

    private func cut(_ home: Home) throws {
        let descriptor = try home.openFile(.lease, O_WRONLY)
        defer { close(descriptor) }
        let blank = [UInt8](repeating: 0x20, count: LeaseHolder.length)
        #expect(pwrite(descriptor, blank, blank.count, 0) == blank.count)
    }
}
