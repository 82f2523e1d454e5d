/// The prepaid balance, how fast it is used, and the ledger behind it.
import Store

/// What one bot costs, and has cost in the time that a board covers.
public struct BotCost: Sendable, Equatable, Codable {
    public var bot: ID<Bot>
    public var label: String
    /// `paper tokyo`.
    public var place: String
    /// USD an hour while provisioned.
    public var hourly: Money
    public var isCharged: Bool
    /// Booked since the board's first instant.
    public var used: Money
    public var seconds: Int64

    public var json: JSON {
        [
            "bot": .id(bot), "label": .string(label), "place": .string(place),
            "hourly": .decimal(hourly), "charged": .bool(isCharged), "used": .decimal(used),
            "seconds": .int(Int(seconds)),
        ]
    }
}

public struct BillingBoard: Sendable, Equatable, Codable {
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
    /// 0 none, 1 below 24 h, 2 below 6 h, 3 below 1 h, 4 paused, 5 wound down.
    public var alarm: Int
    /// The dearest first.
    public var costs: [BotCost] = []

    /// What the alarm means; nil while there is none.
    public var alarmWords: String? { Self.words(ofAlarm: alarm) }

    /// - Parameter alarm: 0 to 5: ``BillingBoard/alarm``.
    public static func words(ofAlarm alarm: Int) -> String? {
        switch alarm {
        case ...0: nil
        case 4: "less than \(Billing.pauseWords) left: every bot is paused"
        case 5: "used up: every bot is wound down"
        default: "less than \(Billing.alarmLevels[min(alarm, 3) - 1].ageText) left"
        }
    }

    /// How long the balance lasts; nil while nothing is charged.
    public var runway: Span? {
        guard let balance, burn.isPositive else { return nil }
        return Runway(balance - accrued, burn).span
    }

    static func load(
        _ db: Reading, catalog: ComputeCatalog, since: Instant, limit: Int
    ) throws(StoreError) -> BillingBoard {
        let facts = try FleetFacts.load(db)
        let account = try db.billingAccount()
        var board = BillingBoard(
            now: facts.now, balance: account?.balance, accrued: .zero, burn: .zero,
            charged: 0, rows: try db.ledger(since: since, limit: limit), labels: facts.labels,
            alarm: account?.alarm ?? 0)
        let usage = try db.usage(since: since)
        for bot in facts.bots {
            let hourly = catalog.hourly(of: bot)
            let used = usage[bot.id]
            let from = facts.instances[bot.id]?.chargedUntil
            board.costs.append(
                BotCost(
                    bot: bot.id, label: bot.label, place: "\(bot.provider) \(bot.region)",
                    hourly: hourly, isCharged: from != nil, used: used?.amount ?? .zero,
                    seconds: used?.seconds ?? 0))
            guard let from else { continue }
            board.charged += 1
            board.burn += hourly
            board.accrued += Billing.cost(hourly, max((facts.now - from).milliseconds / 1000, 0))
        }
        board.costs.sort { ($1.used, $0.label) < ($0.used, $1.label) }
        return board
    }

    public var json: JSON {
        [
            "balance": .decimal(balance), "accrued": .decimal(accrued),
            "burn_per_hour": .decimal(burn), "charged_bots": .int(charged),
            "runway_s": runway.map { .int(Int($0.milliseconds / 1000)) } ?? .null,
            "alarm": .int(alarm), "bots": .list(costs) { $0.json },
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

extension ComputeCatalog {
    public var json: JSON {
        .list(places) { place in
            [
                "provider": .string(place.provider), "region": .string(place.region),
                "hourly": .decimal(place.hourly),
                "default": .bool(self.place(region: place.region) == place),
                "rtt_ms": .object(
                    exchanges.map { exchange in
                        JSON.Member(
                            exchange, .span(roundTrip(from: place.region, to: exchange)))
                    }),
                "rtt_source": "simulated",
            ]
        }
    }
}
