/// Which key means what where.
import Core

struct Keymap: Equatable, Sendable {
    private(set) var bindings: [Binding]

    init(_ bindings: [Binding] = Binding.defaults) { self.bindings = bindings }

    /// The binding of a key in a view: the view's own, else the one that holds everywhere.
    func binding(for key: Key, in context: KeyContext) -> Binding? {
        bindings.first { $0.context == context && $0.keys.contains(key) }
            ?? bindings.first { $0.context == .everywhere && $0.keys.contains(key) }
    }

    /// What a key means in an overlay, where nothing holds but its own keys.
    func command(of key: Key, in overlay: KeyContext) -> KeyCommand? {
        bindings.first { $0.context == overlay && $0.keys.contains(key) }?.command
    }

    /// The first key of each command in an overlay: `jk`, `Up Down`.
    func names(of commands: [KeyCommand], in overlay: KeyContext) -> String {
        let names = commands.compactMap { command in
            bindings.first { $0.context == overlay && $0.command == command }?.keys.first?.name
        }
        return names.joined(separator: names.allSatisfy { $0.count == 1 } ? "" : " ")
    }

    /// What a command is bound to in a view.
    func binding(of command: KeyCommand, in context: KeyContext) -> Binding? {
        bindings.first { $0.command == command && $0.context == context }
            ?? bindings.first { $0.command == command && $0.context == .everywhere }
    }

    /// What the keys of a view are called in a text.
    func names(in context: KeyContext) -> KeyNames { KeyNames(keymap: self, context: context) }

    /// All that holds in a view: its own first, then what holds everywhere and is not covered.
    func bindings(in context: KeyContext) -> [Binding] {
        let own = bindings.filter { $0.context == context && context != .everywhere }
        let taken = Set(own.flatMap(\.keys))
        let others = bindings.filter { $0.context == .everywhere }.compactMap { binding in
            var binding = binding
            binding.keys.removeAll { taken.contains($0) }
            return binding.keys.isEmpty ? nil : binding
        }
        return own + others
    }

    /// What the menu of `a` lists: a view's own, and the heavy acts where bots are shown.
    func bindings(withActionsOf context: KeyContext) -> [Binding] {
        bindings.filter { $0.context == context && context != .actions } + menuOnly(in: context)
    }

    /// What holds in menus, dialogs and panels alone.
    var ofOverlays: [Binding] { bindings.filter(\.context.isOverlay) }

    /// The heavy acts, where bots are shown: their keys hold in the menu of `a` and nowhere else.
    func menuOnly(in context: KeyContext) -> [Binding] {
        guard context == .fleet || context == .bot else { return [] }
        return bindings.filter { $0.context == .actions }
    }
}

/// Keys for a text that tells what to press: as the table has them, whatever was bound anew.
struct KeyNames: Sendable {
    fileprivate let keymap: Keymap
    fileprivate let context: KeyContext

    /// `N`; a command without a key is found in the palette.
    subscript(_ command: KeyCommand) -> String {
        let binding = keymap.binding(of: command, in: context)
        return binding?.keys.first?.name ?? ":\(command.rawValue)"
    }
}
