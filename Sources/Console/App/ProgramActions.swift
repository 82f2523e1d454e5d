/// Every command of this build by name, and what runs when none is named.

import Core

enum ProgramActions {
    static let all: [String: CommandAction] = [
        ToolActions.actions, FoundingCommands.actions, EngineCommands.actions,
        ReplayCommand.actions, AuditActions.actions, BotActions.actions, RecordActions.actions,
        RiskActions.actions, StatusActions.actions, SteeringActions.actions,
        TemplateActions.actions, ThemeActions.actions, TicketActions.actions,
        TradingActions.actions,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    @Sendable static func console(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try ConsoleApp.run(ConsoleOptions(context))
    }
}
