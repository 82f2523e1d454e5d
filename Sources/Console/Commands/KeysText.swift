/// What `plutarc help keys` prints: every key of the console, by the view in which it holds.
import Core

enum KeysText {
    private static let all: [(context: KeyContext, bindings: [Binding])] =
        KeyContext.allCases.map { context in
            (context, Binding.defaults.filter { $0.context == context && !$0.keys.isEmpty })
        }

    static var page: String {
        var lines = ["Keys of the console; \"?\" in it shows those of the moment.", ""]
        for (context, bindings) in all where !bindings.isEmpty {
            lines += ["\(context.title):"]
                + HelpText.columns(bindings.map { ($0.keyNames, $0.label) }, width: 18) + [""]
        }
        return lines.joined(separator: "\n")
    }

    static var json: JSON {
        .array(
            all.flatMap(\.bindings).map { binding in
                [
                    "view": .string(binding.context.rawValue),
                    "keys": .array(binding.keys.map { .string($0.name) }),
                    "command": .string(binding.command.rawValue),
                    "label": .string(binding.label),
                ]
            })
    }
}

extension KeyContext {
    fileprivate var title: String {
        switch self {
        case .everywhere: "Everywhere"
        case .actions: "In the menu of acts, where bots are shown"
        default: isOverlay ? "Over a screen: \(rawValue)" : "On the screen \(rawValue)"
        }
    }
}
