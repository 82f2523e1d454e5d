/// Every command of the command line: the parser, the help and the completions are made from it.

/// The commands that exist in a build, in the order of the help.
struct CommandTable: Sendable {
    let commands: [CommandSpec]

    init(_ commands: [CommandSpec]) { self.commands = commands }

    /// Every command.
    static let all = CommandTable(
        home + fleet + life + trading + strategy + records + support + tools)

    /// The command with exactly this name.
    subscript(name: String) -> CommandSpec? { commands.first { $0.name == name } }

    /// The second words of a group, as `open` of `ticket`; empty for anything else.
    func subcommands(of word: String) -> [String] {
        commands.map(\.words).filter { $0.count == 2 && $0[0] == word }.map { $0[1] }
    }

    /// First words, each once, in table order: what may follow `plutarc`.
    var firstWords: [String] {
        var words: [String] = []
        for command in commands where !words.contains(command.words[0]) {
            words.append(command.words[0])
        }
        return words
    }

    /// Every option that any command takes, each once.
    var options: [Option] {
        var all = Option.everywhere + Option.console
        for option in commands.flatMap(\.options) where !all.contains(option) { all.append(option) }
        return all
    }
}
