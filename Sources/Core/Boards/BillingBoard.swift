/// The prepaid balance, how fast it is used, and the ledger behind it.
import Store

public struct BillingBoard: Sendable, Equatable {
    public var now: Instant
    /// The sum of the ledger, USD; nil in a home that is not charged.
    public var balance: Money?
    /// Used since the last charge and not on the ledger yet.
    public var accrued: Money
    /// USD an hour for what is provisioned now.
    public var burn: Money
    /// Bots that are charged now.
    public var charged: Int
    /// Newest first.
    public var rows: [LedgerEntry]
    /// Labels of the bots in the rows.
    public var labels: [ID<Bot>: String]

    /// How long the balance lasts; nil while nothing is charged.
    public var runway: Span? {
        guard let balance, burn.isPositive else { return nil }
        return Runway(balance - accrued, burn).span
    }

    public static func load(
        _ db: Reading, catalog: ComputeCatalog, since: Instant, limit: Int
    ) throws(StoreError) -> BillingBoard {
        let facts = try FleetFacts.load(db)
        var board = BillingBoard(
            now: facts.now, balance: try db.billingAccount()?.balance, accrued: .zero, burn: .zero,
            charged: 0, rows: try db.ledger(since: since, limit: limit), labels: facts.labels)
        for bot in facts.bots {
            guard let from = facts.instances[bot.id]?.chargedUntil else { continue }
            let hourly = catalog.hourly(of: bot)
            board.charged += 1
            board.burn += hourly
            board.accrued += World.cost(hourly, max((facts.now - from).milliseconds / 1000, 0))
        }
        return board
    }

    public var json: JSON {
        [
            "balance": .decimal(balance), "accrued": .decimal(accrued),
            "burn_per_hour": .decimal(burn), "charged_bots": .int(charged),
            "runway_s": runway.map { .int(Int($0.milliseconds / 1000)) } ?? .null,
            "ledger": .list(rows) { row in
                [
                    "id": .id(row.id), "at": .time(row.at), "kind": .string(row.kind.rawValue),
                    "amount": .decimal(row.amount), "bot": .optional(row.botID?.description),
                    "label": .optional(row.botID.flatMap { labels[$0] }),
                    "seconds": .int(Int(row.seconds)), "detail": .string(row.detail),
                ]
            },
        ]
    }
}

extension BoardReader {
    /// - Parameter since: ledger rows from this instant on.
    public func billing(
        catalog: ComputeCatalog, since: Instant, limit: Int = 100
    ) throws(StoreError) -> BillingBoard {
        try database.read { db throws(StoreError) in
            try BillingBoard.load(db, catalog: catalog, since: since, limit: limit)
        }
    }
}

extension ComputeCatalog {
    public var json: JSON {
        .list(places) { place in
            [
                "provider": .string(place.provider), "region": .string(place.region),
                "hourly": .decimal(place.hourly),
                "default": .bool(self.place(region: place.region) == place),
            ]
        }
    }
}
