/// Words of the commands that make a home, drive its engine, or need none.
import Core

extension CommandTable {
    static let home: [CommandSpec] = [
        CommandSpec(
            "init", .home, "create a home",
            options: [.demo, .bots, .seed, .days, .market], isChange: { _ in true },
            details: """
                Refuses a home that exists. With --demo, so many simulated days are played through \
                the engine, so that history, trades, tickets and audit are really there.
                """,
            examples: [
                CommandExample("plutarc init", "an empty home in the default place"),
                CommandExample(
                    "plutarc init --home /tmp/fleet --demo --bots 12 --days 14 --seed 7",
                    "a demo fleet of its own"),
            ]),
        CommandSpec(
            "demo", .home, "open a demo fleet, created on first use",
            options: [.speed] + Option.console,
            details: "The demo lives in a home of its own, beside the default one.",
            examples: [CommandExample("plutarc demo --speed 60", "an hour passes in a minute")]),
        CommandSpec(
            "engine", .home, "run, start, stop or ask for the engine",
            [.optional("run|start|stop|status")],
            options: [.speed, .forSpan, .acceptClock, .unit],
            isChange: { call in
                !call.has(.unit)
                    && ["run", "start", "stop"].contains(call.operands.first ?? "status")
            },
            details: """
                run stays in the foreground, as under systemd; start detaches. One engine a home. \
                Without a word: status. While the clock cannot be right, the engine opens nothing \
                and does not catch up: within a boot it must agree with the machine's own count of \
                time to a minute, over a restart 30 days of absence are believed.
                """,
            examples: [
                CommandExample("plutarc engine start --accept-clock", "also while one runs"),
                CommandExample("plutarc engine run", "in the foreground until stopped"),
                CommandExample("plutarc engine --unit > plutarc.service", "a systemd unit"),
            ]),
        CommandSpec(
            "status", .home, "one screen of health",
            details: "Engine, lease, bots by state, figures, alerts.",
            examples: [CommandExample("plutarc status --json", "for a monitor")]),
        CommandSpec(
            "check", .home, "check integrity, schema, audit chain and ledger",
            details: """
                Only reads, and names each problem. Exit status 7 when the data is damaged, 1 when \
                it is sound and only keeps single bots from running.
                """,
            examples: [
                CommandExample("plutarc check", "prints the problems, or that there are none")
            ]),
    ]

    static let tools: [CommandSpec] = [
        CommandSpec(
            "screen", .tools, "print one screen as plain text", [.one("NAME")],
            options: [.size, .bot, .ascii],
            examples: [
                CommandExample("plutarc screen fleet --size 120x40", "for a pipe or the docs")
            ]),
        CommandSpec(
            "themes", .tools, "list themes, their roles, or check a theme file",
            [.optional("roles|check"), .optional("FILE")],
            examples: [
                CommandExample("plutarc themes", "names, and where each was found"),
                CommandExample("plutarc themes check my.theme", "errors with line and key"),
            ]),
        CommandSpec(
            "sql", .tools, "read-only SQL over the home's database", [.optional("QUERY")],
            details: "Without a query, it is read from stdin. Nothing can be changed.",
            examples: [
                CommandExample("plutarc sql 'SELECT label FROM bots'", "one column, one row a bot")
            ]),
        CommandSpec(
            "bench", .tools, "measure this program on this machine",
            [.optional("NAME"), .optional("FILE")], options: [.list, .quantity, .label],
            details: """
                Without a name: the list. engine runs one strategy over a candle file, on the path \
                of replay with risk limits, records and accounting on. The last line of every \
                measurement is one JSON object.
                """,
            examples: [
                CommandExample("plutarc bench --list", "the measurements by name"),
                CommandExample(
                    "plutarc bench engine synth.csv --qty 1 --label synth", "bars per CPU second"),
                CommandExample("plutarc bench fleet", "many bots at one candle close"),
                CommandExample("plutarc bench simulate", "how fast a simulation runs"),
            ]),
        CommandSpec(
            "simulate", .tools, "try to break the system, seed by seed",
            options: [.seeds, .days, .bots, .faults],
            details: """
                Bots, simulated exchange and compute, store, and people of every role who press \
                everything at random, in virtual time. Faults, each with a scale: storms, strays, \
                rejects, drop, delay, duplicate, reorder, provisioning, losses, link, crashes, \
                cuts, disk, clock, standstill, absence. After every commit, \
                \(Simulation.lawCount) laws are checked against what is stored. A violation \
                names seed and step; the same seed shows it again. At the end stand the counts \
                of all that was met. Needs no home.
                """,
            examples: [
                CommandExample("plutarc simulate --seeds 1..20", "twenty seeds, three days each"),
                CommandExample(
                    "plutarc simulate --seeds 7 --days 10 --faults storms=3,crashes=5",
                    "a rough one"),
            ]),
        CommandSpec(
            "help", .tools, "help on a command, or on keys", [.any("COMMAND")],
            examples: [
                CommandExample("plutarc help ticket open", "one command in full"),
                CommandExample("plutarc help keys", "all keys of the console"),
            ]),
        CommandSpec(
            "version", .tools, "the version of this program",
            examples: [CommandExample("plutarc version --json", "for a script")]),
    ]
}
