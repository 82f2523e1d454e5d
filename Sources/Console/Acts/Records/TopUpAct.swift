/// Top up, as people meet it.

import Core
import Store

enum TopUpAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .topUp, [.character("M")], "top up..", in: context, needs: .billingManage,
            changes: true, rank: 4)
    }

    static let words: CommandSpec? = CommandSpec(
        "top-up", .fleet, "add to the prepaid balance", [.one("AMOUNT")], changes: true,
        examples: [CommandExample("plutarc top-up 250", "USD")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let amount = context.operand(0)
        do throws(Refusal) { _ = try LifeRules.amount(amount) } catch {
            // Who may not add any hears that from the engine.
            if context.holds(.billingManage) { throw CommandFailure(error) }
        }
        return try context.perform(.topUp(amount))
    }

    static func ask(_ board: BillingBoard, _ around: Surroundings) -> [ScreenAction] {
        let balance = board.balance ?? .zero
        let surroundings = around
        return [
            .open(
                ReasonPrompt(
                    title: "Top up",
                    lines: ["The balance is \(balance.money) USD. Add how much?"],
                    prompt: "USD: ", around
                ) { typed in
                    do throws(Refusal) {
                        let amount = try LifeRules.amount(typed)
                        return .open(question(typed, amount, balance, surroundings))
                    } catch {
                        return .say(.warn, error.sentence)
                    }
                })
        ]
    }

    private static func question(
        _ typed: String, _ amount: Money, _ balance: Money, _ around: Surroundings
    ) -> ConfirmDialog {
        let after = (balance + amount).money
        return ConfirmDialog(
            "top-up", title: "Top up",
            lines: [
                Dialog.Line("Adds \(amount.money) USD to the prepaid balance."),
                Dialog.Line("\(balance.money) -> \(after) USD"),
            ], action: "Add", around,
            then: [.submit(.topUp(typed), words: "Adding \(amount.money) USD")])
    }
}
