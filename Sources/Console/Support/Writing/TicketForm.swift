/// The form of a new ticket: subject, category, priority, bot and the text.
import Core
import Store

/// It asks before it sends; who leaves it finds what was written again as a draft.
struct TicketForm: Equatable, Sendable {
    enum Field: Int, CaseIterable, Equatable, Sendable {
        case subject, category, priority, bot, text
    }

    private enum Step: Equatable, Sendable {
        case writing
        case asking(since: Instant)
        case sending
    }

    private(set) var focus = Field.subject
    private var subject: LineEditor
    private var category: TicketCategory
    private var priority: TicketPriority
    private var bot: LineEditor
    private var area: TextArea
    private var step = Step.writing
    /// To complete and to check the bot's label; empty when the fleet is not known.
    let botLabels: [String]

    init(_ fields: TicketFields = TicketFields(), botLabels: [String] = []) {
        subject = LineEditor(fields.subject, limit: TextRules.maxSubjectCells)
        category = fields.category
        priority = fields.priority
        bot = LineEditor(fields.bot, limit: TextRules.maxName)
        area = TextArea(fields.text)
        self.botLabels = botLabels.sorted()
    }

    var fields: TicketFields {
        var fields = TicketFields()
        fields.subject = subject.text
        fields.category = category
        fields.priority = priority
        fields.bot = bot.text
        fields.text = area.text
        return fields
    }

    var isSending: Bool { step == .sending }

    mutating func notSent() { step = .writing }

    /// `$EDITOR` came back with the text.
    mutating func replace(_ text: String) { area = TextArea(text) }

    mutating func handle(_ key: Key, at now: Instant, _ keymap: Keymap) -> Composer.Result {
        let meaning = keymap.command(of: key, in: .ticket)
        switch step {
        case .writing:
            guard let meaning else { return write(key) }
            return heed(meaning, now)
        case .sending: return meaning == .closeTop ? .left : .open
        case .asking(let since):
            let answer = keymap.command(of: key, in: .question)
            if answer == .closeTop || answer == .no {
                step = .writing
            } else if answer == .yes, now - since >= Dialog.typeAheadTime {
                step = .sending
                return .send(fields.command)
            }
            return .open
        }
    }

    mutating func paste(_ text: String) -> Composer.Result {
        guard step == .writing else { return .open }
        switch focus {
        case .subject: return pasted(subject.paste(text), subject.tooLong(text))
        case .bot: return pasted(bot.paste(text), bot.tooLong(text))
        case .text:
            let isTaken = area.paste(text) != .full
            return isTaken ? .changed : .refused(area.tooLong(text))
        case .category, .priority: return .open
        }
    }

    private func pasted(_ result: LineEditor.Result, _ words: String) -> Composer.Result {
        result == .full ? .refused(words) : result == .changed ? .changed : .open
    }

    private mutating func heed(_ meaning: KeyCommand, _ now: Instant) -> Composer.Result {
        switch meaning {
        case .closeTop: .left
        case .nextPane: move(1)
        case .previousPane: move(-1)
        case .save: ask(now)
        case .editor: .edit(area.text)
        default: .open
        }
    }

    private mutating func write(_ key: Key) -> Composer.Result {
        switch focus {
        case .subject: return one(subject.handle(key), key)
        case .category:
            guard let next = Self.choice(after: category, key) else { return leave(key) }
            category = next
            return .changed
        case .priority:
            guard let next = Self.choice(after: priority, key) else { return leave(key) }
            priority = next
            return .changed
        case .bot: return one(bot.handle(key), key)
        case .text:
            switch area.handle(key) {
            case .changed: return .changed
            case .full: return .refused(area.fullWords)
            default: return .open
            }
        }
    }

    private mutating func ask(_ now: Instant) -> Composer.Result {
        completeBot()
        guard TextRules.says(subject.text) else {
            focus = .subject
            return .refused("The subject is missing.")
        }
        guard TextRules.says(area.text) else {
            focus = .text
            return .refused("The text is missing.")
        }
        guard bot.isEmpty || botLabels.isEmpty || botLabels.contains(bot.text) else {
            focus = .bot
            return .refused("There is no bot \"\(bot.text)\".")
        }
        step = .asking(since: now)
        return .open
    }

    /// A key in a field of one line: Enter and the arrows go to the next or the last field.
    private mutating func one(_ result: LineEditor.Result, _ key: Key) -> Composer.Result {
        switch result {
        case .changed: return .changed
        case .accepted: return move(1)
        case .moved, .cancelled: return .open
        case .full: return .refused("No more fits into this field.")
        case .ignored:
            if key == .down { return move(1) }
            return key == .up ? move(-1) : .open
        }
    }

