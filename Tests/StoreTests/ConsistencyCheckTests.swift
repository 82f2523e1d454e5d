/// Each ledger, put out of balance by hands that go around the schema.

import Testing

@testable import Store

@Suite struct ConsistencyCheckTests {
    /// bot-1 holds position-1 (short 40 of 50) and has closed position-2.
    private func soundDatabase() throws -> Database {
        let database = try databaseWithABot()
        try database.write { db throws(StoreError) in
            for (number, quantity) in [(1, 50), (2, 10), (3, 30), (4, 30)] as [(Int64, Int64)] {
                var order = exampleOrder(number, client: "c\(number)")
                order.quantity = Quantity(raw: 50)
                order.filled = Quantity(raw: quantity)
                try db.save(order)
            }
            try db.insert(exampleFill(1, order: 1, position: 1, .sell, 50))
            try db.insert(exampleFill(2, order: 2, position: 1, .buy, 10))
            try db.insert(exampleFill(3, order: 3, position: 2, .buy, 30))
            try db.insert(exampleFill(4, order: 4, position: 2, .sell, 30))
            try db.save(examplePosition())
            try db.insert(exampleTrade(position: 2))
            try db.save(VenueAccount(keyID: ID(1), deposits: .units(5), wallet: .units(5)))
            for number in 1...4 { try db.insert(exampleAudit(number)) }
        }
        return database
    }

    @Test func soundDatabaseHasNoProblems() throws {
        #expect(try soundDatabase().check() == [])
        #expect(try Database.memory().check() == [])
    }

    @Test(arguments: [
        ("UPDATE venue_accounts SET fees = 1", "key-1: wallet is not deposits"),
        ("UPDATE positions SET quantity = 39", "position-1: quantity is not the sum"),
        ("UPDATE fills SET quantity = 29 WHERE id = 3", "position-2: closed, but its fills"),
        ("UPDATE fills SET quantity = 29 WHERE id = 3", "order-3: filled is not the sum"),
        ("DELETE FROM trades", "position-2: closed without a trade"),
        ("UPDATE trades SET net = 0", "trade-1: net is not gross"),
        ("DROP TRIGGER audit_stays; DELETE FROM audit WHERE id = 2", "audit-3: rows before it"),
        ("DROP TRIGGER audit_stays; DELETE FROM audit WHERE id = 4", "audit: ends at 3"),
        (
            "DROP TRIGGER audit_is_fixed; UPDATE audit SET hash = previous_hash WHERE id = 1",
            "audit-2: does not name the hash"
        ),
        ("DROP TRIGGER epoch_stays; DELETE FROM engine_epoch", "engine_epoch: it has 0 rows"),
        ("DELETE FROM audit_head", "audit_head: it has 0 rows, not one"),
        ("UPDATE engine_epoch SET epoch = 9223372036854775807", "engine_epoch: 922"),
        ("UPDATE bots SET order_sequence = 9223372036854775807", "bot-1: a number of its row"),
        ("UPDATE positions SET candles_held = 9223372036854775807", "position-1: a number"),
        ("UPDATE sqlite_sequence SET seq = 9223372036854775807", "its last id is out of range"),
        ("DROP TRIGGER audit_is_fixed", "schema: trigger audit_is_fixed is missing"),
        ("CREATE VIEW bait AS SELECT 1", "schema: view bait was added by other hands"),
        (
            "DROP INDEX one_key_one_bot; CREATE INDEX one_key_one_bot ON bots (key_id)",
            "schema: index one_key_one_bot was changed"
        ),
        (
            "PRAGMA foreign_keys = off; DELETE FROM api_keys",
            "bots: 1 row without the row of api_keys that is named"
        ),
    ])
    func problemIsFoundAndNamed(_ sql: String, _ problem: String) throws {
        let database = try soundDatabase()
        try database.connection.execute("PRAGMA ignore_check_constraints = on")
        try database.connection.execute(sql)
        try database.connection.execute("PRAGMA ignore_check_constraints = off")
        let problems = try database.check()
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }
}
