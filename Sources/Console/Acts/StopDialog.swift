/// A stop with positions open: what it would leave unattended, and the three ways on.
import Core
import Store

/// Enter and Esc keep the bot running; the other two ask for the bot's label.
/// **Source** <doc:ProductRules#Stopping-a-bot>.
struct StopDialog: Overlay {
    let name = "stop"
    let keyContext = KeyContext.stop
    private var row: BotRow
    private let openedAt: Instant
    private var positions: [PositionRow]?

    init(_ row: BotRow, _ around: Surroundings) {
        self.row = row
        openedAt = around.wall
    }

    var wants: [BoardRequest] { [.positions] }

    /// Closes by itself when nothing would be left any more: a plain stop is asked for then.
    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        row = around.bot(row.id) ?? row
        guard case .positions(let board) = board else { return .stay }
        let own = board.rows.filter { $0.position.botID == row.id }
        positions = own
        return own.isEmpty ? .close(.say(.info, "\(row.label) is flat now: stop it again")) : .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        if command == .closeTop { return .close }
        guard around.wall - openedAt >= Dialog.typeAheadTime else { return .stay }
        switch command {
        case .no: return .close(.say(.info, "\(row.label) goes on running"))
        case .closeFirst:
            guard around.allows(.positionsCloseAll) else {
                return .stay(
                    .say(.warn, "close first: \(Permission.positionsCloseAll.shortHolders)"))
            }
            return .close(.open(ask(.close, "Close and stop", around)))
        case .leaveOpen: return .close(.open(ask(.leave, "Leave and stop", around)))
        default: return .stay
        }
    }

    private func ask(
        _ choice: OpenPositions, _ action: String, _ around: Surroundings
    ) -> ConfirmDialog {
        let words =
            choice == .close
            ? "Pauses, closes these at market, and stops once the exchange reports flat."
            : "Stops now. Nobody watches these afterwards: no exit rule, no limit."
        return ConfirmDialog(
            "stop-\(choice.rawValue)", title: "STOP \(row.label)", badge: row.environment.badge,
            lines: lines(around, most: 8) + [Dialog.Line(""), Dialog.Line(words, .textStrong)],
            question: .typed(row.label), action: action, isDangerous: true, around,
            then: [
                .submit(
                    .stop(
                        bot: row.id.description, choice, confirmation: .label(row.label)),
                    words: "Stopping \(row.label)")
            ])
    }

    /// As many positions as leave room for the ways out.
    private func lines(_ around: Surroundings, most: Int) -> [Dialog.Line] {
        guard let positions else { return [Dialog.Line("Reading the positions ...", .textDim)] }
        let most = min(8, max(1, most))
        var lines = positions.prefix(most).map { row in
            let profit = row.profit(around).text
            return Dialog.Line(
                "\(TextWidth.padded(row.position.side.rawValue, to: 5)) "
                    + "\(TextWidth.padded(row.sizeText, to: 10, .right)) "
                    + "\(TextWidth.padded(row.position.symbol, to: 12)) uPnL "
                    + TextWidth.padded(profit, to: 12, .right))
        }
        if positions.count > most {
            lines.append(Dialog.Line("and \(positions.count - most) more"))
        }
        return lines
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.no, to: "keep it running", around),
            hint(.closeFirst, to: "close, then stop..", around),
            hint(.leaveOpen, to: "leave open..", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let count = positions?.count ?? row.openPositions ?? 0
        let body =
            [
                Dialog.Line(
                    "Would leave \(counted(count, "position")) unattended:", .messageWarn)
            ] + lines(around, most: canvas.middle(Size(1, .max)).rows - 9)
        let mayClose = around.allows(.positionsCloseAll)
        let ways: [(KeyCommand, String, Role)] = [
            (.no, "keep it running", .buttonFocus),
            (
                .closeFirst,
                "close first, then stop.."
                    + (mayClose ? "" : "  (\(Permission.positionsCloseAll.shortHolders))"),
                mayClose ? .buttonDanger : .disabled
            ), (.leaveOpen, "stop and leave them open..", .buttonDanger),
        ]
        let cells = (body.map { TextWidth.of($0.text) } + [46]).max() ?? 46
        let box = canvas.raised(canvas.middle(Size(cells + 6, body.count + 7)))
        let inner = box.box(isFocused: true, .dialogDanger)
        box.text(1, 0, " STOP \(row.label) ", .dialogDanger)
        box.textRight(box.columns - 1, 0, " \(row.environment.badge) ", row.environment.badgeRole)
        for (at, line) in body.enumerated() { inner.text(2, at + 1, line.text, line.role) }
        for (at, way) in ways.enumerated() {
            let key = around.keymap.names(of: [way.0], in: keyContext)
            inner.text(2, body.count + 2 + at, key, .footerKey)
            inner.text(9, body.count + 2 + at, way.1, way.2)
        }
        inner.rest(9, body.count + 2)
    }
}