    /// The choice that a key leads to: arrows, blank, the first letter; nil when to none.
    private static func choice<Choice: CaseIterable & Equatable & RawRepresentable>(
        after value: Choice, _ key: Key
    ) -> Choice? where Choice.RawValue == String {
        let all = Array(Choice.allCases)
        let now = all.firstIndex(of: value) ?? 0
        switch key {
        case .right, .space: return all[(now + 1) % all.count]
        case .left: return all[(now + all.count - 1) % all.count]
        case .character(let letter):
            return (all[(now + 1)...] + all[...now]).first { $0.rawValue.first == letter }
        default: return nil
        }
    }

    private mutating func leave(_ key: Key) -> Composer.Result {
        switch key {
        case .enter, .down: move(1)
        case .up: move(-1)
        default: .open
        }
    }

    private mutating func move(_ step: Int) -> Composer.Result {
        if focus == .bot { completeBot() }
        let all = Field.allCases
        let next = (focus.rawValue + step + all.count) % all.count
        focus = all[next]
        return .changed
    }

    /// The start of one label only is completed to it.
    private mutating func completeBot() {
        let found = botLabels.filter { $0.hasPrefix(bot.text) }
        if !bot.isEmpty, found.count == 1 { bot.text = found[0] }
    }
}

extension TicketForm {
    func draw(in canvas: Canvas, saved: String, _ keymap: Keymap) {
        guard !canvas.bounds.isEmpty else { return }
        canvas.fill()
        let inner = canvas.rows > 9 ? canvas.box(title: "new ticket", isFocused: true) : canvas
        let last = inner.rows - 1
        let top = inner.rows > 9 ? 5 : 4
        let field = Rect(0, top, inner.columns, max(0, last - top - 1)).inset(columns: 1, rows: 0)
        drawLine("Subject", .subject, in: inner, 0) {
            subject.draw(in: $0, 0, 0, cells: $1, isFocused: $2)
        }
        drawChoice("Category", .category, category.title, in: inner, 1)
        drawChoice("Priority", .priority, priority.rawValue, in: inner, 2)
        drawLine("Bot", .bot, in: inner, 3) { bot.draw(in: $0, 0, 0, cells: $1, isFocused: $2) }
        if top > 4 { drawLine("Message", .text, in: inner, 4) { _, _, _ in } }
        area.draw(in: inner[field], isFocused: focus == .text && step == .writing)
        if last > 3 { drawFoot(in: inner, last, saved, keymap) }
    }

    private func drawLine(
        _ name: String, _ which: Field, in canvas: Canvas, _ row: Int,
        _ draw: (Canvas, Int, Bool) -> Void
    ) {
        let isFocused = focus == which && step == .writing
        canvas.text(1, row, isFocused ? ">" : " ", .textStrong)
        canvas.text(2, row, name, isFocused ? .inputPrompt : .textDim)
        let cells = max(1, canvas.columns - 13)
        draw(canvas[Rect(12, row, cells, 1)], cells, isFocused)
        guard which == .bot, isFocused else { return }
        let found = botLabels.filter { $0.hasPrefix(bot.text) && $0 != bot.text }
        if !found.isEmpty {
            let words = shortened(found, to: 4).joined(separator: "  ")
            canvas.textRight(canvas.columns - 1, row, words, .inputHint)
        }
    }

    private func drawChoice(
        _ name: String, _ which: Field, _ value: String, in canvas: Canvas, _ row: Int
    ) {
        let isFocused = focus == which && step == .writing
        canvas.text(1, row, isFocused ? ">" : " ", .textStrong)
        canvas.text(2, row, name, isFocused ? .inputPrompt : .textDim)
        canvas.text(12, row, isFocused ? "< \(value) >" : "  \(value)", .input)
        if isFocused { canvas.rest(14, row) }
    }

    private func drawFoot(in canvas: Canvas, _ row: Int, _ saved: String, _ keymap: Keymap) {
        switch step {
        case .writing: canvas.textRight(canvas.columns - 1, row, saved, .inputHint)
        case .asking:
            let yes = keymap.names(of: [.yes], in: .question)
            let back = "\(keymap.names(of: [.closeTop], in: .question)) write on"
            canvas.text(1, row, "Open this ticket?  \(yes) open  \(back)", .dialogTyped)
            canvas.rest(1, row)
        case .sending:
            canvas.text(1, row, "sending, waiting for the engine..", .messageInfo)
        }
    }

    /// For the last line of the screen.
    func hints(_ around: Surroundings) -> [KeyHint] {
        let first: [(KeyCommand, String)] = [(.nextPane, "field"), (.save, "open ticket..")]
        let editor: [(KeyCommand, String)] = around.namesEditor ? [(.editor, "$EDITOR")] : []
        let all = first + editor + [(.closeTop, "keep draft")]
        return around.keymap.hints(of: all, in: .ticket)
    }
}
