/// `?`: every key of this view first, then what holds everywhere; typing filters, Enter runs.
import Core
import Store

/// Made from the keymap, so it never says anything that the keys do not do:
/// <doc:ConsoleRules#Help>.
struct HelpOverlay: Overlay {
    let name = "help"
    let takesText = true
    private var lines: [Keymap.HelpLine] = []
    /// How many of ``lines`` belong to the view itself.
    private let ownCommands: Set<KeyCommand>
    private let view: String
    private let origin: TicketOrigin
    private var newTicketRefusal: String?
    private var search = LineEditor(limit: 40)
    private var cursor = 0

    init(_ state: ConsoleState) {
        let around = state.around
        let context = state.top?.keyContext ?? .everywhere
        ownCommands = Set(
            around.keymap.bindings(in: context).filter { $0.context == context }.map(\.command))
        view = context.rawValue
        origin = TicketOrigin(state)
        refresh(state)
    }

    /// Why a key does nothing changes while the help is open.
    mutating func refresh(_ state: ConsoleState) {
        let around = state.around
        lines = around.keymap.help(in: state.top?.keyContext ?? .everywhere) { binding in
            around.refusal(of: binding) ?? state.top?.refusal(of: binding, around)
        }
        newTicketRefusal = around.keymap.binding(of: .newTicket, in: .support)
            .flatMap { around.refusal(of: $0) }
    }

    /// The lines that the search leaves.
    private var shown: [Keymap.HelpLine] {
        let wanted = search.text.lowercased()
        guard !wanted.isEmpty else { return lines }
        return lines.filter {
            $0.label.lowercased().contains(wanted) || $0.keys.lowercased().contains(wanted)
                || $0.command.rawValue.contains(wanted)
        }
    }

    mutating func handle(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        let page = max(1, around.size.rows - 6)
        switch key {
        case .escape:
            if search.isEmpty { return .close }
            search.text = ""
            cursor = 0
        case .enter: return run(around)
        case .character("?") where search.isEmpty: return ask()
        case .function(1): return .close
        case .down, .tab: cursor += 1
        case .up, .backTab: cursor -= 1
        case .pageDown, .control("f"), .control("d"): cursor += page
        case .pageUp, .control("b"): cursor -= page
        case .home where search.isEmpty: cursor = 0
        case .end where search.isEmpty: cursor = lines.count
        default: if search.handle(key) == .changed { cursor = 0 }
        }
        cursor = min(max(0, cursor), max(0, shown.count - 1))
        return .stay
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        cursor = 0
        guard search.paste(text) == .full else { return .stay }
        return .stay(.say(.warn, search.tooLong(text)))
    }

    private func run(_ around: Surroundings) -> OverlayAnswer {
        let shown = shown
        guard shown.indices.contains(cursor) else { return .stay }
        let line = shown[cursor]
        if let refusal = line.refusal {
            return .stay(.say(.warn, around.answer(line.label, refused: refusal)))
        }
        return .close(.run(line.command))
    }

    /// `??`: asking for help twice asks a person, <doc:ConsoleRules#A-ticket-from-here>.
    private func ask() -> OverlayAnswer {
        if let newTicketRefusal { return .stay(.say(.warn, "new ticket: \(newTicketRefusal)")) }
        return .close(.go(.newTicket(origin)))
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            KeyHint(keys: "type", label: "filter", isDangerous: false),
            KeyHint(keys: "Up Down", label: "move", isDangerous: false),
            KeyHint(keys: "Enter", label: "run", isDangerous: false),
            KeyHint(keys: "?", label: "ask support", isDangerous: false),
            KeyHint(keys: "Esc", label: "close", isDangerous: false),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let size = Size(min(76, canvas.columns), max(3, canvas.rows - 3))
        let inner = canvas.panel(title: "Keys: \(view), then everywhere", size)
        let taken = inner.text(1, 0, "filter ", .inputPrompt)
        search.draw(in: inner, 1 + taken, 0, cells: max(1, inner.columns - taken - 2))
        let body = inner[inner.bounds.splitTop(1).rest]
        let shown = shown
        guard !shown.isEmpty else {
            body.text(1, 0, "No key says that. Esc clears the filter.", .textDim)
            return
        }
        let first = max(0, min(cursor - body.rows / 2, shown.count - body.rows))
        for (row, line) in shown.dropFirst(first).prefix(body.rows).enumerated() {
            draw(line, in: body, row, isCurrent: first + row == cursor)
        }
    }

    private func draw(
        _ line: Keymap.HelpLine, in canvas: Canvas, _ row: Int, isCurrent: Bool
    ) {
        let isOff = line.refusal != nil
        let isOwn = ownCommands.contains(line.command)
        let role: Role =
            isOff ? .disabled : line.isDangerous ? .buttonDanger : isOwn ? .textStrong : .text
        canvas.text(0, row, isCurrent ? ">" : " ", .textStrong)
        canvas.text(2, row, line.keys, isOff ? .disabled : .footerKey, cells: 13)
        let end = 16 + canvas.text(16, row, line.label, role)
        if let refusal = line.refusal {
            canvas.text(end, row, " (\(refusal))", .disabled)
        }
        canvas.textRight(canvas.columns - 1, row, isOwn ? view : "", .textDim)
        if isCurrent { canvas.lay(.selection, under: Rect(0, row, canvas.columns, 1)) }
    }
}

extension TicketOrigin {
    /// What the person looks at now.
    init(_ state: ConsoleState) {
        let around = state.around
        self.init(
            screen: state.top?.crumb(around).path.joined(separator: " > ") ?? "",
            bot: state.top?.currentBot(around)?.label,
            lastCommand: around.lastCommand?.description, at: around.now)
    }
}
