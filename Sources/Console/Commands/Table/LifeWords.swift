/// Words of the commands about the life of bots and its bill.

extension CommandTable {
    static let life: [CommandSpec] = [
        CommandSpec(
            "deploy", .fleet, "provision a new bot",
            options: [.botName, .region, .provider, .key, .template], changes: true,
            details: """
                Usually under a minute, free until it is Online. Without key and template it \
                cannot trade. Its addresses, to whitelist at the exchange, are known at once.
                """,
            examples: [
                CommandExample("plutarc deploy --name btc-03 --region tokyo", "without key"),
                CommandExample(
                    "plutarc deploy --name btc-03 --region tokyo --key paper-3 "
                        + "--template 'Trend Follower'", "ready to trade"),
            ]),
        CommandSpec(
            "start", .fleet, "deploy a stopped bot again", [.one("BOT")], changes: true,
            examples: [CommandExample("plutarc start btc-trend-01", "as it was configured")]),
        CommandSpec(
            "stop", .fleet, "release the instance of a bot", [.one("BOT")],
            options: [.closeFirst, .leaveOpen, .preview, .confirm, .confirmLabel, .yes],
            changes: true,
            details: """
                Refused while positions are open: close them at market first, with the bot's label \
                or the token of a fresh --preview, or leave them without anybody watching, with \
                the label. On a terminal it asks before it stops.
                """,
            examples: [
                CommandExample("plutarc stop btc-trend-01", "a flat bot"),
                CommandExample("plutarc stop btc-trend-01 --preview", "what would close first"),
                CommandExample(
                    "plutarc stop btc-trend-01 --close-first --confirm-label btc-trend-01",
                    "closes, then stops"),
            ]),
        CommandSpec(
            "restart", .fleet, "rebuild the process of a bot", [.one("BOT")],
            options: [.reason, .yes], changes: true,
            details: """
                At most once an hour for each bot. Staff give a reason. On a terminal it asks.
                """,
            examples: [CommandExample("plutarc restart btc-trend-01", "one bot")]),
        CommandSpec(
            "update", .fleet, "bring the newest version to bots", [.any("BOT")],
            options: [.all, .canary, .yes], changes: true,
            details: """
                One to two minutes: pause, cancel orders, pull, replace, reconcile, resume. The \
                addresses and positions stay. A version that fails its check is rolled back. With \
                --canary the quietest N go first; the engine watches them for ten minutes, then \
                goes on with the others, or takes the canaries back.
                """,
            examples: [
                CommandExample("plutarc update btc-trend-01", "one bot"),
                CommandExample("plutarc update --all --canary 2", "two first, then the rest"),
            ]),
        CommandSpec(
            "assign-key", .fleet, "give a flat bot another key, or none",
            [.one("BOT"), .one("KEY|none")], changes: true,
            examples: [
                CommandExample("plutarc assign-key btc-03 paper-3", "by its label"),
                CommandExample("plutarc assign-key btc-03 none", "it trades no more"),
            ]),
        CommandSpec(
            "sessions", .fleet, "when a bot trades, sleeps and wakes", [.one("BOT")],
            options: [.set, .clear, .preview], changes: true,
            details: """
                Without --set the sessions in force, and the next times at which it sleeps and \
                wakes. A bot's own sessions replace its template's for entries, sleep and wake \
                alike. Written as in a template file: [session NAME], days, start, end, zone.
                """,
            examples: [
                CommandExample("plutarc sessions btc-trend-01", "in force, and what comes"),
                CommandExample("plutarc sessions btc-trend-01 --set tokyo.ini", "from a file"),
                CommandExample(
                    "plutarc sessions btc-trend-01 --set tokyo.ini --preview", "changes nothing"),
                CommandExample("plutarc sessions btc-trend-01 --clear", "the template's again"),
            ]),
        CommandSpec(
            "regions", .fleet, "where bots can run, and the rates", options: [.exportRegions],
            details: """
                Read from compute.ini in the home, where there is such a file. To have other
                regions, rates or a newer bot version: export it there, edit it, and start the
                engine again.
                """,
            examples: [
                CommandExample("plutarc regions --json", "for a script"),
                CommandExample("plutarc regions --export compute.ini", "to edit it"),
            ]),
        CommandSpec(
            "billing", .fleet, "balance, burn, runway and ledger", options: [.since],
            details: "Charged to the second while an instance is provisioned.",
            examples: [CommandExample("plutarc billing --since 7d", "the ledger of a week")]),
        CommandSpec(
            "top-up", .fleet, "add to the prepaid balance", [.one("AMOUNT")], changes: true,
            examples: [CommandExample("plutarc top-up 250", "USD")]),
    ]
}
