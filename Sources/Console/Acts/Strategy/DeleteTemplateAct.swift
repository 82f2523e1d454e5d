/// Template delete, as people meet it.

import Core
import Store

enum DeleteTemplateAct: Act {
    static let words: CommandSpec? = CommandSpec(
        "template delete", .strategy, "delete a template that no bot uses",
        [.one("TEMPLATE")], changes: true,
        examples: [CommandExample("plutarc template delete mine", "own templates only")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.templateDelete(context.operand(0)))
    }
}
