/// A small list over the screen: actions, sort orders, things to copy.
import Core
import Store

/// A letter runs its entry at once; Enter runs the one under the cursor; Esc closes.
struct ListMenu: Overlay {
    struct Entry: Sendable {
        var key: Key?
        /// The key means this in the menu of acts alone: `a U`.
        var isMenuOnly = false
        var label: String
        /// Stands at the right: a key, a value, "now".
        var note = ""
        var isDangerous = false
        /// Why it does nothing now.
        var refusal: String?
        var actions: [ScreenAction]
    }

    let name: String
    let keyContext = KeyContext.menu
    let title: String
    private(set) var entries: [Entry]
    private var cursor = 0
    /// Its notes are figures, which do not change any more.
    private let hasFigures: Bool
    private var asOf: Instant?

    init(
        _ name: String, title: String, _ entries: [Entry], cursor: Int = 0,
        hasFigures: Bool = false
    ) {
        self.hasFigures = hasFigures
        self.name = name
        self.title = title
        self.entries = entries
        self.cursor = min(max(0, cursor), max(0, entries.count - 1))
    }

    mutating func opened(at now: Instant) {
        if hasFigures { asOf = now }
    }

    /// Why an act does nothing changes while the menu is open.
    mutating func refresh(_ state: ConsoleState) {
        guard name == Self.actionsName else { return }
        let now = Self.actions(of: state).entries
        for index in entries.indices {
            guard let same = now.first(where: { $0.label == entries[index].label }) else {
                continue
            }
            entries[index].refusal = same.refusal
        }
    }

    mutating func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer? {
        entries.firstIndex { $0.key == key }.map { run($0, around) }
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop: return .close
        case .open: return entries.isEmpty ? .close : run(cursor, around)
        default: cursor = command.moved(cursor, of: entries.count)
        }
        return .stay
    }

    private func run(_ index: Int, _ around: Surroundings) -> OverlayAnswer {
        let entry = entries[index]
        if let refusal = entry.refusal {
            return .stay(.say(.warn, around.answer(entry.label, refused: refusal)))
        }
        return OverlayAnswer(closes: true, actions: entry.actions)
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.down, .up, to: "move", around), hint(.open, to: "choose", around),
            hint(.closeTop, to: "close", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let width = entries.map { cells($0) }.max() ?? 0
        let wanted = Size(max(width, TextWidth.of(title) + 4) + 4, entries.count + 2)
        let inner = canvas.panel(title: title, wanted)
        if let asOf, canvas.columns > 24 {
            let box = canvas[canvas.middle(wanted)].on(.dialog)
            box.textRight(box.columns - 1, box.rows - 1, " as of \(asOf.clockText)Z ", .textDim)
        }
        inner.list(entries.count, cursor: cursor) { draw(entries[$0], in: inner, $1) }
    }

    private func draw(_ entry: Entry, in canvas: Canvas, _ row: Int) {
        let isOff = entry.refusal != nil
        let key = (entry.isMenuOnly ? "a " : "") + (entry.key?.name ?? "")
        canvas.text(1, row, key, isOff ? .disabled : .footerKey, cells: 3)
        let role: Role = isOff ? .disabled : entry.isDangerous ? .buttonDanger : .text
        let end = 5 + canvas.text(5, row, entry.label, role)
        let note = entry.refusal ?? entry.note
        if !note.isEmpty, end + 1 < canvas.columns {
            let room = canvas.columns - end - 2
            canvas.textRight(
                canvas.columns - 1, row, TextWidth.truncated(Untrusted.display(note), to: room),
                isOff ? .disabled : .textDim)
        }
    }

    private func cells(_ entry: Entry) -> Int {
        let note = entry.refusal ?? entry.note
        return 5 + TextWidth.of(entry.label) + (note.isEmpty ? 0 : TextWidth.of(note) + 3)
    }
}

extension ListMenu {
    /// `a`: every act of this view, with the reason for those that do nothing now.
    static func actions(of state: ConsoleState) -> ListMenu {
        let context = state.top?.keyContext ?? .everywhere
        let around = state.around
        // Of several marked bots each may have another reason: their dialog names them.
        let targets = state.top?.targets(around) ?? []
        let bot = targets.count == 1 ? targets.first : nil
        let own = around.keymap.bindings(withActionsOf: context).filter {
            !$0.keys.isEmpty && !moves.contains($0.command)
        }
        let entries = own.map { binding in
            let refusal =
                around.refusal(of: binding) ?? state.top?.refusal(of: binding, around)
                ?? ActList.menuRefusal(of: binding.command, bot, around)
            return Entry(
                key: binding.keys.first, isMenuOnly: binding.context == .actions,
                label: binding.label, isDangerous: binding.isDangerous,
                refusal: around.off.contains(.menuTellsRefusals) ? nil : refusal,
                actions: [.run(binding.command)])
        }
        return ListMenu(actionsName, title: "Actions  (a U: here only)", entries)
    }

    private static let actionsName = "actions"

    /// Not acts: the hints and the help name their keys.
    private static let moves: Set<KeyCommand> = [
        .previousTab, .nextTab, .previousBot, .nextBot, .nextMessage, .previousMessage,
    ]
}
