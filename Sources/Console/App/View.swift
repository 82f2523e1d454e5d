/// The picture of a state: a pure function from state and size to cells.
import Core
import Store

/// Header, crumb line, body, message line, hints, then what lies over them.
func view(_ state: ConsoleState, in size: Size, _ glyphs: GlyphSet) -> Frame {
    let canvas = Canvas(size, glyphs)
    canvas.fill()
    let layout = ScreenLayout(size)
    guard layout.form != .line else {
        HeaderBar(state.around).drawShort(
            in: canvas[layout.header].on(.header), hasBots: false)
        if let overlay = state.overlays.last { overlay.draw(in: canvas, state.around) }
        state.drawPasting(in: canvas[layout.header])
        return canvas.frame
    }
    HeaderBar(state.around).draw(in: canvas[layout.header].on(.header), layout.form)
    state.drawBody(in: canvas[layout.body])
    state.drawCrumb(in: canvas[layout.crumb].on(.crumb), layout.form)
    if layout.form == .full {
        state.drawHints(in: canvas[layout.hints].on(.footer))
        state.drawMessage(in: canvas[layout.message])
    } else {
        state.drawShortFoot(in: canvas[layout.message])
    }
    for overlay in state.overlays { overlay.draw(in: canvas, state.around) }
    state.drawPasting(in: canvas[layout.message])
    return canvas.frame
}

extension ConsoleState {
    fileprivate func drawBody(in canvas: Canvas) {
        guard let top else { return }
        if let refusal = refusalOfTop { return draw(refusal, in: canvas) }
        if around.fleet == nil, let trouble = around.trouble {
            for (row, line) in TextWidth.wrapped(
                Untrusted.display(trouble.text), to: max(1, canvas.columns - 2)
            ).enumerated() {
                canvas.text(1, 1 + row, line, .messageError)
            }
            canvas.text(1, min(canvas.rows - 1, 4), trouble.offer)
            return
        }
        if let problem = top.filterProblem(around), !around.off.contains(.filterMistake) {
            return say("!! \(problem.headline)", problem.remedy, in: canvas)
        }
        top.draw(in: canvas, around)
    }

    private func draw(_ refusal: Refusal, in canvas: Canvas) {
        say(refusal.headline, refusal.remedy, in: canvas)
    }

    /// What is wrong and what to do, in the place of the rows.
    private func say(_ headline: String, _ remedy: String, in canvas: Canvas) {
        var pen = Pen(canvas)
        pen.skip()
        for (text, role) in [(headline, Role.messageError), (remedy, .text)] {
            let room = max(1, canvas.columns - 2)
            for line in TextWidth.wrapped(Untrusted.display(text), to: room) {
                pen.line([(line, role)])
            }
        }
    }

    fileprivate func drawCrumb(in canvas: Canvas, _ form: ScreenLayout.Form) {
        canvas.fill(nil, " ", .crumb)
        guard let crumb = top?.crumb(around) else { return }
        if let (words, role) = fleetWork {
            let told = " \(words)" + (around.asOfForms.last.map { ", \($0)" } ?? "") + " "
            return canvas.textRight(
                canvas.columns - 1, 0, TextWidth.truncated(told, to: canvas.columns - 2), role)
        }
        var left = crumb.path.joined(separator: " > ")
        if let filter = top?.filter, !filter.isEmpty { left += "  /\(filter)" }
        var right = crumbEnd(crumb, beside: TextWidth.of(left), canvas.columns)
        if form == .short { (left, right) = shortCrumb(crumb, beside: left, canvas.columns) }
        let room = max(0, canvas.columns - TextWidth.of(right) - 3)
        canvas.text(
            1, 0, TextWidth.truncated(Untrusted.display(left), to: room), .crumbCurrent)
        canvas.textRight(canvas.columns - 1, 0, right, .crumb)
    }

    /// The keys give way to the counts, and no count is cut: one that does not fit is left out.
    private func shortCrumb(
        _ crumb: Crumb, beside path: String, _ columns: Int
    ) -> (left: String, right: String) {
        let rights = around.asOfForms.last.map { [$0] } ?? ["jk Enter ? q", "jk ? q", "? q"]
        guard !crumb.counts.isEmpty else { return (path, rights[0]) }
        let first = crumb.counts.split(separator: "   ").first.map { String($0) } ?? ""
        for counts in [crumb.counts, first] {
            let room = columns - 3 - TextWidth.of(counts)
            if let right = rights.first(where: { TextWidth.of($0) <= room }) {
                return (counts, right)
            }
        }
        return ("", rights[0])
    }

