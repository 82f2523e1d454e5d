/// A bot at which engines have died: it is set aside, and taken back by a person's restart.
import Glibc
import Store

extension Trading {
    /// From here on work is written down; a bot at which engines have died goes to Error.
    func watch(_ slot: WorkSlot?) {
        state.work = slot?.pointer
        #if DEBUG
            state.trapsAt = getenv("PLUTARC_TRAP").flatMap { ID<Bot>(text: String(cString: $0)) }
        #endif
        guard let suspect = slot?.suspect, let bot = machine(suspect) else { return }
        fail(bot, Self.diedAtWork)
    }

    /// Why such a bot stands in Error; by these words later starts know it.
    static let diedAtWork = "the engine died twice while at work on it"

    /// A bot that was set aside is about to run again: its indicators speak as if it had run.
    func takeBack(_ bot: BotMachine) {
        guard bot.isSetAside else { return }
        bot.isSetAside = false
        guard let template = bot.template, (try? assign(template, to: bot)) != nil else { return }
        if let (past, exits) = bot.recalled { warmUp(bot.id, exits: exits) { past[$0] } }
        bot.recalled = nil
        refreshLevels(bot)
    }
}
