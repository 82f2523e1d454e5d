/// Where the world says which bot it is at work on, for whoever finds this process dead.
import Store

extension Department {
    /// Three stores around the work on one bot; nothing in a world that nobody watches.
    @inline(__always)
    func working<Result>(on bot: BotMachine, _ body: () -> Result) -> Result {
        guard let work = state.work else { return body() }
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

    /// Only a debug build can be told to trap.
    private func trapForTest(_ bot: BotMachine) {
        #if DEBUG
            precondition(bot.id != state.trapsAt, "a test asked for a trap here")
        #endif
    }
}
