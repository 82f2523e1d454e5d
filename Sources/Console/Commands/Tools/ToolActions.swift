/// Commands about plutarc itself: help and version.

import Core

enum ToolActions {
    static let actions: [String: CommandAction] = ["help": help, "version": version]

    /// `plutarc help [COMMAND]`, `plutarc help keys`, `plutarc --help`, `plutarc COMMAND --help`.
    @Sendable static func help(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let text = HelpText(table: context.table)
        let wanted = try subject(context)
        let page =
            switch wanted {
            case .overview: text.overview
            case .keys: KeysText.page
            case .group(let word): text.page(ofGroup: word)
            case .command(let command): text.page(of: command)
            }
        try context.output.result(json: json(wanted, context.table)) { Output.lines(of: page) }
        return .done
    }

    @Sendable static func version(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        try context.output.result(
            json: ["name": "plutarc", "version": .string(ProgramVersion.text)]
        ) { ["plutarc \(ProgramVersion.text)"] }
        return .done
    }

    private enum Subject {
        case overview, keys
        case group(String)
        case command(CommandSpec)
    }

    private static func subject(_ context: CommandContext) throws(CommandFailure) -> Subject {
        let call = context.call
        if let command = call.command, command.name != "help" { return .command(command) }
        guard !call.operands.isEmpty else { return .overview }
        let name = call.operands.joined(separator: " ")
        if name == "keys" { return .keys }
        if let command = context.table[name] { return .command(command) }
        if call.operands.count == 1, !context.table.subcommands(of: name).isEmpty {
            return .group(name)
        }
        let names = context.table.commands.map(\.name)
        let guess = Suggestion.nearest(to: name, among: names)
        throw .usage(
            "\"\(DisplayText.clean(name))\" is not a command of plutarc",
            remedy: guess.map { "Did you mean \"plutarc help \($0)\"?" }
                ?? "\"plutarc help\" lists the commands.")
    }

    private static func json(_ subject: Subject, _ table: CommandTable) -> JSON {
        switch subject {
        case .overview: json(table.commands)
        case .keys: KeysText.json
        case .group(let word): json(table.commands.filter { $0.words[0] == word })
        case .command(let command): json([command])
        }
    }

    private static func json(_ commands: [CommandSpec]) -> JSON {
        .array(
            commands.map { command in
                [
                    "name": .string(command.name), "summary": .string(command.summary),
                    "synopsis": .string(command.synopsis),
                    "options": .array(
                        command.options.map { option in
                            [
                                "name": .string(option.name), "takes": takes(option),
                                "values": values(option),
                                "summary": .string(option.summary),
                            ]
                        }),
                    "examples": .array(command.examples.map { .string($0.line) }),
                ]
            })
    }

    private static func takes(_ option: Option) -> JSON {
        switch option.argument {
        case .none: .null
        case .one(let word), .oneOf(let word, _), .several(let word, _): .string(word)
        }
    }

    /// Null where it is not one of a set.
    private static func values(_ option: Option) -> JSON {
        guard case .oneOf(_, let values) = option.argument else { return .null }
        return .list(values) { .string($0) }
    }
}
