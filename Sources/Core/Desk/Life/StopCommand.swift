/// Stop: a bot's instance is given back; what is open is closed first, or left.
import Store

public struct StopCommand: CommandBody {
    static let verb = "stop"
    static let permission = Permission.botsStop
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let bot: String
    /// What is closed or left is confirmed.
    public let positions: OpenPositions
    public let confirmation: Confirmation?

    var arguments: JSON {
        .given(
            .text("bot", bot), .text("positions", positions.rawValue), confirmation?.member)
    }
    var target: String { bot }
    var subject: String? { bot }
    var patience: Span { ProviderWork.patience }
    var question: (any CommandQuestion)? {
        positions == .close ? PreviewStopCommand(bot: bot) : nil
    }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        let bot = try desk.machine(named: bot)
        try desk.checkLabel(confirmation, of: bot.record)
        if let plan = Self.nothingToStop(bot) { return plan }
        let open = bot.held.map { "\($0.position.symbol) \($0.position.side.rawValue)" }
        try LifeRules.stop(
            bot.record, bot.instance, open: open, positions, confirmation, at: desk.world.now)
        let closes = !open.isEmpty && positions == .close
        if closes { try Self.checkClosing(by: person) }
        try desk.checkToken(
            confirmation, desk.content(verb: Self.verb, [desk.target(bot)], only: nil),
            of: bot.record, by: person)
        if closes { try ask(bot, at: desk) }
        let words = open.isEmpty ? "winding down" : closes ? "closing first" : "leaving open: "
            + open.joined(separator: ", ")
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: bot.record.state.rawValue, after: "stopped",
                outcome: .running, message: words
            ) { [world = desk.world] db, row throws(StoreError) in
                try Desk.consume(confirmation, db)
                if closes {
                    return world.trading.closeAll(
                        [bot], command: row.id, by: person.name, thenStop: true)
                }
                let isStopped = world.fleet.windDown(
                    bot, command: row.id, words: "asked for", by: person.name)
                guard isStopped else { return }
                row.outcome = .done
                row.message = "stopped; it slept, so nothing was there to release"
                row.finishedAt = world.now
            }
        ])
    }

    private func ask(_ bot: BotMachine, at desk: Desk) throws(Refusal) {
        guard desk.world.isOn(.stopIsConfirmed) else { return }
        switch confirmation {
        // Which was checked.
        case .token, .label: return
        case .yes, nil: throw .confirmationMissing(.label(bot: bot.record.label))
        }
    }

    /// Of a bot that is gone, or going; unless it left something open.
    private static func nothingToStop(_ bot: BotMachine) -> Plan? {
        guard bot.held.isEmpty, [.stopped, .windingDown].contains(bot.record.phase)
        else { return nil }
        let words = bot.record.phase == .stopped ? "already stopped" : "already winding down"
        return Plan(deeds: [Deed(bot: bot.record, unchanged: words)])
    }

    /// Whoever closes by stopping needs the right to close.
    fileprivate static func checkClosing(by person: Operator) throws(Refusal) {
        try Gate.check(.positionsCloseAll, for: person, act: "stop --close-first")
    }
}

extension StopCommand: ClosingCommand {
    static func resume(_ row: CommandRecord, of bot: BotMachine, in world: World) {
        world.trading.closeAll([bot], command: row.id, by: row.actor, thenStop: true)
    }
}

extension StopCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            bot: try fields.name("bot"), positions: try fields.word("positions", else: .refuse),
            confirmation: try fields.confirmation())
    }
}

/// What a stop would close first, and a token that confirms just that.
public struct PreviewStopCommand: CommandQuestion {
    static let verb = "stop-preview"
    static let permission = StopCommand.permission
    static let staff = StaffRule.never

    public let bot: String

    var arguments: JSON { ["bot": .string(bot)] }
    var target: String { bot }

    func answer(at desk: Desk, by person: Operator) throws -> ClosePreview {
        try desk.recallPasts()
        let bot = try desk.machine(named: bot)
        try LifeRules.allow(.stop, bot.record, bot.instance, at: desk.world.now)
        try StopCommand.checkClosing(by: person)
        return try desk.preview(StopCommand.verb, [desk.target(bot)], only: nil, by: person)
    }
}

extension PreviewStopCommand {
    init(_ fields: CommandArguments) throws(Refusal) { self.init(bot: try fields.name("bot")) }
}

extension Command {
    public static func stop(
        bot: String, _ positions: OpenPositions, confirmation: Confirmation?
    ) -> Command {
        Command(StopCommand(bot: bot, positions: positions, confirmation: confirmation))
    }

    public static func previewStop(bot: String) -> Command {
        Command(PreviewStopCommand(bot: bot))
    }
}
