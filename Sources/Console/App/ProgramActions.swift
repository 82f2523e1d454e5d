/// Every command of this build by name, and what runs when none is named.

import Core

enum ProgramActions {
    static let all: [String: CommandAction] = [
        CommandDispatcher.standard, FoundingCommands.actions, EngineCommands.actions,
        ReplayCommand.actions,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    @Sendable static func console(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try ConsoleApp.run(ConsoleOptions(context))
    }
}
