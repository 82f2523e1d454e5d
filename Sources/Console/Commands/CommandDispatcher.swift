/// From the arguments of the process to its exit status.

import Core

/// Runs one command; what it returns is the process's exit status.
typealias CommandAction = @Sendable (CommandContext) throws(CommandFailure) -> ExitStatus

/// The commands of this build with the functions that do them.
struct CommandDispatcher: Sendable {
    /// By command name. A command without a function does not exist: not in the help either.
    let actions: [String: CommandAction]
    let table: CommandTable

    /// Every command that reads a home, or sends a command to its engine. The commands that make
    /// homes and worlds join them where the program starts.
    static let standard: [String: CommandAction] = [
        ActList.actions, ToolActions.actions, BotActions.actions, TradingActions.actions,
        RecordActions.actions, AuditActions.actions, TicketActions.actions,
        TemplateActions.actions, StatusActions.actions, ThemeActions.actions,
        WhyActions.actions, AnalyticsActions.actions, BillingActions.actions,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    init(actions: [String: CommandAction], words: CommandTable = .all) {
        self.actions = actions
        self.table = CommandTable(words.commands.filter { actions[$0.name] != nil })
    }

    /// Parses, runs, reports. `console` is called when no command was named.
    func run(
        _ words: ProcessWords, streams: any OutputStreams, console: @escaping CommandAction
    ) -> ExitStatus {
        var output = Output(streams, json: words.askForJSON)
        do throws(CommandFailure) {
            let call = try ArgumentParser.parse(words.texts(), table)
            output = Output(
                streams, json: call.has(.json), quiet: call.has(.quiet),
                verbose: call.has(.verbose),
                emphasis: Output.allowsEmphasis(call, words.environment))
            let context = CommandContext(
                call: call, output: output, environment: words.environment,
                isNoText: words.isNoText, table: table)
            return try context.run(action(for: call, console))
        } catch {
            output.failure(error)
            return error.status
        }
    }

    private func action(for call: Invocation, _ console: @escaping CommandAction) -> CommandAction {
        if call.has(.version) { return ToolActions.version }
        if call.has(.help) { return ToolActions.help }
        return call.command.flatMap { actions[$0.name] } ?? console
    }
}
