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
        let preview = Command.previewTemplate(bot: bot, template: template)
        let confirmation = try context.confirmation(of: preview, orYes: "Change the template?")
        if context.call.has(.preview) { return try context.perform(preview) }
        return try context.perform(
            .assignTemplate(bot: bot, template: template, confirmation: confirmation))
    }

    static func ask(_ row: BotRow) -> [ScreenAction] { [.open(TemplatePicker(row))] }
}
