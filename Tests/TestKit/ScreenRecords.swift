/// What the fleet of the pictures did: decisions, equity, trades, events, commands, alerts.

import Core
import Store

enum ScreenRecords {
    private static let now = ScreenFleet.now

    static func add(_ db: Writing) throws(StoreError) {
        try addDecisions(db)
        try addEquity(db)
        try addTrades(db)
        try addEvents(db)
        try addCommands(db)
        try db.insert(
            RiskLimitsVersion(
                botID: ID(1), version: 1, setAt: now - .minutes(13), setBy: "op1",
                limits: RiskLimits(
                    maxPositionsTotal: 4, dailyLoss: .percent(10), maxSlippage: .basisPoints(40))))
        try db.insert(
            Notice(
                botID: ID(4), at: now - .minutes(4), kind: "api_errors", severity: .error,
                message: "order rejected 3x (margin)"))
    }

    private static func addDecisions(_ db: Writing) throws(StoreError) {
        let template = SystemTemplates.all.first { $0.name == "Trend Follower" }
        let readings = (template?.components ?? []).map { component in
            ComponentReading(
                name: component.name, role: component.role, weight: component.weight,
                value: component.role == .signal ? "0.71 % apart" : "1.2 ATR",
                state: component.role == .signal
                    ? "long" : component.role == .guardRole ? "block" : "pass")
        }
        for (symbol, close) in [("BTC-PERP", "61880"), ("ETH-PERP", "3341")] {
            try db.save(
                LastDecision(
                    botID: ID(1), symbol: symbol, at: now.floored(to: .hours(1)),
                    close: ScreenFleet.price(close), score: 0.66, threshold: 0.5, side: .long,
                    verdict: "guard Distance from moving average blocks: 1.2 ATR",
                    readings: ComponentReading.text(of: readings)))
        }
        let newest = now.floored(to: .hours(1))
        try FleetFixture.addDecisions(db, at: [newest - .hours(2), newest - .hours(1), newest])
    }

    /// A walk whose steps are a fixed pattern: up more than down.
    private static func addEquity(_ db: Writing) throws(StoreError) {
        var equity = Money.units(10_412)
        for hour in 0..<160 {
            let step: Int64 = [12, -7, 25, 3, -18, 9, 14, -4][hour % 8]
            equity += .units(step)
            try db.save(
                EquityPoint(
                    botID: ID(1), at: now.floored(to: .hours(1)) - .hours(159 - Int64(hour)),
                    equity: equity, wallet: equity))
        }
    }

    private static func addTrades(_ db: Writing) throws(StoreError) {
        for (number, net) in ["41.2", "-12.4", "88.05", "-30", "17.9"].enumerated() {
            let money = ScreenFleet.money(net)
            let hours = Int64(number * 3)
            try db.insert(
                Trade(
                    botID: ID(1), positionID: ID(500 + Int64(number)), symbol: "BTC-PERP",
                    side: .long, quantity: ScreenFleet.quantity("0.12"),
                    entryPrice: ScreenFleet.price("60648"), exitPrice: ScreenFleet.price("60990"),
                    openedAt: now - .hours(hours + 3), closedAt: now - .hours(hours + 1),
                    gross: money + .units(4), fees: .units(4), funding: .zero, net: money,
                    exitReason: "Chandelier Exit", mfe: .percent(1), mae: .percent(1),
                    slippageIn: .basisPoints(3), slippageOut: .basisPoints(2), entryScore: 0.64,
                    entrySignals: "", templateName: "Trend Follower", templateVersion: 1,
                    limitsVersion: 0, leverage: 3))
        }
    }

    private static func addEvents(_ db: Writing) throws(StoreError) {
        let rows: [(Int64, Span, ActivityKind, String, String, String, Severity)] = [
            (1, .hours(26), .life, "wake", "instance up in 2m05s, same IP", "scheduler", .info),
            (
                1, .hours(17), .order, "filled", "SELL 0.12 BTC-PERP @ 60990  pnl +41.20", "bot",
                .info
            ),
            (1, .hours(3), .life, "wake", "instance up in 1m48s, same IP", "scheduler", .info),
            (1, .minutes(62), .error, "api", "429 rate limit, backed off 4 s", "bot", .error),
            (1, .minutes(34), .command, "pause", "3 positions kept", "st1", .info),
            (
                1, .minutes(16), .command, "resume", "exchange incident INC-204 is over", "st1",
                .info
            ),
            (1, .minutes(13), .config, "limits", "max_positions_total 5 → 4", "op1", .info),
            (
                7, .minutes(2), .life, "offline", "no heartbeat for 97 s (limit 45 s)", "engine",
                .error
            ),
            (1, .seconds(10), .signal, "entry", "BTC-PERP long at score +0.66", "bot", .info),
            (
                1, .seconds(9), .order, "filled", "BUY 0.12 BTC-PERP @ 61204.5  fee 3.67", "bot",
                .info
            ),
            (4, .seconds(2), .error, "order", "rejected: insufficient margin", "bot", .critical),
        ]
        for (bot, ago, kind, what, detail, actor, severity) in rows {
            try db.insert(
                Activity(
                    botID: ID(bot), at: now - ago, kind: kind, what: what, detail: detail,
                    actor: actor, severity: severity))
        }
    }

    private static func addCommands(_ db: Writing) throws(StoreError) {
        let rows: [(String, Span, String, Bool, String?, CommandOutcome)] = [
            ("assign-template", .hours(7), "o2", false, nil, .done),
            ("pause", .minutes(34), "st1", true, "exchange incident INC-204", .done),
            ("resume", .minutes(16), "st1", true, "exchange incident INC-204 is over", .done),
            ("risk-set", .minutes(13), "op1", false, nil, .done),
            ("close-all", .minutes(5), "op1", false, nil, .refused),
        ]
        for (number, row) in rows.enumerated() {
            let at = now - row.1
            try db.insert(
                CommandRecord(
                    idempotencyKey: "k\(number)", verb: row.0, botID: ID(1),
                    target: "btc-trend-01", actor: row.2, actorUID: 1000, role: "owner",
                    isStaff: row.3, reason: row.4, at: at, startedAt: at,
                    finishedAt: at + .milliseconds(40), outcome: row.5, message: row.0))
        }
    }
}
