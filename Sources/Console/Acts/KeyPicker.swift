/// Choosing the exchange key of a flat bot: the free ones, how far their exchanges are, or none.
import Core
import Store

/// One key, one bot: keys that another bot holds are not in the list.
/// **Source** <doc:ProductRules#API-keys>.
struct KeyPicker: Overlay {
    /// A row; nil stands for no key.
    private typealias Choice = APIKey?

    let name = "keys"
    let keyContext = KeyContext.menu
    private var row: BotRow
    private var board: DeployBoard?
    private var cursor = 0

    init(_ row: BotRow) { self.row = row }

    var wants: [BoardRequest] { [.deployment] }

    /// The free keys, and last what takes the bot's own away.
    private var choices: [Choice] {
        guard let board else { return [] }
        return board.freeKeys + (row.key == nil ? [] : [nil])
    }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        // The cursor stays with its row, wherever that stands now.
        let chosen = choices.indices.contains(cursor) ? choices[cursor]?.id : nil
        let wasLast = !choices.isEmpty && chosen == nil
        row = around.bot(row.id) ?? row
        if case .deployment(let board) = board { self.board = board }
        let last = max(0, choices.count - 1)
        let place = chosen.flatMap { id in choices.firstIndex { $0?.id == id } }
        cursor = place ?? (wasLast ? last : 0)
        return .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        let choices = choices
        switch command {
        case .closeTop: return .close
        case .open:
            guard choices.indices.contains(cursor) else { return .stay }
            if let refusal = AssignKeyAct.refusal(to: row) { return .close(.say(.warn, refusal)) }
            return .close(.open(question(choices[cursor], around)))
        default: cursor = command.moved(cursor, of: choices.count)
        }
        return .stay
    }

    private func question(_ key: Choice, _ around: Surroundings) -> ConfirmDialog {
        let words =
            key.map { "Assigning \($0.label) to \(row.label)" }
            ?? "Taking the key from \(row.label)"
        return ConfirmDialog(
            "assign-key", title: "API key of \(row.label)",
            badge: (key?.environment ?? row.environment).badge, lines: lines(key),
            action: key == nil ? "Take away" : "Assign", around,
            then: [
                .submit(
                    .assignKey(
                        bot: row.id.description, key: key?.id.description ?? LifeRules.noKey),
                    words: words)
            ])
    }

    private func lines(_ key: Choice) -> [Dialog.Line] {
        let change = "\(row.key?.label ?? "no key") -> \(key?.label ?? "no key")"
        guard let key else {
            return [
                Dialog.Line(change),
                Dialog.Line("It trades no more until it has another one.", .messageWarn),
            ]
        }
        return [
            Dialog.Line(change),
            Dialog.Line(
                "\(key.exchange), \(key.contractType.rawValue), "
                    + shortened(key.instruments, to: 6).joined(separator: " ")),
            Dialog.Line("Its trading starts again on these instruments.", .textDim),
        ]
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.down, .up, to: "move", around), hint(.open, to: "choose..", around),
            hint(.closeTop, to: "cancel", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let choices = choices
        let wanted = Size(min(canvas.columns, 70), min(canvas.rows, max(4, choices.count + 2)))
        let inner = canvas.panel(title: "API key for \(row.label)", wanted)
        if choices.isEmpty {
            inner.text(1, 0, board == nil ? "Reading ..." : "No free active key.", .messageWarn)
            return inner.rest(1, 0)
        }
        inner.list(choices.count, cursor: cursor) { draw(choices[$0], in: inner, $1) }
    }

    private func draw(_ choice: Choice, in canvas: Canvas, _ line: Int) {
        guard let key = choice else {
            canvas.text(2, line, "no key", .text)
            return canvas.textRight(canvas.columns - 1, line, "it trades no more", .textDim)
        }
        canvas.text(2, line, key.label, .text, cells: 20)
        canvas.text(23, line, key.environment.badge, key.environment.badgeRole, cells: 6)
        canvas.text(30, line, key.exchange, .text, cells: 12)
        canvas.textRight(canvas.columns - 1, line, distance(of: key), .textDim)
    }

    /// `215 ms from london`.
    private func distance(of key: APIKey) -> String {
        board?.catalog.roundTrip(from: row.bot.region, to: key.exchange).map {
            "\($0.milliseconds) ms from \(row.bot.region)"
        } ?? "distance unknown"
    }
}