    /// Counts, order and age of what is shown; the order of the rows leaves first, the age never.
    private func crumbEnd(_ crumb: Crumb, beside left: Int, _ columns: Int) -> String {
        func forms(_ texts: [String]) -> [[Words.Word]] {
            texts.map { $0.isEmpty ? [] : [("   \($0)", .crumb)] }
        }
        let parts = [
            "order": forms([crumb.order, ""]), "counts": forms([crumb.counts]),
            "age": forms(around.asOfForms),
        ]
        let fitted = GivingWay(parts, order: ["order", "age", "age"]).fitted(columns - 2 - left)
        let texts = ["counts", "order", "age"].flatMap { fitted[$0] ?? [] }.map(\.text)
        return String(texts.joined().drop(while: \.isWhitespace))
    }

    /// What the engine does to many bots: seen from every screen, by everyone.
    private var fleetWork: (words: String, role: Role)? {
        if let halt = around.fleet?.halt { return (halt.words, .messageCritical) }
        guard let rollout = around.fleet?.rollout, !rollout.isOver else { return nil }
        return (rollout.words(now: around.now), .badgeUpdate)
    }

    fileprivate func drawHints(in canvas: Canvas) {
        canvas.fill(nil, " ", .footer)
        let room = canvas.columns - 2
        if let overlay = overlays.last {
            let hints = overlay.hints(around)
            if !hints.isEmpty { return canvas.hints(1, 0, hints) }
        }
        if prompt != nil {
            let fields = (top?.filterFields(around) ?? []).map { "\($0):" }
            let words =
                top?.filter == nil
                ? "\(FilterPrompt.nothingHere): Esc leaves"
                : "Enter keep  Esc clear  Up/Down history   " + fields.joined(separator: " ")
            canvas.text(1, 0, words, .footerLabel, cells: room)
            return
        }
        canvas.hints(1, 0, hints(cells: room))
    }

    private func hints(cells: Int) -> [KeyHint] {
        guard let top else { return [] }
        if let own = top.hints(cells: cells, around) { return own }
        return around.keymap.hints(in: top.keyContext, cells: cells) { binding in
            around.refusal(of: binding) ?? top.refusal(of: binding, around)
        }
    }

    fileprivate func drawMessage(in canvas: Canvas) {
        if let prompt {
            canvas.text(1, 0, "/", .inputPrompt)
            return prompt.editor.draw(in: canvas, 2, 0, cells: max(1, canvas.columns - 3))
        }
        if let message = around.message {
            return draw(message, in: canvas)
        }
        if let pending = around.pending.last {
            let more = around.pending.count > 1 ? "   and \(around.pending.count - 1) more" : ""
            canvas.text(
                1, 0, pending.progress(around) + more, .messageInfo,
                cells: max(0, canvas.columns - 2))
        } else if let trouble = around.trouble {
            draw(trouble, in: canvas)
        }
    }

    private func draw(_ message: StatusLine.Message, in canvas: Canvas) {
        var offer = message.offer
        if let undo = around.undo, offer == "u \(undo.verb)" {
            let left = max(0, (around.undoUntil - around.wall).milliseconds / 1000)
            offer += "  (\(left)s)"
        }
        let sign = message.level.sign.isEmpty ? "" : "\(message.level.sign)  "
        let room = max(0, canvas.columns - 2 - (offer.isEmpty ? 0 : TextWidth.of(offer) + 2))
        canvas.text(
            1, 0, TextWidth.truncated(Untrusted.display(sign + message.text), to: room),
            message.level.role)
        canvas.textRight(canvas.columns - 1, 0, offer, .footerKey)
    }

    /// Over whatever stands there: nothing else is answered until the paste has ended.
    fileprivate func drawPasting(in canvas: Canvas) {
        guard isPasting else { return }
        canvas.fill(nil, " ", .background)
        canvas.text(1, 0, "pasting, ^C ends it", .messageWarn, cells: max(0, canvas.columns - 2))
    }

    fileprivate func drawShortFoot(in canvas: Canvas) {
        if prompt != nil || around.message != nil || !around.pending.isEmpty {
            return drawMessage(in: canvas)
        }
        canvas.text(1, 0, "p pause  X closeall  ?", .footerLabel)
    }
}
