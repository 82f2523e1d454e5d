/// Where the world says which bot it is at work on, for whoever finds this process dead.
import Glibc
import Store

extension World {
    /// From here on work is written down; a bot at which engines have died goes to Error.
    func watch(_ slot: WorkSlot?) {
        work = slot?.pointer
        #if DEBUG
            trapsAt = getenv("PLUTARC_TRAP").flatMap { ID<Bot>(text: String(cString: $0)) }
        #endif
        guard let suspect = slot?.suspect, let bot = machine(suspect) else { return }
        fail(bot, Self.diedAtWork)
    }

    /// Why such a bot stands in Error; by these words later starts know it.
    static let diedAtWork = "the engine died twice while at work on it"

    /// Three stores around the work on one bot; nothing in a world that nobody watches.
    @inline(__always)
    func working<Result>(on bot: BotMachine, _ body: () -> Result) -> Result {
        guard let work else { return body() }
        let before = work[0]
        work[1] = now.milliseconds
        work[2] = 0
        work[0] = bot.id.number
        trapForTest(bot)
        let result = body()
        work[0] = before
        return result
    }

    /// The same for what a bot in its place can do without: one that is set aside is let be.
    @inline(__always)
    func upkeep(of bot: BotMachine, _ body: () -> Void) {
        if !bot.isSetAside { working(on: bot, body) }
    }

    /// A bot that was set aside is about to run again: its indicators speak as if it had run.
    func takeBack(_ bot: BotMachine) {
        guard bot.isSetAside else { return }
        bot.isSetAside = false
        guard let template = bot.template, (try? assign(template, to: bot)) != nil else { return }
        if let (past, exits) = bot.recalled { warmUp(bot.id, exits: exits) { past[$0] } }
        bot.recalled = nil
        refreshLevels(bot)
    }

    /// Only a debug build can be told to trap.
    private func trapForTest(_ bot: BotMachine) {
        #if DEBUG
            precondition(bot.id != trapsAt, "a test asked for a trap here")
        #endif
    }
}
