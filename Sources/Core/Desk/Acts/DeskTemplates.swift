/// Templates at the desk: assign, import, copy, delete.
import Store

extension Desk {
    func drawTemplate(_ command: Command, by person: Operator) throws -> Plan {
        switch command {
        case .assignTemplate(let bot, let template, let confirmation):
            return try assign(template, to: bot, confirmation, by: person)
        case .previewTemplate(let bot, let template):
            return try previewTemplate(template, for: bot, by: person)
        case .templateImport(let text, let file):
            let template: Template
            do throws(FileError) {
                template = try TemplateFile.parseNew(text, file: file ?? "template")
            } catch { throw Refusal.template(
                    .broken(headline: error.headline, remedy: error.remedy)) }
            return try importing(template, by: person)
        case .templateCopy(let name, let copy): return try copying(name, as: copy, by: person)
        case .templateDelete(let name): return try deleting(name)
        default: throw Refusal.unknownVerb(command.verb)
        }
    }

    /// The newest version of a template: a system one, or a user's.
    func template(named name: String) throws -> Template {
        if let system = SystemTemplates.all.first(where: { $0.name == name }) { return system }
        let stored = try database.read { db throws(StoreError) in try db.templates() }
        guard let newest = stored.last(where: { $0.name == name }) else {
            throw Refusal.noSuch(.template, name)
        }
        return try Self.parse(newest)
    }

    static func parse(_ row: TemplateVersion) throws -> Template {
        var template = try TemplateFile.parse(row.text, file: row.name)
        (template.name, template.version) = (row.name, row.version)
        return template
    }

    private func outlooks(of bot: BotMachine, _ name: String) throws -> [ExitOutlook] {
        let template = try template(named: name)
        let past = try Past(of: bot.instruments, for: template, in: world, database)
        return try world.outlooks(of: bot, under: template) { past[$0] }
    }

    /// What the exit rules would do to what is open, and a token that confirms just that.
    private func previewTemplate(
        _ name: String, for botName: String, by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: botName)
        let template = try template(named: name)
        let outlooks = try outlooks(of: bot, name)
        let stored = try store(content(bot, template), for: person)
        let question: LimitNeed.Question = bot.held.isEmpty ? .none : .label
        return Plan(
            deeds: [],
            result: Self.foresight(
                stored, bot, outlooks, [JSON.Member("asks", .string(question.rawValue))]))
    }

    private func content(_ bot: BotMachine, _ template: Template) -> PreviewContent {
        content(
            verb: "assign-template \(template.name) v\(template.version)",
            [CloseTarget(bot: bot.record, positions: bot.positions, resting: [])], only: nil)
    }

    private func assign(
        _ name: String, to botName: String, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: botName)
        let template = try template(named: name)
        let positions =
            confirmation == nil && !bot.held.isEmpty ? try outlooks(of: bot, name).map(\.words) : []
        try TemplateRules.assign(
            template, to: bot.record, openPositions: bot.held.count, positions: positions,
            confirmation: confirmation)
        // What has waited for a link was confirmed when it was asked for.
        if case .token = confirmation, !bot.held.isEmpty, !isHandingOver {
            try confirm(
                confirmation, content(bot, template), labels: [bot.record.label], by: person)
        }
        try check(template, over: bot.instruments)
        let before = bot.record.templateName ?? "none"
        let held = bot.held.count
        let past = try Past(of: bot.instruments, for: template, in: world, database)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: before, after: "\(template.name) v\(template.version)",
                message: held == 0
                    ? "runs \(template.name)"
                    : "runs \(template.name); its exit rules now hold "
                        + counted(held, "open position")
            ) { [world] db, _ throws(StoreError) in
                try Self.consume(confirmation, db)
                world.change(bot, to: template, by: person.name) { past[$0] }
            }
        ])
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

    private func importing(_ template: Template, by person: Operator) throws -> Plan {
        let existing = try? self.template(named: template.name)
        let version = try TemplateRules.importVersion(
            named: template.name, over: existing, taken: try takenNames())
        _ = try Strategy(template, tick: Price(raw: 1))
        return Plan(deeds: [store(template, version: version, before: existing, by: person)])
    }

    private func takenNames() throws(StoreError) -> [String] {
        let stored = try database.read { db throws(StoreError) in try db.templates() }
        return SystemTemplates.all.map(\.name) + stored.map(\.name)
    }

    private func copying(_ name: String, as copy: String, by person: Operator) throws -> Plan {
        var template = try template(named: name)
        try TemplateRules.copy(as: copy, taken: try takenNames())
        template.name = copy
        template.kind = .user
        return Plan(deeds: [store(template, version: 1, before: nil, by: person)])
    }

    private func store(
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

    private func deleting(_ name: String) throws -> Plan {
        let template = try template(named: name)
        let users = world.bots.filter { $0.record.templateName == name }.map(\.record.label)
        try TemplateRules.delete(template, runningOn: users)
        return Plan(deeds: [
            Deed(target: name, before: "v\(template.version)", after: "gone", message: "deleted") {
                db, _ throws(StoreError) in try db.deleteTemplate(template.name)
            }
        ])
    }
}
