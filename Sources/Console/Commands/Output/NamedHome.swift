/// The home that a command was told to work on, in the lines that a remedy has people type.

import Core

/// A home that an option or a variable named: a remedy without it would lead to the default one.
struct NamedHome: Sendable, Equatable {
    let path: String

    /// `plutarc commands` becomes `plutarc --home '/srv/fleet' commands`; a line that names its
    /// home already stays as it is.
    func added(to text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let found = rest.firstRange(of: Self.program) {
            let before = rest[..<found.lowerBound].last ?? result.last
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            if Self.isCommand(rest, after: before) { result += "--home \(shellQuoted(path)) " }
        }
        return result + rest
    }

    private static let program = "plutarc "

    /// The program's name and not the end of a path, before the name of a command over a home.
    private static func isCommand(_ rest: Substring, after before: Character?) -> Bool {
        if let before, before.isLetter || before.isNumber || "/-_.".contains(before) {
            return false
        }
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
        return commands.contains(String(word))
    }

    /// First words of the commands that read a home, or send something to its engine.
    private static let commands = Set(
        CommandTable.all.commands.filter { $0.group != .tools }.map { $0.words[0] }
    ).subtracting(["init", "demo"])
}

extension CommandContext {
    /// Nil for the default home, and where what names it names none.
    var namedHome: NamedHome? {
        let isNamed =
            call[.home] != nil || call[.workspace] != nil || environment("PLUTARC_HOME") != nil
        return isNamed ? (try? homePath()).map(NamedHome.init) : nil
    }
}
