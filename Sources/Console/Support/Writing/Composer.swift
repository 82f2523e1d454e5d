/// Where a reply or an internal note is written; which of the two it is can never change.
import Core
import Store

/// It asks before it sends; who leaves it finds the text again as a draft. Its keys are those of
/// the one table.
///
/// A note and a reply are two kinds with a key, a frame and a draft file of their own; the command
/// is made from the kind alone, so a note can never leave as a reply.
/// **Source** <doc:ProductRules#Internal-notes>.
struct Composer: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// `asSupport`: it is shown as the answer of Plutarc's staff.
        case reply(asSupport: Bool)
        case note
    }

    /// What a key led to.
    enum Result: Equatable, Sendable {
        /// Nothing that others need to know.
        case open
        /// The text is another one: keep the draft.
        case changed
        /// Esc: the screen closes it; the draft stays.
        case left
        /// Goes to the engine; the composer waits for the outcome.
        case send(Command)
        /// To `$EDITOR` with it.
        case edit(String)
        /// ^X on an empty text, or one that is too long; in words.
        case refused(String)
    }

    private enum Step: Equatable, Sendable {
        case writing
        case asking(since: Instant)
        case sending
    }

    let kind: Kind
    let ticket: ID<Ticket>
    /// The person may answer for both sides: the owner of a home that lists no staff.
    let mayChooseSide: Bool
    private(set) var area: TextArea
    private var step = Step.writing
    private var side: Bool

    init(_ kind: Kind, to ticket: ID<Ticket>, text: String = "", mayChooseSide: Bool = false) {
        self.kind = kind
        self.ticket = ticket
        self.mayChooseSide = mayChooseSide && kind != .note
        area = TextArea(text)
        side = kind == .reply(asSupport: true)
    }

    var text: String { area.text }
    var isNote: Bool { kind == .note }
    var isSending: Bool { step == .sending }

    var purpose: DraftPurpose {
        switch kind {
        case .reply: .reply(ticket)
        case .note: .note(ticket)
        }
    }

    private var command: Command {
        switch kind {
        case .reply: .ticketReply("\(ticket)", message: text, asSupport: side)
        case .note: .ticketNote("\(ticket)", message: text)
        }
    }

    mutating func handle(_ key: Key, at now: Instant, _ keymap: Keymap) -> Result {
        let meaning = keymap.command(of: key, in: .message)
        switch step {
        case .writing:
            guard let meaning else { return write(key) }
            return heed(meaning, now)
        case .asking(let since):
            guard let answer = keymap.command(of: key, in: .question) else { return .open }
            return heed(answer, since, now)
        case .sending: return meaning == .closeTop ? .left : .open
        }
    }

    /// Pasted text is text; in the question it is dropped.
    mutating func paste(_ text: String) -> Result {
        guard step == .writing else { return .open }
        switch area.paste(text) {
        case .changed: return .changed
        case .full: return .refused(area.tooLong(text))
        default: return .open
        }
    }

    /// `$EDITOR` came back.
    mutating func replace(_ text: String) { area = TextArea(text) }

    /// The engine refused it, or did not answer: the text is still here.
    mutating func notSent() { step = .writing }

    private mutating func heed(_ meaning: KeyCommand, _ now: Instant) -> Result {
        switch meaning {
        case .editor: return .edit(text)
        case .otherSide:
            if mayChooseSide { side.toggle() }
            return .open
        case .save: return ask(now)
        case .closeTop: return .left
        default: return .open
        }
    }

    private mutating func ask(_ now: Instant) -> Result {
        guard TextRules.says(text) else { return .refused("Nothing is written yet.") }
        let bytes = text.utf8.count
        guard bytes <= TextRules.maxBody else {
            return .refused("\(counted(bytes, "byte")) are too many: \(area.fullWords)")
        }
        step = .asking(since: now)
        return .open
    }

    private mutating func write(_ key: Key) -> Result {
        switch area.handle(key) {
        case .changed: .changed
        case .full: .refused(area.fullWords)
        case .accepted, .cancelled, .moved, .ignored: .open
        }
    }

    /// Type-ahead cannot answer: the question takes nothing for ``Dialog/typeAheadTime``.
    private mutating func heed(
        _ answer: KeyCommand, _ since: Instant, _ now: Instant
    ) -> Result {
        switch answer {
        case .no, .closeTop:
            step = .writing
            return .open
        case .yes where now - since >= Dialog.typeAheadTime:
            step = .sending
            return .send(command)
        default: return .open
        }
    }
}

extension Composer {
    /// Who will read it: stands in the frame and in the question.
    var title: String {
        switch kind {
        case .note: "* INTERNAL NOTE: support only, the customer never sees it"
        case .reply: side ? "reply to the customer, as support" : "reply to support"
        }
    }

    /// - Parameter saved: when the draft reached the disk; nil while it has not.
    func draw(in canvas: Canvas, isFramed: Bool, saved: String, _ keymap: Keymap) {
        guard !canvas.bounds.isEmpty else { return }
        let role: Role = isNote ? .ticketNote : .borderFocus
        let inner = frame(canvas, isFramed, role)
        canvas.textRight(canvas.columns - 2, 0, step == .writing ? saved : "", .inputHint)
        let isAsking = step != .writing && inner.rows > 1
        let (body, foot) = inner.bounds.splitBottom(isAsking ? 1 : 0)
        let (gutter, field) = body.splitLeft(2)
        for row in 0..<gutter.rows where isNote {
            inner.text(0, gutter.row + row, "* ", .ticketNote)
        }
        area.draw(in: inner[field], isFocused: step == .writing)
        drawFoot(in: isAsking ? inner[foot] : inner, keymap)
    }

    private func frame(_ canvas: Canvas, _ isFramed: Bool, _ role: Role) -> Canvas {
        canvas.fill()
        let titleRole: Role = isNote ? .ticketNote : .title
        let words = " \(title) "
        if isFramed || isNote, canvas.rows > 4 {
            let inner = canvas.box(isFocused: true, role)
            let cells = max(0, canvas.columns - 3)
            canvas.text(1, 0, TextWidth.truncated(words, to: cells), titleRole)
            return inner
        }
        let (top, rest) = canvas.bounds.splitTop(1)
        canvas.horizontalLine(top.row, role)
        canvas.text(2, 0, TextWidth.truncated(words, to: max(0, canvas.columns - 3)), titleRole)
        return canvas[rest]
    }

    private func drawFoot(in canvas: Canvas, _ keymap: Keymap) {
        switch step {
        case .writing: break
        case .asking:
            let yes = keymap.names(of: [.yes], in: .question)
            let back = "\(keymap.names(of: [.closeTop], in: .question)) write on"
            let question =
                isNote
                ? "Save this INTERNAL NOTE?  \(yes) save  \(back)"
                : "Send this \(title)?  \(yes) send  \(back)"
            canvas.text(1, 0, question, .dialogTyped, cells: max(0, canvas.columns - 1))
            canvas.rest(1, 0)
        case .sending:
            canvas.text(1, 0, "sending, waiting for the engine..", .messageInfo)
        }
    }

    /// For the last line of the screen.
    func hints(_ around: Surroundings) -> [KeyHint] {
        let editor: [(KeyCommand, String)] = around.namesEditor ? [(.editor, "$EDITOR")] : []
        let side: [(KeyCommand, String)] =
            mayChooseSide ? [(.otherSide, side ? "as member" : "as support")] : []
        let first: [(KeyCommand, String)] = [(.save, isNote ? "save note.." : "send..")]
        let all = first + editor + [(.closeTop, "keep draft")] + side
        return around.keymap.hints(of: all, in: .message)
    }
}
