/// Commands about the life of bots: deploy, start, stop, restart, update, key, regions, billing.

import Core
import Store

enum LifeActions {
    static let actions: [String: CommandAction] = [
        "deploy": deploy, "start": start, "stop": stop, "restart": restart, "update": update,
        "assign-key": assignKey, "top-up": topUp, "regions": regions, "billing": billing,
    ]

    /// JSON is the bot as it then is.
    @Sendable static func deploy(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard let name = call[.botName], let region = call[.region] else {
            throw .usage(
                "\"plutarc deploy\" needs --name and --region",
                remedy: "See the regions: plutarc regions.")
        }
        let request = DeployRequest(
            label: name, region: region, provider: call[.provider], key: call[.key],
            template: call[.template])
        return try context.perform(.deploy(request)) { report in
            let fleet = try? context.reader().fleet()
            let bot = fleet.flatMap { board in
                board.rows.first { $0.label == name }.map { $0.json(now: board.now) }
            }
            guard case .object(let members) = bot else { return report.document }
            return .object(
                members + [
                    JSON.Member("command_id", .string(report.command.description)),
                    JSON.Member("outcome", .string(report.outcome.rawValue)),
                ])
        }
    }

    @Sendable static func start(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.start(bot: context.operand(0)))
    }

    @Sendable static func stop(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let call = context.call
        guard !call.has(.closeFirst) || !call.has(.leaveOpen) else {
            throw .usage(
                "--close-first and --leave-open exclude each other", remedy: "Keep one of them.")
        }
        let bot = context.operand(0)
        let preview = Command.previewStop(bot: bot)
        if call.has(.preview) {
            guard !call.has(.leaveOpen) else {
                throw .usage(
                    "--leave-open closes nothing: there is nothing to preview",
                    remedy: "See what is open: plutarc positions --bot \(bot).")
            }
            _ = try context.confirmation()
            return try context.perform(preview)
        }
        let choice: OpenPositions =
            call.has(.closeFirst) ? .close : call.has(.leaveOpen) ? .leave : .refuse
        if choice == .refuse {
            try context.ask(
                "Stop \(bot), and release its addresses?",
                before: .stop(bot: bot, choice, confirmation: nil), about: bot
            ) { row, now throws(Refusal) in
                try LifeRules.stop(
                    row.bot, row.instance, open: held(row, context), .refuse, nil, at: now)
            }
        }
        let confirmation =
            choice == .close
            ? try context.confirmation(of: preview, orYes: "Stop \(bot)?")
            : try context.confirmation()
        return try context.perform(.stop(bot: bot, choice, confirmation: confirmation))
    }

    /// What a bot holds, as the engine names it; nothing where that may not be read.
    private static func held(_ row: BotRow, _ context: CommandContext) -> [String] {
        let rows = (try? context.reader().positions())?.rows ?? []
        return rows.map(\.position).filter { $0.botID == row.id }
            .map { "\($0.symbol) \($0.side.rawValue)" }
    }

    @Sendable static func restart(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let bot = context.operand(0)
        let command = Command.restart(bot: bot, reason: context.call[.reason])
        try context.ask(
            "Restart \(bot)? Trading waits until it has reconciled with the exchange.",
            before: command, about: bot
        ) { row, now throws(Refusal) in
            try LifeRules.restart(row.bot, row.instance, at: now)
        }
        return try context.perform(command)
    }

    @Sendable static func update(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let scope = try SteeringActions.scope(context)
        if SteeringActions.hasNothing(scope, context) {
            return try SteeringActions.tellNothing(context)
        }
        guard let canaries = try context.call.integer(.canary, in: 1...10_000) else {
            guard case .named(let names) = scope, names.count == 1 else {
                throw .usage(
                    "several bots are updated in cohorts",
                    remedy: "Say how many go first: --canary 1.")
            }
            let command = Command.update(bot: names[0])
            try context.ask(
                "Update \(names[0])? Trading waits for one to two minutes.", before: command,
                about: names[0]
            ) { row, now throws(Refusal) in
                try LifeRules.update(row.bot, row.instance, at: now)
            }
            return try context.perform(command)
        }
        let command = Command.updateInCohorts(scope, canaries: canaries)
        try context.ask("Update \(scope.words), \(canaries) first?", before: command) {
            fleet throws(CommandFailure) in
            try checkCohorts(scope, canaries, fleet, context)
        }
        return try context.perform(command, document: { SteeringActions.list($0, scope) })
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

    @Sendable static func assignKey(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try context.perform(.assignKey(bot: context.operand(0), key: context.operand(1)))
    }

    @Sendable static func topUp(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let amount = context.operand(0)
        do throws(Refusal) { _ = try LifeRules.amount(amount) } catch {
            // Who may not add any hears that from the engine.
            if context.holds(.billingManage) { throw CommandFailure(error) }
        }
        return try context.perform(.topUp(amount))
    }

    /// Of the home, where there is one; else those built into the program.
    @Sendable static func regions(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let catalog = try catalog(context)
        if let path = context.call[.exportRegions] { return try export(to: path, context) }
        try context.output.result(json: catalog.json) {
            var table = TextTable([
                .text("provider"), .text("region"), .number("USD an hour"),
                .number("USD in 30 days"), .text("note"),
            ])
            for place in catalog.places {
                table.add([
                    place.provider, place.region, place.hourly.text(decimals: 3),
                    place.monthly.text(decimals: 2),
                    catalog.place(region: place.region) == place ? "default" : nil,
                ])
            }
            return context.output.table(table, none: "No regions.") + [""]
                + roundTrips(catalog, context.output)
        }
        return .done
    }

    private static func export(
        to path: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let text: String
        let home = try context.homePath()
        do throws(FileError) { text = try ComputeCatalog.text(home: home) } catch {
            throw CommandFailure(error)
        }
        try context.create(path) { write throws(CommandFailure) in
            try write(Untrusted.escaped(text))
        }
        try context.output.result(json: ["file": .string(path)]) {
            ["The regions are in \(DisplayText.clean(path))."]
        }
        return .done
    }

    /// One row an exchange, one column a region; simulated, while nothing measures.
    private static func roundTrips(_ catalog: ComputeCatalog, _ output: Output) -> [String] {
        var regions: [String] = []
        for place in catalog.places where !regions.contains(place.region) {
            regions.append(place.region)
        }
        var table = TextTable([.text("ms to")] + regions.map { .number($0) })
        for exchange in catalog.exchanges {
            table.add(
                [exchange]
                    + regions.map { region in
                        catalog.roundTrip(from: region, to: exchange).map {
                            "\($0.milliseconds)"
                        }
                    })
        }
        return [output.heading("ROUND TRIPS, simulated; compute.ini in the home changes them")]
            + output.table(table, none: "None known.")
    }

    @Sendable static func billing(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let now = try context.clock()
        let since = try context.call.instant(.since, now: now) ?? now - .days(1)
        let catalog = try catalog(context)
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.billing(catalog: catalog, since: since)
        }
        try context.told(json: board.json) { lines(board, context.output) }
        return .done
    }

    private static func catalog(
        _ context: CommandContext
    ) throws(CommandFailure) -> ComputeCatalog {
        guard try context.hasHome() else { return .standard }
        // The home's own rates are for its members, as all that is read there.
        _ = try context.person()
        let path = try context.homePath()
        do throws(FileError) { return try ComputeCatalog.read(home: path) } catch {
            throw CommandFailure(error)
        }
    }

    private static func lines(_ board: BillingBoard, _ output: Output) -> [String] {
        let facts: [(String, String?)] = [
            ("balance", board.balance.map { "\($0.money) USD" } ?? "not charged"),
            ("used since the last charge", "\(board.accrued.text(decimals: 4)) USD"),
            ("burn", "\(board.burn.text(decimals: 3)) USD an hour, \(board.charged) charged"),
            ("runway", board.runway?.ageText), ("alarm", board.alarmWords),
        ]
        var costs = TextTable([
            .text("bot"), .text("place"), .number("USD an hour"), .text("now"),
            .number("USD used"), .number("seconds"),
        ])
        for cost in board.costs {
            costs.add([
                cost.label, cost.place, cost.hourly.text(decimals: 3),
                cost.isCharged ? "charged" : "free", cost.used.text(decimals: 4, atMost: 8),
                "\(cost.seconds)",
            ])
        }
        var table = TextTable([
            .text("at"), .text("kind"), .number("USD"), .text("bot"), .number("seconds"),
            .text("detail"),
        ])
        for row in board.rows {
            table.add([
                ValueText.time(row.at), row.kind.rawValue, row.amount.text(decimals: 4, atMost: 8),
                row.botID.flatMap { board.labels[$0] }, row.seconds > 0 ? "\(row.seconds)" : nil,
                row.detail,
            ])
        }
        return DossierText.pairs(facts) + [""] + output.table(costs, none: "No bots.") + [""]
            + output.table(table, none: "No ledger rows.")
    }
}
