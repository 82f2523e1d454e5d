/// Top up: money for what the provider charges.
import Store

public struct TopUpCommand: CommandBody {
    static let verb = "top-up"
    static let permission = Permission.billingManage
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    /// USD, as typed.
    public let amount: String

    var arguments: JSON { ["amount": .string(amount)] }
    var target: String { "balance" }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        try desk.recallPasts()
        let amount = try LifeRules.amount(amount)
        let before = desk.world.fleet.billing.account?.balance ?? .zero
        return Plan(deeds: [
            Deed(
                target: "balance", before: before.text(decimals: 2),
                after: (before + amount).text(decimals: 2),
                message: "now \((before + amount).text(decimals: 2)) USD"
            ) { [world = desk.world] _, row in world.fleet.topUp(amount, by: row.actor) }
        ])
    }
}

extension TopUpCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(amount: try fields.name("amount"))
    }
}

extension Command {
    public static func topUp(_ amount: String) -> Command { Command(TopUpCommand(amount: amount)) }
}
