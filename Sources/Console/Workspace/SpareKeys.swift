/// Keys that hold everywhere but mean nothing in views where things are taken one at a time.
import Core

/// Their hints are left out and the help says so, rather than keys that silently do nothing.
enum SpareKeys {
    /// Tickets and records are acted on one by one: nothing is marked.
    static let marking: Set<KeyCommand> = [.mark, .markRange, .invertMarks, .unmark]
    /// The order of what was recorded is its time.
    static let sorting: Set<KeyCommand> = [.sort, .reverseSort]

    static func refusal(of binding: Binding, sorts: Bool = false) -> String? {
        if marking.contains(binding.command) { return "one at a time here" }
        return !sorts && sorting.contains(binding.command) ? "by time here" : nil
    }

    /// The footer of a screen without the keys that mean nothing in it.
    static func hints(
        of screen: some Screen, cells: Int, sorts: Bool = false, _ around: Surroundings
    ) -> [KeyHint] {
        let useful = around.keymap.bindings.filter { refusal(of: $0, sorts: sorts) == nil }
        return Keymap(useful).hints(in: screen.keyContext, cells: cells) { binding in
            around.refusal(of: binding) ?? screen.refusal(of: binding, around)
        }
    }
}
