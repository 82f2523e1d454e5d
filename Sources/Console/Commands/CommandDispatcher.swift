/// From the arguments of the process to its exit status.

import Core

/// Runs one command; what it returns is the process's exit status.
typealias CommandAction = @Sendable (CommandContext) throws(CommandFailure) -> ExitStatus

/// The commands of this build with the functions that do them.
struct CommandDispatcher: Sendable {
    /// By command name. A command without a function does not exist: not in the help either.
    let actions: [String: CommandAction]
    let table: CommandTable

    init(actions: [String: CommandAction]) {
        self.actions = actions
        self.table = CommandTable(CommandTable.all.commands.filter { actions[$0.name] != nil })
    }

    /// Parses, runs, reports. `console` is called when no command was named.
    func run(
        _ arguments: [String], streams: any OutputStreams,
        environment: @escaping (String) -> String?, console: @escaping CommandAction
    ) -> ExitStatus {
        var output = Output(streams, json: ArgumentParser.asksForJSON(arguments))
        do throws(CommandFailure) {
            let call = try ArgumentParser.parse(arguments, table)
            output = Output(
                streams, json: call.has(.json), quiet: call.has(.quiet),
                verbose: call.has(.verbose), emphasis: Output.allowsEmphasis(call, environment))
            let context = CommandContext(
                call: call, output: output, environment: environment, table: table)
            return try action(for: call, console)(context)
        } catch {
            output.failure(error)
            return error.status
        }
    }

    private func action(for call: Invocation, _ console: @escaping CommandAction) -> CommandAction {
        if call.has(.version) { return ToolCommands.version }
        if call.has(.help) { return ToolCommands.help }
        return call.command.flatMap { actions[$0.name] } ?? console
    }
}
