/// What happened to bots and on the way to the exchange, for whoever checks a world from outside.
import Store

/// One transition as it was carried out.
struct LifeTrace: Equatable {
    let bot: ID<Bot>
    let transition: Transition
    let from: BotState
    let to: BotState
    let at: Instant
}

/// Whether a bot could act, and whether anybody would have heard of it.
struct LifeDown: Equatable {
    let bot: ID<Bot>
    /// No process of it runs, or it is being replaced: it must not enter.
    var isDown = false
    /// No process of it runs, whether or not work is under way.
    var hasNoProcess = false
    /// Its link is away: it goes on by itself.
    var isCut = false
    let at: Instant
}

/// Gathered since the last commit; a world that nobody checks gathers nothing.
struct LifeTrail {
    var traces: [LifeTrace] = []
    /// Bots whose process, work at the provider or link began or ended, in order.
    var downs: [LifeDown] = []
    /// When the exchange executed an order, by client order id; it may be heard of much later.
    var executions: [(order: String, at: Instant)] = []
    /// Faults by name.
    var faults: [String: Int] = [:]
}

extension Department {
    func trace(_ bot: BotMachine, _ transition: Transition, from: BotState) {
        guard trail != nil else { return }
        trail?.traces.append(
            LifeTrace(
                bot: bot.id, transition: transition, from: from, to: bot.record.state, at: now))
    }

    func traceFault(_ name: String) {
        if trail != nil { trail?.faults[name, default: 0] += 1 }
    }

    func traceDown(_ bot: BotMachine) {
        guard trail != nil else { return }
        trail?.downs.append(
            LifeDown(
                bot: bot.id, isDown: bot.isDown || bot.instance.job != nil,
                hasNoProcess: bot.isDown, isCut: bot.link.isCut, at: now))
    }
}
