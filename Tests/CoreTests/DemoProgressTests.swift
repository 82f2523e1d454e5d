/// A founding says often that it lives, and what it plays does not depend on how often.

import Store
import Testing

@testable import Core

@Suite struct DemoProgressTests {
    private static let end = Instant(year: 2026, month: 3, day: 12) + .hours(12)

    /// What was told, and what came of it.
    private func play(
        piece: Span?
    ) throws -> (shares: [Double], trades: [Trade], events: [Activity], clock: Instant) {
        let database = try Database.memory()
        let plan = FoundingPlan(
            name: "t", generation: "abcd", seed: 8, market: .model,
            bots: BotPlan.fleet(4, over: ["BTC-PERP", "ETH-PERP"]), owner: (1, "ana"), isDemo: true)
        var shares: [Double] = []
        if let piece {
            try Demo.play(plan, days: 1, until: Self.end, in: database, piece: piece) {
                shares.append($0)
            }
        } else {
            try Demo.play(plan, days: 1, until: Self.end, in: database) { shares.append($0) }
        }
        let found = try database.read { db throws(StoreError) in
            (try db.trades(limit: .max), try db.activity(limit: .max), try db.clock())
        }
        return (shares, found.0, found.1, found.2)
    }

    /// The largest part of the day and a half that passed without a word.
    private func longest(_ shares: [Double]) -> Double {
        zip(shares, shares.dropFirst()).map { $1 - $0 }.max() ?? 1
    }

    /// However many bots: an address of its own for each, and none that a real host may have.
    @Test func foundedAddressesAreNobodys() {
        let all = (Int64(1)...5000).map(Founding.ipv4)
        #expect(Set(all).count == all.count)
        for address in all {
            let parts = address.split(separator: ".").compactMap { UInt8($0) }
            #expect(parts.count == 4, "\(address)")
            let isForPapers = parts.starts(with: [203, 0, 113])
            #expect(isForPapers || parts.starts(with: [198, 18]), "\(address)")
        }
    }

    @Test func itTellsEveryFewMinutesOfTheWorld() throws {
        let usual = try play(piece: nil)
        #expect(longest(usual.shares) < 5.01 / (36 * 60))
        // Twenty days come before the first.
        #expect(usual.shares.count { $0 == 0 } >= 20 * 288)
        #expect(usual.shares.last == 1)
        // The anti-test: in pieces of half a day it is silent for as long as that takes.
        let rare = try play(piece: .hours(12))
        #expect(longest(rare.shares) > 5.0 / 36)
        #expect(rare.shares.count { $0 == 0 } < 20 * 288)
        #expect(rare.trades == usual.trades && rare.events == usual.events)
        #expect(rare.clock == usual.clock)
        #expect(!usual.events.isEmpty)
    }
}
