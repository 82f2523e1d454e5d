/// Words of the commands that show bots and steer them.

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
        CommandSpec(
            "pause", .fleet, "stop opening positions; exits go on", [.any("BOT")],
            options: [.all, .reason, .yes], changes: true,
            details: "Asks nothing; --yes is taken all the same.",
            examples: [
                CommandExample("plutarc pause btc-trend-01 eth-mr-02", "two bots"),
                CommandExample("plutarc pause --all --reason 'CPI at 14:30'", "the whole fleet"),
            ]),
        CommandSpec(
            "resume", .fleet, "open positions again", [.any("BOT")],
            options: [.all, .reason, .yes], changes: true,
            details: """
                A latched kill switch needs a reason, and the permission to edit limits. On a \
                terminal it asks before it resumes several bots, or what somebody else has paused. \
                Where nobody can be asked, --all resumes what others have paused with --yes only.
                """,
            examples: [
                CommandExample("plutarc resume btc-trend-01", "one bot"),
                CommandExample(
                    "plutarc resume btc-trend-01 --reason 'loss understood'",
                    "resets the kill switch"),
            ]),
        CommandSpec(
            "risk", .fleet, "read or set the limits of a bot", [.one("BOT")],
            options: [.set, .reset, .preview, .confirm, .confirmLabel, .yes], changes: true,
            details: """
                Without options, limits and what is used of them. Percent limits are typed in \
                percent: daily_loss_pct=5 is 5 %. All of the values are set, or none. With \
                positions open, a change that loosens a limit or would close something at once \
                needs the bot's label or the token of a fresh --preview; any other a plain yes.
                """,
            examples: [
                CommandExample("plutarc risk btc-trend-01", "limits and headroom"),
                CommandExample(
                    "plutarc risk btc-trend-01 --set daily_loss_pct=4 max_leverage=3 --yes",
                    "two limits"),
                CommandExample(
                    "plutarc risk btc-trend-01 --set max_leverage=10 --preview",
                    "what it would do, and what it asks for"),
                CommandExample("plutarc risk btc-trend-01 --reset", "the defaults again"),
            ]),
        CommandSpec(
            "assign-template", .fleet, "give a bot another template",
            [.one("BOT"), .one("TEMPLATE")], options: [.preview, .confirm, .confirmLabel],
            changes: true,
            details: """
                With open positions, whose exit rules change at once, it needs the bot's label or \
                the token of a fresh --preview.
                """,
            examples: [
                CommandExample(
                    "plutarc assign-template btc-trend-01 'Mean Reverter' --preview",
                    "what would become of open positions"),
                CommandExample(
                    "plutarc assign-template btc-trend-01 'Mean Reverter'",
                    "by the template's name")
            ]),
    ]

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
        CommandSpec(
            "close", .trading, "close one position at market", [.one("POSITION")],
            options: [.preview, .confirm, .confirmLabel], changes: true,
            details: """
                Reduce-only. Needs the token of a fresh --preview, or the bot's label; on a \
                terminal it shows the preview and asks.
                """,
            examples: [
                CommandExample("plutarc close position-17 --preview", "what it would do"),
                CommandExample("plutarc close position-17 --confirm TOKEN", "does it"),
            ]),
        CommandSpec(
            "close-all", .trading, "pause, then close everything at market", [.any("BOT")],
            options: [.all, .preview, .confirm, .confirmLabel], changes: true,
            details: """
                Stops entries, cancels every resting order, closes reduce-only, and says flat only \
                when the exchange does. It goes on when this terminal is gone. Needs the token of \
                a fresh --preview, or of one bot the label; on a terminal it shows the preview and \
                asks.
                """,
            examples: [
                CommandExample("plutarc close-all --all --preview", "what it would do"),
                CommandExample(
                    "plutarc close-all btc-trend-01 --confirm-label btc-trend-01", "one bot"),
            ]),
    ]
}
