/// People who press at the worst of moments: orders on their way, a close ahead, a link away.
import Store

extension RandomOperator {
    mutating func holder(_ fleet: SimulatedFleet) -> BotMachine? {
        let holders = fleet.bots().filter { $0.isHolding && !$0.record.isPaused }
        return holders.isEmpty ? nil : pick(holders)
    }

    /// Just before a close: it would have to trade while it is updated.
    func dueForUpdate(_ fleet: SimulatedFleet) -> BotMachine? {
        let now = fleet.world.now
        guard now.floored(to: .minutes(15)) + .minutes(15) - now < .seconds(50) else { return nil }
        return fleet.bots().first {
            $0.record.phase == .online && !$0.record.isPaused && $0.instance.job == nil
                && $0.record.availableVersion != nil
        }
    }

    /// Orders are on their way: the worst moment for a change.
    mutating func ambush(
        _ bot: BotMachine, _ fleet: SimulatedFleet
    ) throws(StoreError) {
        let label = bot.record.label
        let isClosing = bot.held.contains { $0.position.exitReason != nil }
        switch isClosing && dice.chance(1, in: 4) ? 12 : dice.integer(in: 0...13) {
        case 0...2: try send(.pause(.named([label]), reason: nil), to: fleet)
        case 3...4: try send(closeAll(bot), to: fleet)
        case 5: try send(assign(bot), to: fleet)
        case 6: try send(limit(bot, "max_leverage", ["1", "2"]), to: fleet)
        case 7: try send(limit(bot, "max_positions_total", ["1"]), to: fleet)
        case 8: try send(limit(bot, "max_slippage_pct", ["0.01"]), to: fleet)
        case 9: try send(stop(bot), to: fleet)
        case 10: try send(.restart(bot: label, reason: "orders hang"), to: fleet)
        case 11: try send(.assignKey(bot: label, key: spare(fleet)), to: fleet)
        case 12:
            // Closing what is being closed already.
            guard let position = bot.held.first(where: { $0.position.exitReason != nil }) else {
                return
            }
            let name = position.position.id.description
            try send(.closePosition(name, confirmation: .label(label)), to: fleet)
        default: try send(limit(bot, "max_positions_per_asset", ["1", "3"]), to: fleet)
        }
    }

    /// Limits so tight that what is open soon meets them.
    mutating func tighten(_ bot: BotMachine, _ fleet: SimulatedFleet) throws(StoreError) {
        let settings = pick([
            ("max_loss_per_trade_pct", "0.1"), ("daily_loss_pct", "0.5"),
            ("daily_loss_pct", "0.5"), ("max_positions_total", "1"),
        ])
        let limit = LimitSetting(settings.0, settings.1)
        let label = bot.record.label
        try send(.riskSet(bot: label, [limit], confirmation: .label(label)), to: fleet)
    }

    /// What is asked of a bot that does not hear it: it waits, but for a halt.
    mutating func reachOut(_ bot: BotMachine, _ fleet: SimulatedFleet) throws(StoreError) {
        let label = bot.record.label
        let limit = LimitSetting("max_positions_total", pick(["1", "5"]))
        let commands: [Command] = [
            .pause(.named([label]), reason: nil), .resume(.named([label]), reason: "go on"),
            .riskSet(bot: label, [limit], confirmation: .label(label)),
            .riskReset(bot: label, confirmation: .label(label)), assign(bot),
            .setSessions(bot: label, text: nil), stop(bot),
            .closeAll(.named([label]), confirmation: .label(label)),
            .assignKey(bot: label, key: spare(fleet)), .restart(bot: label, reason: "silent"),
        ]
        let reply = try send(pick(commands), to: fleet)
        if reply.commands.contains(where: { $0.outcome == .queued }) {
            count("waits for a link")
        }
    }
}
