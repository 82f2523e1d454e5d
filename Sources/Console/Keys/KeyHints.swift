/// The words about keys that are made from the table: the footer line and the help.

/// A piece of the footer: `X close-all..`, or greyed with the reason why not now.
struct KeyHint: Equatable, Sendable {
    var keys: String
    var label: String
    var isDangerous: Bool
    /// Why it does nothing now ("admin only", "read-only"), empty where there is no room for the
    /// words; nil when it works.
    var refusal: String?
}

extension Keymap {
    /// The hints that fit into `cells`, the most useful kept, in the order of use.
    /// - Parameter refusal: why a binding does nothing now; nil when it works.
    func hints(
        in context: KeyContext, cells: Int, refusal: (Binding) -> String? = { _ in nil }
    ) -> [KeyHint] {
        let useful = bindings(in: context).filter { $0.rank != nil && !$0.keys.isEmpty }
        let ranked = Self.joined(useful).sorted { $0.rank < $1.rank }
        var room = cells
        var kept: [(rank: Int, hint: KeyHint)] = []
        for (rank, binding, keys) in ranked {
            var hint = KeyHint(
                keys: keys, label: binding.label, isDangerous: binding.isDangerous,
                refusal: refusal(binding))
            let gap = kept.isEmpty ? 0 : 2
            // Without room for the reason the key is still there, dim.
            if hint.cells + gap > room, hint.refusal != nil { hint.refusal = "" }
            let width = hint.cells + gap
            guard width <= room else { continue }
            room -= width
            kept.append((rank, hint))
        }
        // Help is the last to be cut but stands at the end of the line.
        return kept.filter { $0.rank > 0 }.map(\.hint) + kept.filter { $0.rank == 0 }.map(\.hint)
    }

    /// What stands over a screen, or is written in its place: each command with its words.
    func hints(of commands: [(KeyCommand, String)], in context: KeyContext) -> [KeyHint] {
        commands.map { command, words in
            KeyHint(keys: names(of: [command], in: context), label: words, isDangerous: false)
        }
    }

    /// Bindings with the same rank are one hint: `jk move`, `[] tab`.
    private static func joined(
        _ bindings: [Binding]
    ) -> [(rank: Int, binding: Binding, keys: String)] {
        var result: [(rank: Int, binding: Binding, keys: String)] = []
        for binding in bindings {
            let rank = binding.rank ?? .max
            let key = binding.keys[0].name
            if let index = result.firstIndex(where: { $0.rank == rank }),
                let words = pairs[binding.command]
            {
                result[index].keys += key
                result[index].binding.label = words
            } else {
                result.append((rank, binding, key))
            }
        }
        return result
    }

    /// Words for two opposite keys in one hint.
    private static let pairs: [KeyCommand: String] = [
        .up: "move", .nextTab: "tabs", .previousMessage: "message",
    ]

    /// A help line: keys, words and, when it does nothing now, the reason.
    struct HelpLine: Equatable, Sendable {
        var keys: String
        var label: String
        var command: KeyCommand
        /// Where it holds.
        var context: KeyContext
        var isDangerous: Bool
        var refusal: String?
    }

    /// The help of a view, its own keys first, those of overlays last; `search` leaves the lines
    /// that contain it.
    func help(
        in context: KeyContext, search: String = "", refusal: (Binding) -> String? = { _ in nil }
    ) -> [HelpLine] {
        let wanted = search.lowercased()
        let listed = bindings(in: context) + menuOnly(in: context) + ofOverlays
        return listed.filter { !$0.keys.isEmpty }.map {
            HelpLine(
                keys: $0.keyNames, label: $0.label, command: $0.command, context: $0.context,
                isDangerous: $0.isDangerous, refusal: $0.context.isOverlay ? nil : refusal($0))
        }.filter {
            wanted.isEmpty || $0.label.lowercased().contains(wanted)
                || $0.keys.lowercased().contains(wanted)
                || $0.command.rawValue.contains(wanted)
        }
    }
}

extension KeyHint {
    /// `X close-all..` and, when refused, ` (admin only)`.
    var cells: Int {
        keys.count + 1 + label.count
            + (refusal.map { $0.isEmpty ? 0 : $0.count + 3 } ?? 0)
    }
}

extension Canvas {
    /// Draws hints on one row, two blanks between them; the first starts at `column`. One for which
    /// there is no room is left out whole.
    func hints(_ column: Int, _ row: Int, _ hints: [KeyHint]) {
        var at = column
        for hint in hints where at + hint.cells <= columns {
            let isOff = hint.refusal != nil
            at += text(at, row, hint.keys, isOff ? .disabled : .footerKey) + 1
            at += text(at, row, hint.label, isOff ? .disabled : .footerLabel)
            if let refusal = hint.refusal, !refusal.isEmpty {
                at += text(at, row, " (\(refusal))", .disabled)
            }
            at += 2
        }
    }
}
