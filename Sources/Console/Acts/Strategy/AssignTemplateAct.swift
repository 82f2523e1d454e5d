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
        let template = context.operand(1)
        let bot = try context.meant(context.operand(0)) {
            .assignTemplate(bot: $0, template: template, confirmation: nil)
        }
        return try context.confirm(orYes: "Change the template of \(bot.name)?") {
            .assignTemplate(bot: bot.word, template: template, confirmation: $0)
        }
    }

    static func ask(_ row: BotRow) -> [ScreenAction] { [.open(TemplatePicker(row))] }
}
