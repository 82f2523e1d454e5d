/// `?`: every key of this view first, then what holds everywhere; typing filters, Enter runs.
import Core
import Store

/// Made from the keymap, so it never says anything that the keys do not do:
/// <doc:ConsoleRules#Help>.
struct HelpOverlay: Overlay {
    let name = "help"
    let keyContext = KeyContext.help
    let takesText = true
    private var lines: [Keymap.HelpLine] = []
    private let view: KeyContext
    private let origin: TicketOrigin
    private var newTicketRefusal: String?
    private var search = LineEditor(limit: 40)
    private var cursor = 0

    init(_ state: ConsoleState) {
        view = state.top?.keyContext ?? .everywhere
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

    /// While something is typed these are letters and keys of the field.
    private static let unlessTyping: Set<KeyCommand> = [.newTicket, .first, .last]

    mutating func takeOwn(_ key: Key, _ around: Surroundings) -> OverlayAnswer? {
        guard !search.isEmpty, let command = around.keymap.command(of: key, in: keyContext),
            Self.unlessTyping.contains(command)
        else { return nil }
        return type(key, around)
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        let page = max(1, around.size.rows - 6)
        switch command {
        case .closeTop:
            if search.isEmpty { return .close }
            search.text = ""
            cursor = 0
        case .help: return .close
        case .open: return run(around)
        case .newTicket: return ask()
        default: cursor = command.moved(cursor, of: shown.count, page: page)
        }
        return .stay
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if search.handle(key) == .changed { cursor = 0 }
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
        if line.context.isOverlay {
            let words = "\(line.keys) \(line.label): while \(line.context.rawValue) is open"
            return .stay(.say(.info, words))
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
            hint(.up, .down, to: "move", around), hint(.open, to: "run", around),
            hint(.newTicket, to: "ask support", around), hint(.closeTop, to: "close", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let size = Size(min(76, canvas.columns), max(3, canvas.rows - 3))
        let inner = canvas.panel(title: "Keys: \(view.rawValue), then everywhere", size)
        let taken = inner.text(1, 0, "filter ", .inputPrompt)
        search.draw(in: inner, 1 + taken, 0, cells: max(1, inner.columns - taken - 2))
        let body = inner[inner.bounds.splitTop(1).rest]
        let shown = shown
        guard !shown.isEmpty else {
            body.text(1, 0, "No key says that. Esc clears the filter.", .textDim)
            return
        }
        body.list(shown.count, cursor: cursor, rests: false) { draw(shown[$0], in: body, $1) }
    }

    private func draw(_ line: Keymap.HelpLine, in canvas: Canvas, _ row: Int) {
        let isOff = line.refusal != nil
        let isOwn = line.context == view && view != .everywhere
        let role: Role =
            isOff ? .disabled : line.isDangerous ? .buttonDanger : isOwn ? .textStrong : .text
        canvas.text(2, row, line.keys, isOff ? .disabled : .footerKey, cells: 13)
        let end = 16 + canvas.text(16, row, line.label, role)
        if let refusal = line.refusal {
            canvas.text(end, row, " (\(refusal))", .disabled)
        }
        let place = isOwn || line.context.isOverlay ? line.context.rawValue : ""
        canvas.textRight(canvas.columns - 1, row, place, .textDim)
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
