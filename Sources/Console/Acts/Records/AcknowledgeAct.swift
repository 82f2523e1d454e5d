/// Acknowledge an alert, as people meet it.

import Core
import Store

enum AcknowledgeAct: Act {
    static let words: CommandSpec? = CommandSpec(
        "alert ack", .records, "acknowledge an alert", [.one("ALERT")], changes: true,
        examples: [CommandExample("plutarc alert ack notice-3", "by its id")])

    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.perform(.noticeAcknowledge(context.operand(0)))
    }
}
