/// Close all: bots are paused, and closed until they are flat; its preview says what would close.
import Store

public struct CloseAllCommand: UrgentCommand {
    static let verb = "close-all"
    static let permission = Permission.positionsCloseAll
    static let staff = StaffRule.never
    static let effect = CommandEffect.world
    static let urgency = CommandUrgency.stopsLosses
    typealias Outcome = ClosedPositions

    public let bots: BotScope
    public let confirmation: Confirmation?

    var arguments: JSON { .given(bots.member, confirmation?.member) }
    var target: String { bots.words }
    var subject: String? { bots.only }
    var question: (any CommandQuestion)? { PreviewCloseAllCommand(bots: bots) }

    /// One command a bot, so that its history tells; all under one confirmation.
    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let bots = try desk.machines(in: bots)
        let content = desk.content(verb: Self.verb, bots.map(desk.target), only: nil)
        try desk.confirm(
            confirmation, content, labels: bots.map(\.record.label), by: person)
        return Plan(
            deeds: bots.enumerated().map { index, bot in
                Self.deed(
                    bot, in: desk.world, by: person.name,
                    consuming: index == 0 ? confirmation : nil)
            } + bots.compactMap(Self.notClosed))
    }

    /// What no market is there for is not closed: a bot that holds it is not called flat.
    private static func notClosed(_ bot: BotMachine) -> Deed? {
        bot.flaws.lostWords.map {
            Deed(target: bot.record.label, refusal: .damaged($0, isDone: false))
        }
    }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        let targets = try fleet.bots(in: bots).map(fleet.target)
        let content = desk.content(verb: Self.verb, targets, only: nil)
        try desk.confirm(confirmation, content, labels: targets.map(\.bot.label), by: person)
        return Plan(
            deeds: targets.enumerated().map { index, target in
                Desk.accepted(
                    target.bot, target: target.bot.label,
                    before: "\(target.bot.state.rawValue), \(target.positions.count) open",
                    after: "paused, flat", consuming: index == 0 ? confirmation : nil)
            })
    }

    func deed(
        for row: CommandRecord, of bot: BotMachine, at desk: Desk, by person: Operator
    ) throws -> Deed {
        Self.deed(bot, in: desk.world, by: row.actor, consuming: nil)
    }

    private static func deed(
        _ bot: BotMachine, in world: World, by name: String,
        consuming confirmation: Confirmation?
    ) -> Deed {
        var deed = Deed(
            bot: bot.record, before: "\(bot.record.state.rawValue), \(bot.held.count) open",
            after: "paused, flat", outcome: .running,
            message: "closing \(counted(bot.held.count, "position"))"
        ) { db, row throws(StoreError) in
            try Desk.consume(confirmation, db)
            world.trading.closeAll([bot], command: row.id, by: name)
        }
        deed.changes = !isAtRest(bot, in: world)
        return deed
    }

    /// Paused for good and flat, with nothing resting at the exchange.
    private static func isAtRest(_ bot: BotMachine, in world: World) -> Bool {
        guard PauseByPerson.isPausedForGood(bot.record), bot.held.isEmpty, bot.orders.isEmpty else {
            return false
        }
        guard let key = bot.record.keyID else { return true }
        let venue = world.trading.venue.paper
        return venue.openOrders(key).isEmpty && venue.positions(key).isEmpty
    }
}

extension CloseAllCommand: ClosingCommand {
    static func resume(_ row: CommandRecord, of bot: BotMachine, in world: World) {
        world.trading.closeAll([bot], command: row.id, by: row.actor)
    }
}

extension CloseAllCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bots: try fields.bots(), confirmation: try fields.confirmation())
    }
}

/// What closing everything of some bots would do; a token that confirms just that.
public struct PreviewCloseAllCommand: CommandQuestion, EarlyCommand {
    static let verb = "close-all-preview"
    static let permission = CloseAllCommand.permission
    static let staff = StaffRule.never
    static let urgency = CommandUrgency.showsThat

    public let bots: BotScope

    var arguments: JSON { .given(bots.member) }
    var target: String { bots.words }

    func answer(at desk: Desk, by person: Operator) throws -> ClosePreview {
        let targets = try desk.machines(in: bots).map(desk.target)
        return try desk.preview(CloseAllCommand.verb, targets, only: nil, by: person)
    }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        let targets = try fleet.bots(in: bots).map(fleet.target)
        let preview = try desk.preview(CloseAllCommand.verb, targets, only: nil, by: person)
        return Plan(deeds: [], result: preview.json)
    }
}

extension PreviewCloseAllCommand {
    init(_ fields: CommandArguments) throws(Refusal) { self.init(bots: try fields.bots()) }
}

extension Command {
    public static func closeAll(_ bots: BotScope, confirmation: Confirmation?) -> Command {
        Command(CloseAllCommand(bots: bots, confirmation: confirmation))
    }

    public static func previewCloseAll(_ bots: BotScope) -> Command {
        Command(PreviewCloseAllCommand(bots: bots))
    }
}
