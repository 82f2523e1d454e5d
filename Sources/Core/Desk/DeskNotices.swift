/// What the owner is told of without asking: every act of staff on a bot.
import Store

extension Desk {
    /// An alert that stays until somebody of the workspace has taken note of it.
    /// **Source** <doc:ProductRules#Staff>.
    func tellOwner(_ command: Command, _ row: CommandRecord) {
        world.journal.notices.append(
            Notice(
                botID: row.botID, at: world.now, kind: World.staffKind, severity: .warning,
                message: "Plutarc staff \(row.actor): \(row.verb): "
                    + (command.reason ?? "")))
    }
}
