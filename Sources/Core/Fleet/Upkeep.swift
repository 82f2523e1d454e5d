/// What is done for every bot each minute, and each hour.
import Store

extension Fleet {
    /// Updates, who sleeps or wakes, the balance; and once an hour the bill and lost instances.
    func passMinute() {
        schedule(.minute, at: next(.minutes(1)))
        guard !isCatchingUp else { return }
        if now.floored(to: .hours(1)) == now { passHour() }
        for bot in bots {
            upkeep(of: bot) {
                offerUpdate(bot)
                sleepOrWake(bot)
            }
        }
        watchBalance()
    }

    private func passHour() {
        for bot in bots {
            upkeep(of: bot) { meter(bot) }
            if bot.isReachable, compute.losesInstance(of: bot.id, in: now) {
                traceFault("instance lost")
                loseInstance(bot)
            }
        }
    }
}
