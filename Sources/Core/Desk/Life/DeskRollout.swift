/// An update of many bots at the desk: the quietest go first, the others wait for them.
import Store

extension Desk {
    /// - Parameter canaries: how many go first.
    func rollOut(
        _ scope: BotScope, canaries: Int, by person: Operator
    ) throws(Refusal) -> Plan {
        try checkRegions()
        if let work = world.fleet.rollout, !work.rollout.stage.isOver {
            throw .life(.rolloutUnderWay(version: work.rollout.version))
        }
        let (ready, refused) = try updatable(in: scope)
        if ready.isEmpty, let refusal = refused.first?.refusal { throw refusal }
        try LifeRules.canaries(canaries, of: ready.count)
        let first = Array(ready.sorted(by: Self.isQuieter).prefix(canaries))
        let names = first.map(\.record.label).joined(separator: ", ")
        let canaryDeeds = first.map { cohort($0, isCanary: true, names, by: person) }
        let others = ready.filter { bot in !first.contains { $0 === bot } }
            .map { cohort($0, isCanary: false, names, by: person) }
        return Plan(deeds: canaryDeeds + others + refused)
    }

    /// Who can be updated now, and a refusal for each of the others.
    private func updatable(
        in scope: BotScope
    ) throws(Refusal) -> (ready: [BotMachine], refused: [Deed]) {
        var ready: [BotMachine] = []
        var refused: [Deed] = []
        for bot in try machines(in: scope) {
            do throws(Refusal) {
                try LifeRules.update(bot.record, bot.instance, at: world.now)
                ready.append(bot)
            } catch {
                refused.append(Deed(bot: bot.record, target: bot.record.label, refusal: error))
            }
        }
        return (ready, refused)
    }

    /// Flat before holding, nothing resting before orders on their way, then by id.
    private static func isQuieter(_ one: BotMachine, _ other: BotMachine) -> Bool {
        (one.held.count, one.orders.count, one.id)
            < (other.held.count, other.orders.count, other.id)
    }

    private func cohort(
        _ bot: BotMachine, isCanary: Bool, _ canaries: String, by person: Operator
    ) -> Deed {
        let target = bot.record.availableVersion ?? bot.record.version
        return Deed(
            bot: bot.record, before: bot.record.version, after: target,
            outcome: isCanary ? .running : .queued,
            message: isCanary
                ? "updating to \(target) ahead of the others" : "waits for \(canaries)"
        ) { [world] _, row in
            if isCanary {
                world.tell(bot, "update", "to \(target), a canary", by: person.name)
            } else {
                row.startedAt = nil
            }
            world.fleet.join(bot, version: target, isCanary: isCanary, command: row.id)
        }
    }

    /// Marks the commands whose cohort has begun.
    func startCommands(_ db: Writing) throws(StoreError) {
        for id in world.fleet.takeStartedCommands() {
            guard var row = try db.command(id), row.outcome == .queued else { continue }
            row.outcome = .running
            row.startedAt = world.now
            row.message = "updating; the canaries stayed well"
            try db.save(row)
        }
    }
}
