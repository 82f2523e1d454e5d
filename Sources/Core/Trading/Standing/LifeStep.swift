/// Where a bot's state changes: by the table of its life, and nowhere else.
import Store

extension Trading {
    /// Carries an event out if the table knows it in the bot's state.
    /// - Returns: false when it is refused there; nothing has changed then.
    @discardableResult
    func apply(_ event: LifeEvent, to bot: BotMachine) -> Bool {
        let before = bot.record.state
        var number: Transition?
        switch BotTransitions.step(event, in: before) {
        case .refused: return false
        case .overlays: return true
        case .flags(let paused, let transition):
            bot.record.isPaused = paused
            number = transition
        case .becomes(let phase, let transition):
            bot.record.phase = phase
            number = transition
        }
        if let number { trace(bot, number, from: before) }
        journal.touch(bot: bot.id)
        if !bot.flaws.isEmpty, bot.record.phase == .online { heedFlaws(of: bot) }
        return true
    }

    /// A bot that winds down or is stopped cannot be paused. What a limit asked for meanwhile is
    /// in force when it starts again.
    func meetLimits(_ bot: BotMachine) {
        if bot.record.killLatchedAt != nil, !bot.record.isPaused, isOn(.latchPauses) {
            pause(bot, cause: .killSwitch, until: nil)
        }
        checkStreak(bot)
        checkAPIErrors(bot)
    }
}
