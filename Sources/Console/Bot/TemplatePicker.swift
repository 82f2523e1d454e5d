/// Choosing another template for a bot: the list, what differs, the confirmation.
import Core
import Store

/// With open positions the label has to be typed: the new exit rules take them over at once.
struct TemplatePicker: Overlay {
    let name = "templates"
    let keyContext = KeyContext.menu
    private var row: BotRow
    private var board: TemplatesBoard?
    private var cursor = 0

    init(_ row: BotRow) { self.row = row }

    var wants: [BoardRequest] { [.templates] }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        // What it holds and runs decides what is asked: never from before.
        row = around.bot(row.id) ?? row
        guard case .templates(let templates) = board else { return .stay }
        // The cursor stays with its template, wherever that stands now.
        let chosen =
            self.board.flatMap { board in
                board.rows.indices.contains(cursor) ? board.rows[cursor].stored.name : nil
            } ?? row.bot.templateName
        self.board = templates
        cursor = templates.rows.firstIndex { $0.stored.name == chosen } ?? 0
        return .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop: return .close
        case .open:
            guard let board, board.rows.indices.contains(cursor) else { return .stay }
            return choose(board.rows[cursor], board, around)
        default: cursor = command.moved(cursor, of: board?.rows.count ?? 0)
        }
        return .stay
    }

    private func choose(
        _ chosen: TemplateRow, _ board: TemplatesBoard, _ around: Surroundings
    ) -> OverlayAnswer {
        guard let new = chosen.template else {
            return .stay(.say(.warn, "\(chosen.stored.name) cannot be read by this version"))
        }
        if row.bot.templateName == new.name, row.bot.templateVersion == new.version {
            return .stay(.say(.info, "\(row.label) runs it already"))
        }
        let old = board.rows.first { $0.stored.name == row.bot.templateName }?.template
        let count = row.openPositions ?? 0
        var lines = [
            Dialog.Line(
                "\(row.label)   \(row.bot.templateName ?? "no template") -> \(new.name) "
                    + "rev \(new.version)"), Dialog.Line(""),
        ]
        lines += TemplateDifference(from: old, to: new).lines
        if count > 0 {
            lines.append(Dialog.Line(""))
            lines.append(
                Dialog.Line(
                    "\(counted(count, "open position")): the new exit rules take over "
                        + (row.runsExits ? "at once." : "when the bot runs again."),
                    .messageWarn))
        }
        let command = Command.assignTemplate(
            bot: row.id.description, template: new.name,
            confirmation: count > 0 ? .label(row.label) : nil)
        let dialog = ConfirmDialog(
            "change-template", title: "CHANGE TEMPLATE", badge: row.environment.badge,
            lines: lines, question: count > 0 ? .typed(row.label) : .confirm,
            action: "Change", isDangerous: count > 0, around,
            then: [.submit(command, words: "Changing the template of \(row.label)")])
        guard count > 0, let question = command.question else { return .close(.open(dialog)) }
        return .close(.foresee(question, dialog))
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.down, .up, to: "move", around), hint(.open, to: "choose..", around),
            hint(.closeTop, to: "cancel", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let rows = board?.rows ?? []
        let wanted = Size(min(canvas.columns, 76), min(canvas.rows, max(3, rows.count + 2)))
        let inner = canvas.panel(title: "Template for \(row.label)", wanted)
        if rows.isEmpty { inner.text(1, 0, board == nil ? "Reading ..." : "There are none.") }
        inner.list(rows.count, cursor: cursor) { draw(rows[$0], in: inner, $1) }
    }

    private func draw(_ template: TemplateRow, in canvas: Canvas, _ row: Int) {
        let stored = template.stored
        let isNow = stored.name == self.row.bot.templateName
        canvas.text(2, row, stored.name, .text, cells: 26)
        canvas.text(29, row, "rev \(stored.version)", .textDim, cells: 7)
        canvas.text(37, row, stored.kind.rawValue, .textDim, cells: 7)
        let form = template.template.map { "\($0.timeframe.rawValue) \($0.mode.rawValue)" }
        canvas.text(45, row, form ?? "unreadable", form == nil ? .messageWarn : .text, cells: 14)
        let used = template.usedBy.count
        let words = isNow ? "now" : used == 0 ? "" : counted(used, "bot")
        canvas.textRight(canvas.columns - 1, row, words, isNow ? .textStrong : .textDim)
    }
}

/// What another template would change, in lines.
struct TemplateDifference {
    let lines: [Dialog.Line]

    init(from old: Template?, to new: Template) {
        guard let old else {
            lines = [
                Dialog.Line("The bot starts to trade by it on \(new.timeframe.rawValue) candles.")
            ]
            return
        }
        var lines: [Dialog.Line] = []
        func change(_ name: String, _ before: String, _ after: String) {
            guard before != after else { return }
            lines.append(Dialog.Line("\(TextWidth.padded(name, to: 11)) \(before) -> \(after)"))
        }
        change("timeframe", old.timeframe.rawValue, new.timeframe.rawValue)
        change(
            "entry", "\(old.mode.rawValue) over \(old.threshold.score(signed: false))",
            "\(new.mode.rawValue) over \(new.threshold.score(signed: false))")
        change("size", old.sizing.words, new.sizing.words)
        change("leverage", "\(old.leverage)x", "\(new.leverage)x")
        for role in ComponentRole.allCases {
            let before = Self.names(old, role)
            let after = Self.names(new, role)
            change(role.title.lowercased(), before, after)
        }
        if lines.isEmpty { lines = [Dialog.Line("Same components; only parameters differ.")] }
        self.lines = lines
    }

    private static func names(_ template: Template, _ role: ComponentRole) -> String {
        let names = template.components.filter { $0.role == role }.map(\.name)
        return names.isEmpty ? "none" : TextWidth.truncated(names.joined(separator: ", "), to: 28)
    }
}
