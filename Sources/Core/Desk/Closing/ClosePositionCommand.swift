/// Close: one position is closed at market; its preview says what that would cost.
import Store

public struct ClosePositionCommand: UrgentCommand {
    static let verb = "close"
    static let permission = Permission.positionsCloseOne
    static let staff = StaffRule.never
    static let effect = CommandEffect.world
    static let urgency = CommandUrgency.stopsLosses
    typealias Outcome = ClosedPositions

    /// `position-7`, a unique prefix of it, or a unique `bot/symbol`.
    public let position: String
    public let confirmation: Confirmation?

    var arguments: JSON { .given(.text("position", position), confirmation?.member) }
    var target: String { position }
    var question: (any CommandQuestion)? { PreviewCloseCommand(position: position) }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let (bot, found) = try desk.position(named: position)
        if found.exitReason != nil { throw Refusal.closeUnderWay(position: position) }
        let content = desk.content(verb: Self.verb, [desk.target(bot)], only: found)
        try desk.confirm(confirmation, content, labels: [bot.record.label], by: person)
        return Plan(deeds: [Self.deed(found, of: bot, in: desk.world, consuming: confirmation)])
    }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        let (bot, found) = try fleet.position(named: position)
        if found.exitReason != nil { throw Refusal.closeUnderWay(position: position) }
        let content = desk.content(verb: Self.verb, [fleet.target(bot)], only: found)
        try desk.confirm(confirmation, content, labels: [bot.label], by: person)
        return Plan(deeds: [
            Desk.accepted(
                bot, target: Self.target(found, bot),
                before: "\(found.side.rawValue) \(found.quantity)", after: "flat",
                consuming: confirmation)
        ])
    }

    func deed(
        for row: CommandRecord, of bot: BotMachine, at desk: Desk, by person: Operator
    ) throws -> Deed {
        guard let position = bot.positions.first(where: { $0.id == Self.position(row) }) else {
            return Deed(target: row.target, unchanged: "flat already")
        }
        return Self.deed(position, of: bot, in: desk.world, consuming: nil)
    }

    /// - Parameter confirmation: used up by it; nil where that was done before.
    private static func deed(
        _ position: Position, of bot: BotMachine, in world: World,
        consuming confirmation: Confirmation?
    ) -> Deed {
        Deed(
            bot: bot.record, target: target(position, bot.record),
            before: "\(position.side.rawValue) \(position.quantity)", after: "flat",
            outcome: .running, message: "closing \(position.side.rawValue) \(position.quantity)"
        ) { db, row throws(StoreError) in
            try Desk.consume(confirmation, db)
            world.trading.closePosition(position.id, of: bot, command: row.id)
        }
    }

    /// As the command's row names it: the position before its bot.
    private static func target(_ position: Position, _ bot: Bot) -> String {
        "\(position.id) \(bot.label) \(position.symbol)"
    }

    private static func position(_ row: CommandRecord) -> ID<Position>? {
        row.target.split(separator: " ").first.flatMap { ID<Position>(text: String($0)) }
    }
}

extension ClosePositionCommand: ClosingCommand {
    static func resume(_ row: CommandRecord, of bot: BotMachine, in world: World) {
        guard let position = position(row) else { return }
        world.trading.closePosition(position, of: bot, command: row.id)
    }
}

extension ClosePositionCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            position: try fields.name("position"), confirmation: try fields.confirmation())
    }
}

/// What closing one position would do; a token that confirms just that.
public struct PreviewCloseCommand: CommandQuestion, EarlyCommand {
    static let verb = "close-preview"
    static let permission = ClosePositionCommand.permission
    static let staff = StaffRule.never
    static let urgency = CommandUrgency.showsThat

    public let position: String

    var arguments: JSON { ["position": .string(position)] }
    var target: String { position }

    func answer(at desk: Desk, by person: Operator) throws -> ClosePreview {
        let (bot, found) = try desk.position(named: position)
        return try desk.preview(
            ClosePositionCommand.verb, [desk.target(bot)], only: found, by: person)
    }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        let (bot, found) = try fleet.position(named: position)
        let preview = try desk.preview(
            ClosePositionCommand.verb, [fleet.target(bot)], only: found, by: person)
        return Plan(deeds: [], result: preview.json)
    }
}

extension PreviewCloseCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(position: try fields.name("position"))
    }
}

extension Command {
    public static func closePosition(_ position: String, confirmation: Confirmation?) -> Command {
        Command(ClosePositionCommand(position: position, confirmation: confirmation))
    }

    public static func previewClose(position: String) -> Command {
        Command(PreviewCloseCommand(position: position))
    }
}
