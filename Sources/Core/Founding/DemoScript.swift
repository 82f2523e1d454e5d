/// What the operator of the demo fleet did: commands at times, through the one door.
import Store

/// One command of the demo's past.
struct DemoAct {
    /// Share of the played time, 0...1.
    let when: Double
    let command: Command
}

enum DemoScript {
    /// Acts on the first bots of a fleet; names are bot ids, so any seed and size works.
    static func acts(bots: Int) -> [DemoAct] {
        let name = { (index: Int) in "bot-\(1 + index % max(bots, 1))" }
        return limits(name) + pauses(name) + tickets(name)
    }

    private static func limits(_ name: (Int) -> String) -> [DemoAct] {
        [
            DemoAct(
                when: 0.10,
                command: .riskSet(
                    bot: name(2), [LimitSetting("max_loss_per_trade_pct", "0.1")])),
            DemoAct(
                when: 0.15,
                command: .riskSet(
                    bot: name(4),
                    [LimitSetting("daily_loss_pct", "0.5"), LimitSetting("max_leverage", "4")])),
            DemoAct(
                when: 0.30,
                command: .riskSet(
                    bot: name(1),
                    [
                        LimitSetting("consecutive_losses", "2"),
                        LimitSetting("consecutive_loss_cooldown_min", "240"),
                    ])),
        ]
    }

    private static func pauses(_ name: (Int) -> String) -> [DemoAct] {
        [
            DemoAct(
                when: 0.22,
                command: .pause(.named([name(3)]), reason: "exchange maintenance announced")),
            DemoAct(when: 0.24, command: .resume(.named([name(3)]), reason: "maintenance is over")),
            DemoAct(
                when: 0.97, command: .pause(.named([name(7)]), reason: "watching it closely")),
        ]
    }

    private static func tickets(_ name: (Int) -> String) -> [DemoAct] {
        [
            DemoAct(
                when: 0.25,
                command: .ticketOpen(
                    subject: "What does a pause keep running?",
                    message: "We paused a bot for maintenance. Did its exit rules go on?",
                    .bot, .normal, bot: name(3))),
            DemoAct(
                when: 0.26,
                command: .ticketReply(
                    "ticket-1",
                    message: "Yes. A paused bot opens nothing, but every exit rule runs.",
                    asSupport: true)),
            DemoAct(when: 0.27, command: .ticketResolve("ticket-1")),
            DemoAct(
                when: 0.985,
                command: .ticketOpen(
                    subject: "Loss per trade closed a position early",
                    message: "The limit closed before the stop did. Is 0.1 % too tight here?",
                    .strategy, .high, bot: name(2))),
            DemoAct(
                when: 0.988,
                command: .ticketNote(
                    "ticket-2",
                    message: "0.1 % of equity is 1 % of a 10 % position: inside normal noise.")),
            DemoAct(
                when: 0.995,
                command: .ticketOpen(
                    subject: "Whitelist addresses for a new key",
                    message: "Which addresses does this bot keep over an update?",
                    .apiKey, .low, bot: name(5))),
        ]
    }
}
