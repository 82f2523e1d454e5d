/// Risk reset: a bot's limits are the defaults again.
import Store

public struct ResetLimitsCommand: CommandBody {
    static let verb = "risk-reset"
    static let permission = Permission.riskEdit
    static let staff = StaffRule.never
    static let effect = CommandEffect.configuration

    public let bot: String
    public let confirmation: Confirmation?

    var arguments: JSON { .given(.text("bot", bot), confirmation?.member) }
    var target: String { bot }
    var subject: String? { bot }
    var question: (any CommandQuestion)? {
        PreviewLimitsCommand(
            bot: bot,
            settings: RiskLimitName.allCases.map { LimitSetting($0.rawValue, $0.standard.text) })
    }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let bot = try desk.machine(named: bot)
        try desk.checkLabel(confirmation, of: bot.record)
        guard bot.record.limitsVersion != 0 else {
            throw Refusal.nothingToChange("\(bot.record.label) has the default limits already")
        }
        return Plan(deeds: [try desk.change(bot, to: RiskLimits(), confirmation, by: person)])
    }
}

extension ResetLimitsCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(bot: try fields.name("bot"), confirmation: try fields.confirmation())
    }
}

extension Command {
    public static func riskReset(bot: String, confirmation: Confirmation? = nil) -> Command {
        Command(ResetLimitsCommand(bot: bot, confirmation: confirmation))
    }
}
