/// The life of a bot at the desk: deploy, start, stop, restart, update, its key and the bill.
import Store

extension Desk {
    func drawLife(_ command: Command, by person: Operator) throws -> Plan {
        try recallPasts()
        switch command {
        case .deploy(let request): return try deploy(request, by: person)
        case .start(let name): return try start(name, by: person)
        case .stop(let name, let choice, let confirmation):
            return try stop(name, choice, confirmation, by: person)
        case .previewStop(let name): return try previewStop(name, by: person)
        case .restart(let name, let reason): return try restart(name, reason, by: person)
        case .update(let name): return try update(name, by: person)
        case .updateInCohorts(let scope, let canaries):
            return try rollOut(scope, canaries: canaries, by: person)
        case .assignKey(let name, let key): return try assign(key: key, to: name, by: person)
        case .topUp(let amount): return try topUp(amount)
        default: throw Refusal.unknownVerb(command.verb)
        }
    }

    /// What comes back may be a bot that was set aside: it has heard nothing, and nothing can be
    /// read once it is under way.
    private func recallPasts() throws(StoreError) {
        for bot in world.bots where bot.isSetAside {
            guard let template = bot.template else { continue }
            let past = try Past(of: bot.instruments, for: template, in: world, database)
            let exits = try database.read { db throws(StoreError) in
                try db.lastExits(of: bot.id)
            }
            bot.recalled = (past, exits)
        }
    }

    /// Where bots run, and at what price, is not to be guessed.
    func checkPlaces() throws(Refusal) {
        if let fault = world.compute.catalog.fault { throw .life(.computeFile(fault)) }
    }

    private func checkBalance() throws(Refusal) {
        guard !world.canPay, let left = world.available else { return }
        throw .life(.noBalance(left))
    }

    private func place(_ request: DeployRequest) throws(Refusal) -> ComputePlace {
        let catalog = world.compute.catalog
        guard let place = catalog.place(region: request.region, provider: request.provider) else {
            throw .life(
                .noSuchPlace(
                    region: request.region, provider: request.provider,
                    known: catalog.places.map { "\($0.provider) \($0.region)" }))
        }
        return place
    }

    /// A free, active key by id, label or prefix.
    private func key(named name: String, for bot: Bot, open: [String]) throws -> APIKey {
        let found = try database.read { db throws(StoreError) in try db.findKey(name) }
        let key: APIKey
        switch found {
        case .none: throw Refusal.noSuch(.key, name)
        case .several(let keys):
            throw Refusal.ambiguous(.key, name, candidates: keys.map(\.label))
        case .one(let one): key = one
        }
        let holder = world.isOn(.oneKeyOneBot) ? world.machine(key: key.id)?.record : nil
        let held = world.isOn(.keyOfFlatBots) ? open : []
        try LifeRules.assign(key, to: bot, open: held, holder: holder)
        return key
    }

    private func deploy(_ request: DeployRequest, by person: Operator) throws -> Plan {
        try checkPlaces()
        try LifeRules.label(request.label, taken: world.bots.map(\.record.label))
        let place = try place(request)
        try checkBalance()
        let number = (world.bots.last?.id.number ?? 0) + 1
        let record = Bot(
            id: ID(number), label: request.label, phase: BotTransitions.birth,
            provider: place.provider, region: place.region, createdAt: world.now)
        let key = try request.key.map { try self.key(named: $0, for: record, open: []) }
        let template = try request.template.map { try self.template(named: $0) }
        try check(template, over: key)
        let past = try past(of: template, over: key)
        return Plan(deeds: [
            Deed(
                target: request.label, after: "deploying in \(place.region)", outcome: .running,
                message: "deploying to \(place.provider) \(place.region)"
            ) { [world] db, row throws(StoreError) in
                try db.save(record)
                row.botID = record.id
                try? world.add(record, limits: RiskLimits(), template: nil, symbols: [])
                guard let bot = world.machine(record.id) else { return }
                if let key { world.assign(key, to: bot, by: person.name) }
                if let template { world.change(bot, to: template, by: person.name) { past[$0] } }
                world.deploy(bot, command: row.id, by: person.name)
            }
        ])
    }

