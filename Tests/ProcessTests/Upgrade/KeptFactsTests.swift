/// An upgrade keeps every fact: what a home of any schema said before, it says afterwards.
import Core
import Foundation
import TestKit
import Testing

@testable import Store

@Suite(.serialized) struct KeptFactsTests {
    /// A home of an earlier schema, with a preview that somebody could still confirm.
    private static func old(_ schema: Int, in scratch: Scratch) throws -> String {
        let demo = try TrialHome.demo()
        let path = "\(scratch.path)/plutarc.db"
        try OldHome.write(path, schema: schema, rowsOf: demo.path + "/plutarc.db")
        let file = try Connection(path: path, mode: .write)
        let notional = schema < 10 ? "123456" : "'USDT=123456'"
        try file.execute(
            """
            INSERT INTO previews
            VALUES ('k7pd-3wxa', 1000, 'close', '1', '1', '', \(notional), 1, 2);
            PRAGMA wal_checkpoint(TRUNCATE)
            """)
        return path
    }

    @Test(arguments: 1..<OldHome.newest) func noFactDiffers(schema: Int) throws {
        let scratch = Scratch("plutarc-facts")
        let path = try Self.old(schema, in: scratch)
        let columns = try OldHome.columns(path)
        let before = try OldHome.facts(path, columns)
        #expect(try Database(opening: path).check() == [])
        let after = try OldHome.facts(path, columns)
        for (table, rows) in before {
            #expect(after[table] == rows, "\(table) of schema \(schema)")
        }
        #expect((before["candles"]?.count ?? 0) > 50 && (before["orders"]?.count ?? 0) > 5)
        #expect(before["previews"]?.count == 1)
    }

    /// Everything until schema 9 was of the simulated exchange, and in its currency.
    @Test func whatWasOfOneExchangeNamesIt() throws {
        let scratch = Scratch("plutarc-facts")
        let upgraded = try Database(opening: Self.old(9, in: scratch))
        try upgraded.read { db throws(StoreError) in
            #expect(try db.markets().allSatisfy { $0.instrument.id.venue == .simulated })
            #expect(try db.markets().allSatisfy { $0.instrument.contract.isPlain })
            #expect(try db.markets().allSatisfy { $0.instrument.settlement == .usdt })
            #expect(try db.marks().allSatisfy { $0.instrument.venue == .simulated })
            #expect(try db.venueAccounts().allSatisfy { $0.currency == .usdt })
            #expect(try db.trades().allSatisfy { $0.currency == .usdt })
            let first = try db.markets().first.map(\.instrument.id)
            #expect(try first.map { (id) throws(StoreError) in try db.candles(of: id) } != [])
            let notional = try db.preview("k7pd-3wxa")?.notional
            #expect(notional == CurrencySums(Money(raw: 123_456), in: .usdt))
        }
    }

    /// A fact that an upgrade loses is seen.
    @Test func aLostFactWouldBeFound() throws {
        let scratch = Scratch("plutarc-facts")
        let path = try Self.old(9, in: scratch)
        let columns = try OldHome.columns(path)
        let before = try OldHome.facts(path, columns)
        _ = try Database(opening: path)
        try Connection(path: path, mode: .write).execute(
            "UPDATE candles SET volume = volume + 1 WHERE instrument_id = 1")
        #expect(try OldHome.facts(path, columns)["candles"] != before["candles"])
    }
}
