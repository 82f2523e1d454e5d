/// Bots and accounts enter the world: new ones, and those that a restart brings back.
import Store

extension Fleet {
    /// Adds a bot. Its strategies listen from the next candle on.
    /// - Throws: ``TemplateError`` when its template cannot be built.
    func add(
        _ bot: Bot, limits: RiskLimits, template: Template?, symbols: [String],
        on venue: VenueName = .simulated, sessions: [SessionWindow]? = nil,
        instance: Instance? = nil, link: BotLink? = nil
    ) throws(TemplateError) {
        let machine = BotMachine(record: bot, limits: limits)
        machine.instance = instance ?? .running(bot, from: now)
        machine.isDown = machine.instance.isLost
        machine.link = link ?? .up(bot, from: now)
        if machine.link.isReturning { linksHaveReturned = true }
        machine.ownSessions = sessions
        machine.venue = venue
        machine.instruments = trading.served(
            symbols.map { InstrumentID($0, on: venue) }, by: bot.keyID)
        let comesLast = bots.last.map { $0.id < bot.id } ?? true
        let place = comesLast ? nil : bots.firstIndex { $0.id > bot.id }
        state.bots.insert(machine, at: place ?? bots.count)
        do throws(TemplateError) {
            if let template { try trading.assign(template, to: machine) }
        } catch {
            state.bots.removeAll { $0 === machine }
            throw error
        }
        if machine.record.dayStartEquity == nil, machine.record.keyID != nil {
            trading.beginDay(machine)
        }
        journal.touch(bot: bot.id)
        journal.touch(instance: bot.id)
        journal.touch(link: bot.id)
        if machine.instance.job != nil { resumeJob(machine) }
    }

}

extension Instance {
    /// Of a bot that ran before anybody wrote down what stands behind it.
    fileprivate static func running(_ bot: Bot, from now: Instant) -> Instance {
        guard bot.phase.isProvisioned else { return Instance(botID: bot.id) }
        return Instance(botID: bot.id, since: bot.upSince ?? now, chargedUntil: now)
    }
}