    /// A template that cannot be built is refused before anything is written.
    private func check(_ template: Template?, over key: APIKey?) throws {
        guard let template else { return }
        try check(template, over: (key?.instruments ?? []).compactMap { world.symbol($0) })
    }

    /// What the strategies will start from on a key's symbols.
    private func past(of template: Template?, over key: APIKey?) throws(StoreError) -> Past {
        guard let template, let key else { return Past() }
        let symbols = key.instruments.compactMap { world.symbol($0) }
        return try Past(of: symbols, for: template, in: world, database)
    }

    private func start(_ name: String, by person: Operator) throws -> Plan {
        let bot = try machine(named: name)
        try checkPlaces()
        if bot.record.phase == .online {
            return Plan(deeds: [Deed(bot: bot.record, unchanged: "it runs already")])
        }
        try bot.flaws.check()
        try LifeRules.allow(.redeploy, bot.record, bot.instance, at: world.now)
        try checkBalance()
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "deploying",
                outcome: .running, message: "deploying to \(bot.record.region)"
            ) { [world] _, row in
                world.take(.redeploy, bot)
                world.deploy(bot, command: row.id, by: person.name)
            }
        ])
    }

    private func stop(
        _ name: String, _ choice: OpenPositions, _ confirmation: Confirmation?,
        by person: Operator
    ) throws -> Plan {
        let bot = try machine(named: name)
        if let plan = nothingToStop(bot) { return plan }
        let open = bot.held.map { "\($0.position.symbol) \($0.position.side.rawValue)" }
        try LifeRules.stop(
            bot.record, bot.instance, open: open, choice, confirmation, at: world.now)
        let closes = !open.isEmpty && choice == .close
        if closes {
            try checkClosing(by: person)
            if world.isOn(.stopIsConfirmed) {
                try confirm(
                    confirmation, stopContent(bot), labels: [bot.record.label], by: person)
            }
        }
        let words = open.isEmpty ? "winding down" : closes ? "closing first" : "leaving open: "
            + open.joined(separator: ", ")
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "stopped",
                outcome: .running, message: words
            ) { [world] db, row throws(StoreError) in
                if closes {
                    try Self.consume(confirmation, db)
                    return world.closeAll(
                        [bot], command: row.id, by: person.name, thenStop: true)
                }
                guard world.windDown(bot, command: row.id, words: "asked for", by: person.name)
                else { return }
                row.outcome = .done
                row.message = "stopped; it slept, so nothing was there to release"
                row.finishedAt = world.now
            }
        ])
    }

    /// Of a bot that is gone, or going; unless it left something open.
    private func nothingToStop(_ bot: BotMachine) -> Plan? {
        guard bot.held.isEmpty, [.stopped, .windingDown].contains(bot.record.phase)
        else { return nil }
        let words = bot.record.phase == .stopped ? "already stopped" : "already winding down"
        return Plan(deeds: [Deed(bot: bot.record, unchanged: words)])
    }

    /// What a stop would close first, and a token that confirms just that.
    private func previewStop(_ name: String, by person: Operator) throws -> Plan {
        let bot = try machine(named: name)
        try LifeRules.allow(.stop, bot.record, bot.instance, at: world.now)
        try checkClosing(by: person)
        return try preview(Command.Verb.stop, [target(bot)], only: nil, by: person)
    }

    /// Whoever closes by stopping needs the right to close.
    private func checkClosing(by person: Operator) throws(Refusal) {
        try Gate.check(.positionsCloseAll, for: person, act: "stop --close-first")
    }

    private func stopContent(_ bot: BotMachine) -> PreviewContent {
        content(verb: Command.Verb.stop, [target(bot)], only: nil)
    }

    private func restart(_ name: String, _ reason: String?, by person: Operator) throws -> Plan {
        let bot = try machine(named: name)
        try bot.flaws.check()
        try checkPlaces()
        var known = bot.instance
        if !world.isOn(.restartOnceAnHour) { known.restartedAt = nil }
        try LifeRules.restart(bot.record, known, at: world.now)
        // It would start on an instance that is not paid for yet.
        if bot.instance.since == nil { try checkBalance() }
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "restarting",
                outcome: .running, message: "restarting; trading waits meanwhile"
            ) { [world] _, row in
                world.tell(bot, "restart", reason ?? "asked for", by: person.name)
                // Where no instance ever came, or it is lost, the process starts on a new one.
                let isThere = bot.instance.since != nil && !bot.instance.isLost
                world.begin(isThere ? .restart : .replace, bot, command: row.id)
                bot.instance.restartedAt = world.now
            }
        ])
    }

    private func update(_ name: String, by person: Operator) throws -> Plan {
        let bot = try machine(named: name)
        try checkPlaces()
        try LifeRules.update(bot.record, bot.instance, at: world.now)
        let target = bot.record.availableVersion ?? bot.record.version
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.version, after: target, outcome: .running,
                message: "updating to \(target); trading waits meanwhile"
            ) { [world] _, row in
                world.tell(bot, "update", "to \(target)", by: person.name)
                world.begin(.update, bot, command: row.id, version: target)
            }
        ])
    }

    private func assign(key name: String, to botName: String, by person: Operator) throws -> Plan {
        let bot = try machine(named: botName)
        let open = bot.held.map { "\($0.position.symbol) \($0.position.side.rawValue)" }
        if name == LifeRules.noKey { return try takeKey(from: bot, open: open, by: person) }
        let key = try key(named: name, for: bot.record, open: open)
        if world.isOn(.keyOfFlatBots) {
            try LifeRules.assign(to: bot.record, orders: bot.orders.count)
        }
        let template = bot.template
        try check(template, over: key)
        let before = bot.record.keyID.map { "\($0)" } ?? "none"
        let past = try past(of: template, over: key)
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: before, after: "\(key.id)",
                message: "trades with \(key.label)"
            ) { [world] _, _ in
                world.cancelEntries(bot)
                world.assign(key, to: bot, by: person.name)
                if let template { world.change(bot, to: template, by: person.name) { past[$0] } }
                world.reconcileBeforeTrading(bot)
            }
        ])
    }

    /// The bot trades no more until it gets another one.
    private func takeKey(from bot: BotMachine, open: [String], by person: Operator) throws -> Plan {
        guard let key = bot.record.keyID else {
            throw Refusal.nothingToChange("\(bot.record.label) has no key already")
        }
        if world.isOn(.keyOfFlatBots) {
            try LifeRules.takeKey(from: bot.record, open: open)
            try LifeRules.assign(to: bot.record, orders: bot.orders.count)
        }
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: "\(key)", after: "none",
                message: "has no key now, and trades no more"
            ) { [world] _, _ in
                world.cancelEntries(bot)
                world.takeKey(from: bot, by: person.name)
            }
        ])
    }

    private func topUp(_ text: String) throws -> Plan {
        let amount = try LifeRules.amount(text)
        let before = world.billing?.balance ?? .zero
        return Plan(deeds: [
            Deed(
                target: "balance", before: before.text(decimals: 2),
                after: (before + amount).text(decimals: 2),
                message: "now \((before + amount).text(decimals: 2)) USD"
            ) { [world] _, row in
                if world.billing == nil { world.billing = BillingAccount(balance: .zero) }
                world.book(
                    LedgerEntry(
                        at: world.now, kind: .topUp, amount: amount, detail: "by \(row.actor)"))
                world.watchBalance()
            }
        ])
    }
}
