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

/// Gathered since the last commit; a world that nobody checks gathers nothing.
struct LifeTrail {
    var traces: [LifeTrace] = []
    /// Bots whose process stopped or came back, in order.
    var downs: [(bot: ID<Bot>, isDown: Bool, at: Instant)] = []
    /// Faults by name.
    var faults: [String: Int] = [:]
}

extension World {
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
        if trail != nil { trail?.downs.append((bot.id, bot.isDown, now)) }
    }
}
