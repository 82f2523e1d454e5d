/// Words of the commands for strategies and for what was recorded.

import Core

extension CommandTable {
    static let strategy =
        templates + ActList.words(of: .copy) + export + ActList.words(of: .templates) + findings

    private static let templates: [CommandSpec] = [
        CommandSpec(
            "templates", .strategy, "strategy templates and who uses them",
            examples: [CommandExample("plutarc templates", "system and own templates")]),
        CommandSpec(
            "template show", .strategy, "one template with its components", [.one("TEMPLATE")],
            examples: [CommandExample("plutarc template show 'Trend Follower'", "by its name")]),
    ]

    private static let export: [CommandSpec] = [
        CommandSpec(
            "template export", .strategy, "write a template as a file", [.one("TEMPLATE")],
            options: [.exportTemplate],
            examples: [
                CommandExample("plutarc template export mine > mine.template", "on stdout"),
                CommandExample("plutarc template export mine --file mine.template", "a new file"),
            ]),
    ]

    private static let findings: [CommandSpec] = [
        CommandSpec(
            "why", .strategy, "why a bot entered, or did not, at one candle", [.one("BOT")],
            options: [.at, .symbol],
            details: """
                The record of the newest candle, or of the last one that closed at or before --at: \
                scores, weights, threshold, and every filter, gate, guard and limit with its \
                verdict, the first blocker marked. Limits are asked only when the strategy wants \
                to enter. Records are kept for \(Desk.decisionsKeptWords).
                """,
            examples: [
                CommandExample("plutarc why btc-trend-01", "the newest candle"),
                CommandExample(
                    "plutarc why btc-trend-01 --at 2026-03-10T02:00Z --symbol BTC-PERP",
                    "one candle of one symbol"),
            ]),
        CommandSpec(
            "analytics", .strategy, "what the trades amount to", options: [.bot, .since],
            details: """
                Equity curve and drawdown, win rate, profit factor, expectancy, exposure, hour by \
                weekday in UTC, by symbol, exit reason and signal, slippage. Of the last \
                \(TradeRecord.periodWords) unless --since says otherwise. Live, testnet and paper \
                stand apart.
                """,
            examples: [
                CommandExample("plutarc analytics --bot btc-trend-01 --since 7d", "of one bot")
            ]),
        CommandSpec(
            "replay", .strategy, "run a template over recorded candles",
            options: [
                .candles, .template, .symbol, .limits, .fees, .equity, .tick, .lot, .from, .to,
                .sweep,
            ],
            details: """
                The same strategy, risk and position code that the engine runs. Needs no home. \
                Candles that open at --from or later and before --to are traded; those before \
                warm the indicators up. The file of --limits is the heading [limits] and lines \
                as max_loss_per_trade_pct = 2. \
                With --sweep, each combination of the values is run, on all processors; each is \
                COMPONENT.KEY, COMPONENT.weight, threshold, leverage or warm_up.
                """,
            examples: [
                CommandExample(
                    "plutarc replay --candles BTC-PERP-1h.csv --template 'Trend Follower'",
                    "trades and figures"),
                CommandExample(
                    "plutarc replay --candles BTC.csv --template mine.template "
                        + "--sweep threshold=0.4..0.6:0.1",
                    "three runs, ranked"),
            ]),
    ]

    static let records =
        history + ActList.words(of: .cancel) + alarms + ActList.words(of: .alerts)

    private static let history: [CommandSpec] = [
        CommandSpec(
            "events", .records, "what happened, newest last",
            options: [.bot, .since, .limit, .follow],
            details: "With --follow and --json: one object a line.",
            examples: [CommandExample("plutarc events --follow", "until interrupted")]),
        CommandSpec(
            "commands", .records, "what people asked for, and the outcome", options: [.bot, .limit],
            examples: [CommandExample("plutarc commands --bot btc-trend-01", "of one bot")]),
    ]

    private static let alarms: [CommandSpec] = [
        CommandSpec(
            "audit", .records, "the audit chain", options: [.verify, .export, .since, .limit],
            examples: [
                CommandExample("plutarc audit --verify", "names the first bad row"),
                CommandExample("plutarc audit --export audit.jsonl", "every row, one a line"),
            ]),
        CommandSpec(
            "alerts", .records, "alerts that nobody has acknowledged",
            examples: [CommandExample("plutarc alerts", "oldest last")]),
    ]
}
