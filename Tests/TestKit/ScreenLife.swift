/// What stands behind the fleet of the pictures: instances, spare keys, a balance and its ledger.

import Core
import Store

enum ScreenLife {
    private static let now = ScreenFleet.now

    static func add(_ db: Writing) throws(StoreError) {
        for (label, exchange, environment) in [
            ("spare-bitmex", "bitmex", TradingEnvironment.live),
            ("spare-paper", "simulated", .paper),
        ] {
            try db.insert(
                APIKey(
                    label: label, exchange: exchange, environment: environment, masked: "cd…9",
                    instruments: ["BTC-PERP", "ETH-PERP"], createdAt: now - .days(3)))
        }
        try addInstances(db)
        try addBilling(db)
    }

    private static func addInstances(_ db: Writing) throws(StoreError) {
        let hour = now.floored(to: .hours(1))
        for (index, row) in ScreenFleet.rows.enumerated() {
            if row.phase == .sleeping {
                try db.save(Instance(botID: ID(Int64(index + 1)), wakeAt: hour + .hours(4)))
            }
            guard row.phase.isProvisioned else { continue }
            var instance = Instance(
                botID: ID(Int64(index + 1)), since: now - .hours(76), chargedUntil: hour)
            // One was restarted half an hour ago.
            if row.label == "ltc-mean-05" { instance.restartedAt = now - .minutes(30) }
            try db.save(instance)
        }
    }

    /// Two top-ups and the usage of four hours: the balance is their sum.
    private static func addBilling(_ db: Writing) throws(StoreError) {
        var entries = [
            LedgerEntry(
                at: now - .days(6), kind: .topUp, amount: .units(50), detail: "by op1")
        ]
        for hour in stride(from: Int64(4), to: 0, by: -1) {
            for bot in [Int64(1), 2, 5] {
                entries.append(
                    LedgerEntry(
                        at: (now - .hours(hour)).floored(to: .hours(1)), kind: .usage,
                        amount: Money(raw: bot == 2 ? -4_000_000 : -5_000_000), botID: ID(bot),
                        seconds: 3600,
                        detail: bot == 2 ? "paper london at 0.04 an hour" : "paper tokyo at 0.05"))
            }
        }
        for entry in entries { try db.insert(entry) }
        try db.save(BillingAccount(balance: entries.reduce(.zero) { $0 + $1.amount }))
    }
}
