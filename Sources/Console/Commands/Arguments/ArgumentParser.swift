/// Arguments to an invocation, or to a complaint that says what was probably meant.

/// Options stand before or after the command; `--` ends them. **Source** <doc:CommandLine#Options>.
struct ArgumentParser {
    let table: CommandTable
    private var words: [String] = []
    private var given: [Option: [String]] = [:]
    private var unknown: [String] = []

    init(_ table: CommandTable) { self.table = table }

    /// - Parameter arguments: without the program's own name.
    /// - Throws: wrong usage, exit status 2.
    static func parse(
        _ arguments: [String], _ table: CommandTable
    ) throws(CommandFailure) -> Invocation {
        var parser = ArgumentParser(table)
        try parser.read(arguments)
        return try parser.invocation()
    }

    /// Whether a complaint about these arguments must be JSON.
    static func asksForJSON(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains("--json")
    }

    private mutating func read(_ arguments: [String]) throws(CommandFailure) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                return
            }
            if argument.hasPrefix("--") {
                try readLong(argument.dropFirst(2), &rest)
            } else if argument.hasPrefix("-"), argument.count > 1, !isNumber(argument) {
                try readShort(argument, &rest)
            } else {
                words.append(argument)
            }
        }
    }

    /// No option is a digit: `-2` is an amount that somebody typed.
    private func isNumber(_ argument: String) -> Bool {
        argument.dropFirst().first.map { $0.isASCII && ($0.isNumber || $0 == ".") } ?? false
    }

    private mutating func readLong(
        _ text: Substring, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) {
        // By bytes: a mark at the beginning of the value is no part of the equals sign.
        let end = text.utf8.firstIndex(of: UInt8(ascii: "=")) ?? text.endIndex
        let name = text[..<end]
        guard let option = option({ $0.name == name }) else {
            unknown.append("--\(name)")
            return
        }
        let value = end < text.endIndex ? String(text[text.utf8.index(after: end)...]) : nil
        try take(option, value, &rest)
    }

    private mutating func readShort(
        _ text: String, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) {
        for letter in text.dropFirst() {
            guard let option = option({ $0.short == letter }) else {
                unknown.append(text)
                return
            }
            try take(option, nil, &rest)
        }
    }

    /// As the command means it whose name stands already; else as any does.
    private func option(_ isMeant: (Option) -> Bool) -> Option? {
        let two = words.count > 1 ? table["\(words[0]) \(words[1])"] : nil
        let command = two ?? words.first.flatMap { table[$0] }
        return command?.options.first(where: isMeant) ?? table.options.first(where: isMeant)
    }

    private mutating func take(
        _ option: Option, _ value: String?, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) {
        switch option.argument {
        case .none:
            guard value == nil else {
                throw .usage(
                    "--\(option.name) takes no value", remedy: "Write --\(option.name) alone.")
            }
            given[option] = []
        case .one(let word), .oneOf(let word, _):
            guard given[option] == nil else {
                throw .usage(
                    "--\(option.name) stands twice", remedy: "Keep the one that is meant.")
            }
            given[option, default: []].append(try self.value(value, of: option, word, &rest))
        case .several(let word, let mark):
            given[option, default: []].append(try self.value(value, of: option, word, &rest))
            while let more = rest.first, more.contains(mark), !more.hasPrefix("-") {
                given[option, default: []].append(more)
                rest.removeFirst()
            }
        }
    }

    /// What stood after the equals sign, else the next argument.
    private func value(
        _ written: String?, of option: Option, _ word: String, _ rest: inout ArraySlice<String>
    ) throws(CommandFailure) -> String {
        let value: String
        if let written {
            value = written
        } else {
            guard let next = rest.first, !next.hasPrefix("--") else {
                throw .usage(
                    "--\(option.name) needs a value",
                    remedy: "Write \(option.synopsis), or --\(option.name)=\(word).")
            }
            rest.removeFirst()
            value = next
        }
        guard !value.allSatisfy(\.isWhitespace) else {
            throw .usage(
                "--\(option.name) is empty",
                remedy: "Write \(option.synopsis), or leave the option out.")
        }
        return value
    }
}

extension ArgumentParser {
    private func invocation() throws(CommandFailure) -> Invocation {
        let (command, operands) = try resolved()
        if let name = unknown.first { throw unknownOption(name, command) }
        let call = Invocation(command: command, operands: operands, given: given)
        if call.has(.help) || call.has(.version) { return call }
        try checkOptions(call)
        try checkValues(call)
        if let command { try checkOperands(command, operands) }
        try OptionRule.check(call)
        return call
    }

