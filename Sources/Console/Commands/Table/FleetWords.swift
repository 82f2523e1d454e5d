/// Words of the commands that show bots and what they trade.

extension CommandTable {
    static let fleet: [CommandSpec] = [
        CommandSpec(
            "bots", .fleet, "the fleet", options: [.state, .search, .history],
            examples: [
                CommandExample("plutarc bots", "every bot, trouble first"),
                CommandExample("plutarc bots --state paused --json", "for a script"),
            ]),
        CommandSpec(
            "bot", .fleet, "one bot whole", [.one("BOT")],
            details: "Header, template breakdown, limits with headroom, positions, last events.",
            examples: [CommandExample("plutarc bot btc-trend-01", "by its label")]),
    ] + ActList.words(of: .bots)

    static let trading: [CommandSpec] = [
        CommandSpec(
            "positions", .trading, "open positions", options: [.bot],
            examples: [CommandExample("plutarc positions --json", "for a script")]),
        CommandSpec(
            "orders", .trading, "orders, newest first", options: [.bot, .since, .limit],
            examples: [
                CommandExample("plutarc orders --bot btc-trend-01 --limit 20", "the last 20")
            ]),
        CommandSpec(
            "trades", .trading, "closed trades, newest first", options: [.bot, .since, .limit],
            examples: [CommandExample("plutarc trades --since 24h", "of the last day")]),
    ] + ActList.words(of: .trading)
}
