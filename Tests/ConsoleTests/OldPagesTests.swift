/// Pages of old records on their way from the database.
import Glibc
import TestKit
import Testing

@testable import Console
@testable import Core
@testable import Store

@Suite struct OldPagesTests {
    private static func words(_ events: [ConsoleEvent]) -> [String] {
        events.compactMap { event in
            switch event {
            case .board(let board): board.request.isOlderPage ? "page" : nil
            case .unreadable: "unreadable"
            default: nil
            }
        }
    }

    /// A page is asked for once: one that could not be read is tried again by itself.
    @Test func aPageThatCouldNotBeReadComesLater() throws {
        let database = try ScreenFleet.database()
        let reader = BoardReader(over: database, owner: (Int64(getuid()), "op1"))
        let connection = EngineConnection(home: nil, build: "test", policy: .join)
        let backend = Backend(reader: reader, connection: connection)
        _ = backend.watch([.fleet], at: .seconds(1))
        _ = backend.turn(.seconds(1))
        try database.connection.execute("ALTER TABLE audit RENAME TO audit_away")
        _ = backend.watch([.fleet, .audit(before: ID(900))], at: .seconds(2))
        let first = Self.words(backend.turn(.milliseconds(2_010)))
        #expect(first.last == "unreadable")
        try database.connection.execute("ALTER TABLE audit_away RENAME TO audit")
        // Not at once: a database that is busy is left alone for a second.
        #expect(!Self.words(backend.turn(.milliseconds(2_020))).contains("page"))
        #expect(backend.patience(.milliseconds(2_020)) <= .seconds(1))
        #expect(Self.words(backend.turn(.milliseconds(3_020))).contains("page"))
        #expect(!Self.words(backend.turn(.milliseconds(4_040))).contains("page"), "once")
    }

    /// Nobody waits for the page of a screen that was left.
    @Test func aPageThatNobodyWantsAnyMoreIsNotTried() throws {
        let reader = BoardReader(
            over: try ScreenFleet.database(), owner: (Int64(getuid()), "op1"))
        let backend = Backend(
            reader: reader,
            connection: EngineConnection(home: nil, build: "test", policy: .join))
        _ = backend.watch([.fleet, .audit(before: ID(900))], at: .seconds(1))
        _ = backend.watch([.fleet], at: .seconds(1))
        #expect(!Self.words(backend.turn(.seconds(2))).contains("page"))
    }
}
