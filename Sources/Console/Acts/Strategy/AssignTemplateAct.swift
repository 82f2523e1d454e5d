/// Assign template, as people meet it.

import Core
import Store

enum AssignTemplateAct: Act {
    static func binding(in context: KeyContext) -> Binding? {
        Binding(
            .changeTemplate, [.character("c")], "change template..", in: context,
            needs: .botsAssignTemplate, changes: true, rank: 12)
    }

    static let words: CommandSpec? = CommandSpec(
        "assign-template", .fleet, "give a bot another template",
        [.one("BOT"), .one("TEMPLATE")], options: [.preview, .confirm, .confirmLabel],
        changes: true,
        details: """
            With open positions, whose exit rules change at once, it needs the bot's label or \
            the token of a fresh --preview.
            """,
        examples: [
            CommandExample(
                "plutarc assign-template btc-trend-01 'Mean Reverter' --preview",
                "what would become of open positions"),
            CommandExample(
                "plutarc assign-template btc-trend-01 'Mean Reverter'",
                "by the template's name"),
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let (bot, template) = (context.operand(0), context.operand(1))
        return try context.confirm(orYes: "Change the template?") {
            .assignTemplate(bot: bot, template: template, confirmation: $0)
        }
    }

    static func ask(_ row: BotRow) -> [ScreenAction] { [.open(TemplatePicker(row))] }
}
