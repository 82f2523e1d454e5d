/// What acts on templates have in common at the desk.
import Store

extension Desk {
    /// The newest version of a template: a system one, or a user's.
    func template(named name: String) throws -> Template {
        if let system = Label.named(name, among: SystemTemplates.all, by: \.name) { return system }
        let stored = try database.read { db throws(StoreError) in try db.templates() }
        guard let newest = Label.named(name, among: stored, by: \.name) else {
            throw Refusal.noSuch(.template, name)
        }
        return try Self.parse(newest)
    }

    static func parse(_ row: TemplateVersion) throws -> Template {
        var template = try TemplateFile.parse(row.text, file: row.name)
        (template.name, template.version) = (row.name, row.version)
        return template
    }

    func takenTemplateNames() throws(StoreError) -> [String] {
        let stored = try database.read { db throws(StoreError) in try db.templates() }
        return SystemTemplates.all.map(\.name) + stored.map(\.name)
    }

    /// What its exit rules would do to what is open.
    func outlooks(of bot: BotMachine, under template: Template) throws -> [ExitOutlook] {
        let past = try Past(of: bot.instruments, for: template, in: world, database)
        return try world.trading.outlooks(of: bot, under: template) { past[$0] }
    }

    func content(_ bot: BotMachine, _ template: Template) -> PreviewContent {
        content(
            verb: "\(AssignTemplateCommand.verb) \(template.name) v\(template.version)",
            [CloseTarget(bot: bot.record, positions: bot.positions, resting: [])], only: nil)
    }

    /// A template that cannot be built, or whose candles a market does not give, is refused before
    /// anything is written.
    func check(_ template: Template, over symbols: [Int]) throws {
        for symbol in symbols {
            let market = world.markets[symbol]
            guard CandleAggregator.canBuild(template.timeframe, from: market.candleSpan) else {
                throw Refusal.template(
                    .tooFine(
                        name: template.name, needs: template.timeframe,
                        symbol: market.instrument.symbol, has: market.candleSpan))
            }
            _ = try Strategy(template, tick: market.instrument.tick)
        }
    }

    func store(
        _ template: Template, version: Int, before: Template?, by person: Operator
    ) -> Deed {
        let at = world.now
        return Deed(
            target: template.name, before: before.map { "v\($0.version)" } ?? "",
            after: "v\(version)", message: "\(template.name) version \(version) stored"
        ) { db, _ throws(StoreError) in
            try db.insert(
                TemplateVersion(
                    name: template.name, version: version, text: TemplateFile.print(template),
                    createdAt: at, createdBy: person.name))
        }
    }
}
