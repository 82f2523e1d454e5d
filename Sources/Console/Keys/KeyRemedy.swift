/// What to do now, in the keys of the console instead of the words of the command line.
import Core
import Store

/// The engine does not know who asks: its remedies name commands and options.
enum KeyRemedy {
    /// Options of one command line: in the console the key shows and asks anew.
    private static let options = ["--confirm", "--preview", "--yes", "--close-first, or"]
    private static let again = "Press its key again and confirm what is shown then."

    /// Commands that take a name, and those that stand alone.
    private static let named = [
        "bot": "Enter on the bot", "stop": "a T", "start": "a S", "restart": "R", "resume": "u",
        "close-all": "X", "top-up": "B, then M",
    ]
    private static let alone = [
        "bots": "1", "positions": "2", "tickets": "3", "commands": ":cmds", "status": "!",
        "alerts": "!", "engine status": "F5",
    ]

    /// What has no key stays as it is: `plutarc check` is run in a shell.
    static func words(_ text: String, off: Switches<ScreenSafeguard> = []) -> String {
        guard !off.contains(.keysInRemedies) else { return text }
        if text.contains(" --reason TEXT") { return "Press its key again and give one." }
        // A sentence of its own names no command: its options mean the command that was refused.
        if !text.contains("plutarc "), options.contains(where: text.contains) { return again }
        return withoutCommands(text)
    }

    private static func withoutCommands(_ text: String) -> String {
        var text = text
        for (command, key) in named.sorted(by: { $0.key < $1.key }) {
            while let found = range(of: "plutarc \(command) ", in: text) {
                text.replaceSubrange(found, with: key)
            }
        }
        for (command, key) in alone.sorted(by: { $0.key > $1.key }) {
            text = text.replacing("plutarc \(command) --json", with: key)
            text = text.replacing("plutarc \(command)", with: key)
        }
        return text
    }

    /// The command with the name behind it, which may stand in quotes, and what it closes first.
    private static func range(of command: String, in text: String) -> Range<String.Index>? {
        guard let start = text.firstRange(of: command) else { return nil }
        var end = start.upperBound
        if text[end...].first == "\"" {
            let closing = text[text.index(after: end)...].firstIndex(of: "\"")
            end = closing.map { text.index(after: $0) } ?? text.endIndex
        } else {
            end = text[end...].firstIndex(of: " ") ?? text.endIndex
            while let last = text[start.upperBound..<end].last, ".,;".contains(last) {
                end = text.index(before: end)
            }
        }
        let option = " --close-first"
        if text[end...].hasPrefix(option) { end = text.index(end, offsetBy: option.count) }
        return start.lowerBound..<end
    }
}
