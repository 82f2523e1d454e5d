/// A preview binds the same after it went through the database.

import Core
import Store
import Testing

@Suite struct PreviewStoreTests {
    @Test(arguments: [[], ["a"], ["pl-1-2", "external 7", "z"]])
    func storedPreviewIsHonouredWithItsRestingOrders(_ orders: [String]) throws {
        let database = try Database.memory()
        let start = Instant(milliseconds: 1_700_000_000_000)
        let content = PreviewContent(
            verb: "close-all", botIDs: [ID(1)], positionIDs: [ID(2)], orderIDs: orders,
            notional: CurrencySums(.units(100), in: .usdt))
        let ada = CommandSamples.person(.owner)
        let made = PreviewRules.make(content, for: ada, dice: 42, at: start)
        try database.write { db throws(StoreError) in try db.insert(made) }
        let stored = try database.read { db throws(StoreError) in try db.preview(made.token) }
        #expect(stored == made)
        try PreviewRules.confirm(
            .token(made.token), of: content, labels: ["trend-1"], preview: stored, by: ada,
            at: start + .seconds(30))
    }
}
