/// What acts on the life of bots have in common at the desk: places, money, keys, pasts.
import Store

extension Desk {
    /// What comes back may be a bot that was set aside: it has heard nothing, and nothing can be
    /// read once it is under way.
    func recallPasts() throws(StoreError) {
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
    func checkRegions() throws(Refusal) {
        if let fault = world.fleet.compute.catalog.fault { throw .life(.computeFile(fault)) }
    }

    func checkBalance() throws(Refusal) {
        guard !world.fleet.canPay, let left = world.fleet.available else { return }
        throw .life(.noBalance(left))
    }

    /// A free, active key by id, label or prefix.
    func key(named name: String, for bot: Bot, open: [String]) throws -> APIKey {
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

    /// A template that cannot be built is refused before anything is written.
    func check(_ template: Template?, over key: APIKey?) throws {
        guard let template else { return }
        try check(template, over: (key?.instrumentIDs ?? []).compactMap { world.symbol($0) })
    }

    /// What the strategies will start from on a key's symbols.
    func past(of template: Template?, over key: APIKey?) throws(StoreError) -> Past {
        guard let template, let key else { return Past() }
        let symbols = key.instrumentIDs.compactMap { world.symbol($0) }
        return try Past(of: symbols, for: template, in: world, database)
    }
}
