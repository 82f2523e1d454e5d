/// Commands that show where bots can run and what they cost: regions, billing.

import Core
import Store

enum BillingActions {
    static let actions: [String: CommandAction] = ["regions": regions, "billing": billing]

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
