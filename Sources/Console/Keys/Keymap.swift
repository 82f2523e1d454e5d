/// Which key means what where; the user's `keys.conf` over the defaults.
import Core

struct Keymap: Equatable, Sendable {
    private(set) var bindings: [Binding]

    init(_ bindings: [Binding] = Binding.defaults) { self.bindings = bindings }

    /// The binding of a key in a view: the view's own, else the one that holds everywhere.
    func binding(for key: Key, in context: KeyContext) -> Binding? {
        bindings.first { $0.context == context && $0.keys.contains(key) }
            ?? bindings.first { $0.context == .everywhere && $0.keys.contains(key) }
    }

    /// What a command is bound to in a view.
    func binding(of command: KeyCommand, in context: KeyContext) -> Binding? {
        bindings.first { $0.command == command && $0.context == context }
            ?? bindings.first { $0.command == command && $0.context == .everywhere }
    }

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
        let heavy = context == .fleet || context == .bot
        return bindings.filter { $0.context == context || heavy && $0.context == .actions }
    }

    // MARK: keys.conf

    /// Changes bindings as a `keys.conf` says: `[fleet]`, `close-all = X ^X` or `= none`.
    /// Returns warnings: unknown sections, commands and keys, and clashes.
    mutating func apply(_ file: IniFile) -> [FileError] {
        var warnings: [FileError] = []
        for section in file.sections {
            guard let context = KeyContext(rawValue: section.name) else {
                let known = KeyContext.allCases.map(\.rawValue).joined(separator: ", ")
                warnings.append(
                    FileError(
                        file: file.file, line: section.line,
                        problem: "unknown view [\(section.name)]", remedy: "Views are \(known)."))
                continue
            }
            for entry in section.entries {
                if let problem = apply(entry, context) {
                    warnings.append(
                        FileError(
                            file: file.file, line: entry.line, key: entry.key, problem: problem,
                            remedy: "See: plutarc keymap"))
                }
            }
        }
        return warnings
            + clashes.map { FileError(file: file.file, problem: $0, remedy: "Change one of them.") }
    }

    /// Keys that mean two things in one view, in words; empty for a sound map.
    var clashes: [String] {
        var result: [String] = []
        for context in KeyContext.allCases {
            var owners: [Key: KeyCommand] = [:]
            for binding in bindings where binding.context == context {
                for key in binding.keys {
                    if let other = owners[key] {
                        result.append(
                            "[\(context.rawValue)] \(key.name) is both \(other.rawValue) "
                                + "and \(binding.command.rawValue)")
                    } else {
                        owners[key] = binding.command
                    }
                }
            }
        }
        return result
    }

    private mutating func apply(_ entry: IniFile.Entry, _ context: KeyContext) -> String? {
        guard let command = KeyCommand(rawValue: entry.key) else { return "unknown command" }
        guard
            let index = bindings.firstIndex(where: {
                $0.command == command && $0.context == context
            })
        else { return "does not exist in [\(context.rawValue)]" }
        if entry.value == "none" {
            bindings[index].keys = []
            return nil
        }
        var keys: [Key] = []
        for word in entry.value.split(separator: " ") {
            guard let key = Key(name: String(word)) else { return "unknown key \"\(word)\"" }
            if case .control = key, bindings[index].changes {
                return "\(key.name) would change a bot; no Ctrl key may"
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { return "a key is missing" }
        bindings[index].keys = keys
        return nil
    }
}
