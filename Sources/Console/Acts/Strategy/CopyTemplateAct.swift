/// Template copy, as people meet it.

import Core
import Store

enum CopyTemplateAct: Act {
    static let words: CommandSpec? = CommandSpec(
        "template copy", .strategy, "copy a template under a new name",
        [.one("TEMPLATE"), .one("NAME")], changes: true,
        examples: [
            CommandExample("plutarc template copy 'Trend Follower' mine", "to edit it")
        ])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.templateCopy(context.operand(0), name: context.operand(1)))
    }
}
