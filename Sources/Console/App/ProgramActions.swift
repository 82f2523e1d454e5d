/// Every command of this build by name, and what runs when none is named.

import Core
import Store

enum ProgramActions {
    static let all: [String: CommandAction] = [
        CommandDispatcher.standard, FoundingCommands.actions, EngineCommands.actions,
        ReplayCommand.actions, SimulateCommand.actions, BenchCommand.actions, ScreenCommand.actions,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    /// The console over an existing home. **Throws** 4 where there is none yet.
    @Sendable static func console(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        _ = try HomeAccess.existing(context)
        return try ConsoleApp.run(ConsoleOptions(context))
    }
}
