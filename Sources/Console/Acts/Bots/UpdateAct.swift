/// Update, as people meet it: one bot; of several the form of an update of many opens.
import Core
import Store

enum UpdateAct: OneBotAct {
    static let key = KeyCommand.update

    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            key, [.character("U")], "update..", in: context, needs: .botsUpdate, changes: true)
    }

    static let palette: PaletteCommand? = .ofBot(
        "update", "update", "the newest version (asks)", .act(key))

    static let words: CommandSpec? = CommandSpec(
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
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try context.scope()
        if context.hasNothing(scope) { return try context.tellNothing() }
        guard let canaries = try context.call.integer(.canary, in: 1...10_000) else {
            guard case .named(let names) = scope, names.count == 1 else {
                throw .usage(
                    "several bots are updated in cohorts",
                    remedy: "Say how many go first: --canary 1.")
            }
            return try update(names[0], context)
        }
        let meant = try context.meant(scope) { .updateInCohorts($0, canaries: canaries) }
        let command = Command.updateInCohorts(meant.scope, canaries: canaries)
        try context.ask("Update \(meant.words), \(canaries) first?", before: command) {
            fleet throws(CommandFailure) in
            try checkCohorts(meant.scope, canaries, fleet, context)
        }
        return try context.perform(command, document: { $0.list(scope) })
    }

    private static func update(
        _ name: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let bot = try context.meant(name) { .update(bot: $0) }
        let command = Command.update(bot: bot.word)
        try context.ask(
            "Update \(bot.name)? Trading waits for one to two minutes.", before: command, about: bot
        ) { row, now throws(Refusal) in
            try LifeRules.update(row.bot, row.instance, at: now)
        }
        return try context.perform(command)
    }

    /// What the engine would refuse, as far as the fleet tells.
    private static func checkCohorts(
        _ scope: BotScope, _ canaries: Int, _ fleet: FleetBoard, _ context: CommandContext
    ) throws(CommandFailure) {
        var rows = fleet.rows.sorted { $0.id < $1.id }
        if case .named(let names) = scope {
            var wanted: [ID<Bot>] = []
            for name in names { wanted.append(try context.bot(named: name).id) }
            rows = rows.filter { wanted.contains($0.id) }
        }
        do throws(Refusal) {
            if let work = fleet.rollout, !work.isOver {
                throw Refusal.life(.rolloutUnderWay(version: work.version))
            }
            try LifeRules.cohorts(
                of: rows.map { ($0.bot, $0.instance) }, canaries: canaries, at: fleet.now)
        } catch { throw CommandFailure(error) }
    }

    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal) {
        try LifeRules.update(row.bot, row.instance, at: around.now)
    }

    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        rows.count > 1 ? RollOutAct.ask(rows, around) : askAboutOne(of: rows, around)
    }

    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction] {
        let versions = "\(row.bot.version) to \(row.bot.availableVersion ?? "")"
        return confirm(
            "Update", row,
            [
                "From \(versions), one to two minutes.",
                "Trading waits, pending orders are cancelled; positions and addresses stay.",
            ], around,
            .submit(.update(bot: row.id.description), words: "Updating \(row.label)"))
    }
}
