/// Assign template: a bot runs another strategy; its preview says what the exit rules would do.
import Store

public struct AssignTemplateCommand: CommandBody {
    static let verb = "assign-template"
    static let permission = Permission.botsAssignTemplate
    static let staff = StaffRule.never
    static let effect = CommandEffect.configuration

    public let bot: String
    public let template: String
    public let confirmation: Confirmation?

    var arguments: JSON {
        .given(.text("bot", bot), .text("template", template), confirmation?.member)
    }
    var target: String { bot }
    var subject: String? { bot }
    var question: (any CommandQuestion)? { PreviewTemplateCommand(bot: bot, template: template) }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let world = desk.world
        let bot = try desk.machine(named: bot)
        let template = try desk.template(named: template)
        try confirm(template, for: bot, at: desk, by: person)
        try desk.check(template, over: bot.instruments)
        let before = bot.record.templateName ?? "none"
        let past = try Past(of: bot.instruments, for: template, in: world, desk.database)
        let outlooks = try world.trading.outlooks(of: bot, under: template) { past[$0] }
        return Plan(deeds: [
            Deed(
                bot: bot.record, before: before, after: "\(template.name) v\(template.version)",
                message: Self.words(template, outlooks, runsExits: bot.runsExitRules)
                    + bot.stillInError
            ) { [confirmation] db, _ throws(StoreError) in
                try Desk.consume(confirmation, db)
                world.fleet.change(bot, to: template, by: person.name) { past[$0] }
            }
        ])
    }

    /// What becomes of what is open, as the preview says it.
    private static func words(
        _ template: Template, _ outlooks: [ExitOutlook], runsExits: Bool
    ) -> String {
        let closing = outlooks.compactMap(\.closing)
        let held = outlooks.count - closing.count
        let positions = counted(held, "open position")
        let words = runsExits
            ? "its exit rules now hold \(positions)"
            : "\(positions) unwatched until it runs again"
        let rest = held == 0 ? [] : [words]
        return (["runs \(template.name)"] + closing + rest).joined(separator: "; ")
    }

    private func confirm(
        _ template: Template, for bot: BotMachine, at desk: Desk, by person: Operator
    ) throws {
        try desk.checkLabel(confirmation, of: bot.record)
        let positions =
            confirmation == nil && !bot.held.isEmpty
            ? try desk.outlooks(of: bot, under: template).map(\.words) : []
        try TemplateRules.assign(
            template, to: bot.record, openPositions: bot.held.count, positions: positions,
            when: bot.exitsRun,
            // What has waited was confirmed, under the label that the bot had.
            confirmation: desk.isHandingOver ? .label(bot.record.label) : confirmation)
        try desk.checkToken(
            confirmation, desk.content(bot, template), of: bot.record, by: person)
    }
}

extension AssignTemplateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            bot: try fields.name("bot"), template: try fields.name("template"),
            confirmation: try fields.confirmation())
    }
}

extension BotMachine {
    /// From when on rules that it is given now run.
    fileprivate var exitsRun: String {
        if !runsExitRules { return "once it runs again" }
        return link.isCut ? "once it is in reach again" : "at once"
    }
}

/// What the exit rules of a template would do to what is open, and a token that confirms just
/// that.
public struct PreviewTemplateCommand: CommandQuestion {
    static let verb = "assign-template-preview"
    static let permission = AssignTemplateCommand.permission
    static let staff = StaffRule.never

    public let bot: String
    public let template: String

    var arguments: JSON { ["bot": .string(bot), "template": .string(template)] }
    var target: String { bot }

    func answer(at desk: Desk, by person: Operator) throws -> ChangePreview {
        let bot = try desk.machine(named: bot)
        let template = try desk.template(named: template)
        let outlooks = try desk.outlooks(of: bot, under: template)
        let stored = try desk.store(desk.content(bot, template), for: person)
        return ChangePreview(
            stored, bot.record, outlooks, asks: bot.held.isEmpty ? .none : .label)
    }
}

extension PreviewTemplateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), template: try fields.name("template"))
    }
}

extension Command {
    public static func assignTemplate(
        bot: String, template: String, confirmation: Confirmation?
    ) -> Command {
        Command(AssignTemplateCommand(bot: bot, template: template, confirmation: confirmation))
    }

    public static func previewTemplate(bot: String, template: String) -> Command {
        Command(PreviewTemplateCommand(bot: bot, template: template))
    }
}
