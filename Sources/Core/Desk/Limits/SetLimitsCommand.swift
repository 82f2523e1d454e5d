/// Risk set: limits of a bot, all of them or none; its preview says what they would do.
import Store

public struct SetLimitsCommand: CommandBody {
    static let verb = "risk-set"
    static let permission = Permission.riskEdit
    static let staff = StaffRule.never
    static let effect = CommandEffect.configuration

    public let bot: String
    /// In the order given.
    public let settings: [LimitSetting]
    public let confirmation: Confirmation?

    var arguments: JSON { .given(.text("bot", bot), settings.member, confirmation?.member) }
    var target: String { bot }
    var subject: String? { bot }
    var question: (any CommandQuestion)? { PreviewLimitsCommand(bot: bot, settings: settings) }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let bot = try desk.machine(named: bot)
        let limits = try bot.limits.setting(settings)
        return Plan(deeds: [try desk.change(bot, to: limits, confirmation, by: person)])
    }
}

extension SetLimitsCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(
            bot: try fields.name("bot"), settings: try fields.settings(),
            confirmation: try fields.confirmation())
    }
}

/// What these limits would do to open positions, what they ask for, and a token that confirms
/// just that.
public struct PreviewLimitsCommand: CommandQuestion {
    static let verb = "risk-preview"
    static let permission = SetLimitsCommand.permission
    static let staff = StaffRule.never

    public let bot: String
    public let settings: [LimitSetting]

    var arguments: JSON { .given(.text("bot", bot), settings.member) }
    var target: String { bot }

    func answer(at desk: Desk, by person: Operator) throws -> ChangePreview {
        let bot = try desk.machine(named: bot)
        let limits = try bot.limits.setting(settings)
        let need = desk.world.trading.limitNeed(of: bot, under: limits)
        let stored = try desk.store(desk.content(bot, limits), for: person)
        return ChangePreview(
            stored, bot.record, desk.world.trading.outlooks(of: bot, under: limits),
            loosens: need.loosened, asks: need.question)
    }
}

extension PreviewLimitsCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), settings: try fields.settings())
    }
}

extension Command {
    public static func riskSet(
        bot: String, _ settings: [LimitSetting], confirmation: Confirmation? = nil
    ) -> Command {
        Command(SetLimitsCommand(bot: bot, settings: settings, confirmation: confirmation))
    }

    public static func previewLimits(bot: String, _ settings: [LimitSetting]) -> Command {
        Command(PreviewLimitsCommand(bot: bot, settings: settings))
    }
}
