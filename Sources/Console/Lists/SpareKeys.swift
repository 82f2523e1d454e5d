/// Keys that hold everywhere but mean nothing in views where things are taken one at a time.
import Core

/// Their hints are left out and the help says so, rather than keys that silently do nothing.
struct SpareKeys: OptionSet, Sendable {
    let rawValue: Int
    /// Tickets and records are acted on one by one: nothing is marked.
    static let marking = SpareKeys(rawValue: 1)
    /// The order of what was recorded is its time.
    static let sorting = SpareKeys(rawValue: 2)

    private static let marks: Set<KeyCommand> = [.mark, .markRange, .invertMarks, .unmark]
    private static let orders: Set<KeyCommand> = [.sort, .reverseSort]

    func refusal(of command: KeyCommand) -> String? {
        if contains(.marking), Self.marks.contains(command) { return "one at a time here" }
        return contains(.sorting) && Self.orders.contains(command) ? "by time here" : nil
    }

    /// The table without them.
    func useful(_ keymap: Keymap) -> Keymap {
        isEmpty ? keymap : Keymap(keymap.bindings.filter { refusal(of: $0.command) == nil })
    }
}