    /// The command that the first words name, and the words after it.
    private func resolved() throws(CommandFailure) -> (CommandSpec?, [String]) {
        guard let first = words.first else { return (nil, []) }
        let seconds = table.subcommands(of: first)
        if words.count > 1, let command = table["\(first) \(words[1])"] {
            return (command, Array(words.dropFirst(2)))
        }
        if let command = table[first] { return (command, Array(words.dropFirst())) }
        if let name = unknown.first { throw unknownOption(name, nil) }
        guard !seconds.isEmpty else { throw unknownCommand(first) }
        if given[.help] != nil, words.count == 1 { return (table["help"], [first]) }
        throw unknownSubcommand(first, seconds)
    }

    private func unknownCommand(_ word: String) -> CommandFailure {
        let guess = Suggestion.nearest(to: word, among: table.firstWords)
        return .usage(
            "\"\(DisplayText.clean(word))\" is not a command of plutarc",
            remedy: guess.map { "Did you mean \"plutarc \($0)\"?" }
                ?? "\"plutarc help\" lists the commands.")
    }

    private func unknownSubcommand(_ first: String, _ seconds: [String]) -> CommandFailure {
        let list = seconds.joined(separator: ", ")
        guard words.count > 1 else {
            return .usage(
                "\"plutarc \(first)\" needs one more word",
                remedy: "Write one of: \(list); as \"plutarc \(first) \(seconds[0])\".")
        }
        let guess = Suggestion.nearest(to: words[1], among: seconds)
        return .usage(
            "\"\(DisplayText.clean(words[1]))\" is not a command of \"plutarc \(first)\"",
            remedy: guess.map { "Did you mean \"plutarc \(first) \($0)\"?" }
                ?? "Write one of: \(list).")
    }

    private func unknownOption(_ name: String, _ command: CommandSpec?) -> CommandFailure {
        let own = command.map { Option.everywhere + $0.options } ?? table.options
        let known = own.map(\.name)
        let guess = Suggestion.nearest(to: String(name.drop { $0 == "-" }), among: known)
        let place = command.map { "\"plutarc help \($0.name)\"" } ?? "\"plutarc help\""
        return .usage(
            "\(DisplayText.clean(name)) is not an option of plutarc",
            remedy: guess.map { "Did you mean --\($0)?" } ?? "\(place) lists the options.")
    }

    private func checkOptions(_ call: Invocation) throws(CommandFailure) {
        let lawful = Option.everywhere + (call.command?.options ?? Option.console)
        guard let stray = call.options.first(where: { !lawful.contains($0) }) else { return }
        let console = Option.console.contains(stray) ? ["the console"] : []
        let owners = console + table.commands.filter { $0.options.contains(stray) }.map(\.name)
        let place = call.command.map { "\"plutarc \($0.name)\"" } ?? "the console"
        throw .usage(
            "--\(stray.name) is not an option of \(place)",
            remedy: "It belongs to: \(owners.joined(separator: ", ")).")
    }

    /// Where an option names its values, any other would be passed over without a word.
    private func checkValues(_ call: Invocation) throws(CommandFailure) {
        for option in call.options {
            guard case .oneOf(_, let values) = option.argument, let text = call[option],
                !values.contains(text)
            else { continue }
            throw .none(of: values, text, "--\(option.name)")
        }
    }

    private func checkOperands(
        _ command: CommandSpec, _ operands: [String]
    ) throws(CommandFailure) {
        let range = command.operandRange
        if let empty = operands.firstIndex(where: { $0.allSatisfy(\.isWhitespace) }) {
            let name = command.operands.isEmpty
                ? "word" : command.operands[min(empty, command.operands.count - 1)].name
            throw .usage(
                "\"plutarc \(command.name)\": \(name) is empty",
                remedy: "Usage: \(command.synopsis)")
        }
        if operands.count < range.least {
            throw .usage(
                "\"plutarc \(command.name)\" needs \(command.operands[operands.count].name)",
                remedy: "Usage: \(command.synopsis)")
        }
        if let most = range.most, operands.count > most {
            throw .usage(
                "\"\(DisplayText.clean(operands[most]))\" is one word too many for "
                    + "\"plutarc \(command.name)\"",
                remedy: "Usage: \(command.synopsis)")
        }
    }
}
