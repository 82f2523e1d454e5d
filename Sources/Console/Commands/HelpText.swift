/// Help made from the table of commands: the overview, and each command in the manner of a manual.

struct HelpText {
    let table: CommandTable

    /// What `plutarc help` prints.
    var overview: String {
        var lines = [
            "plutarc \(ProgramVersion.text) - operations console for a fleet of trading bots", "",
            "Usage: plutarc [OPTIONS] [COMMAND [ARGS]]",
            "With no command, the full-screen console opens.",
        ]
        for group in CommandGroup.allCases {
            let rows = table.commands.filter { $0.group == group }.map { ($0.name, $0.summary) }
            guard !rows.isEmpty else { continue }
            lines += ["", "\(group.rawValue):"] + Self.columns(rows, width: 18)
        }
        lines += ["", "Options of the console:"] + Self.optionLines(Option.console)
        lines += ["", "Options that stand everywhere:"] + Self.optionLines(Option.everywhere)
        lines += ["", "Exit status:"] + Self.statusLines
        lines += [
            "", "\"plutarc help COMMAND\" shows one command with examples,",
            "\"plutarc help keys\" the keys of the console.",
        ]
        return lines.joined(separator: "\n")
    }

    /// What `plutarc help COMMAND` prints: name, synopsis, description, options, examples.
    func page(of command: CommandSpec) -> String {
        var lines = ["NAME", "  plutarc \(command.name) - \(command.summary)", "", "SYNOPSIS"]
        lines += Self.wrapped(command.synopsis, indent: 2, hanging: 6)
        if !command.details.isEmpty {
            lines += ["", "DESCRIPTION"] + Self.wrapped(command.details, indent: 2, hanging: 2)
        }
        if !command.options.isEmpty {
            lines += ["", "OPTIONS"] + Self.optionLines(command.options)
        }
        lines += ["", "EXAMPLES"]
        for example in command.examples {
            lines += ["  \(example.line)", "      \(example.does)"]
        }
        lines += ["", "EXIT STATUS"] + Self.statusLines
        lines += ["", "Options that stand everywhere: \"plutarc help\"."]
        return lines.joined(separator: "\n")
    }

    /// What `plutarc help ticket` prints: the commands that begin with a word.
    func page(ofGroup word: String) -> String {
        let rows = table.commands.filter { $0.words[0] == word }.map { ($0.name, $0.summary) }
        return (["Usage: plutarc \(word) COMMAND", ""] + Self.columns(rows, width: 18))
            .joined(separator: "\n")
    }

    private static var statusLines: [String] {
        ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }
            + ["  128+n  ended by signal n"]
    }

    private static func optionLines(_ options: [Option]) -> [String] {
        columns(
            options.map { option in
                let short = option.short.map { "-\($0), " } ?? ""
                return ("\(short)\(option.synopsis)", option.meaning)
            }, width: 30)
    }

    /// Two columns; a left side that is too long takes a line of its own.
    static func columns(_ rows: [(String, String)], width: Int) -> [String] {
        rows.flatMap { left, right in
            let cells = 2 + DisplayText.width(of: left)
            let lines = wrapped(right, indent: width + 2, hanging: width + 2)
            guard cells < width + 2 else { return ["  \(left)"] + lines }
            return ["  \(left)" + lines[0].dropFirst(cells)] + lines.dropFirst()
        }
    }

    /// Words of `text` on lines of at most 80 cells.
    private static func wrapped(_ text: String, indent: Int, hanging: Int) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in pieces(of: text) {
            if !isEmpty, DisplayText.width(of: line) + 1 + DisplayText.width(of: word) > 80 {
                lines.append(line)
                line = String(repeating: " ", count: hanging)
                isEmpty = true
            }
            line += isEmpty ? word : " " + word
            isEmpty = false
        }
        return lines + [line]
    }

    /// Words, with what stands in brackets kept together.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var depth = 0
        for word in text.split(separator: " ") {
            if depth > 0 {
                pieces[pieces.count - 1] += " \(word)"
            } else {
                pieces.append(String(word))
            }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return pieces
    }
}

/// The version of this program.
enum ProgramVersion {
    static let text = "0.1.0"
}
