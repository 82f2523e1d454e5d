/// A question where there is no room for a frame: a sequence of lines, the last being the question.
import Core
import Store

extension Dialog {
    /// Rows from which the buttons stand in a line of their own.
    private static let buttonsFrom = 8

    /// A sequence of lines, the last being the question.
    func drawSmall(in canvas: Canvas) {
        canvas.fill(nil, " ", .dialog)
        drawSmallTitle(in: canvas)
        let last = canvas.rows - 1
        let hasKeyLine = isTyped && canvas.rows > 3
        let hasButtons = canvas.rows >= Self.buttonsFrom
        let foot = (hasKeyLine ? 2 : 1) + (hasButtons ? 1 : 0)
        drawSmallBody(in: canvas, max(0, canvas.rows - 1 - foot))
        if hasButtons { drawButtons(in: canvas, canvas.rows - foot, at: 0, hasKeys: false) }
        if isTyped {
            if hasKeyLine { canvas.text(0, last - 1, smallKeys(canvas.columns), .dialogTyped) }
            drawPrompt(in: canvas, 0, last)
        } else {
            canvas.text(0, last, refusal ?? smallKeys(canvas.columns), .dialogTyped)
            canvas.rest(0, last)
        }
    }

    /// With the time until which its figures were true, where there is room for it.
    private func drawSmallTitle(in canvas: Canvas) {
        let titleRole: Role = isDangerous ? .dialogDanger : .dialogTitle
        let taken = canvas.text(0, 0, "\(title) \(badge)", titleRole)
        guard let clock = asOf?.clockText else { return }
        let forms = ["as of \(clock)Z", "as of \(clock.prefix(5))Z"]
        let words = forms.first { taken + 1 + TextWidth.of($0) <= canvas.columns }
        if let words { canvas.textRight(canvas.columns, 0, words, .textDim) }
    }

    /// What has no room is counted, where a row is left for that.
    private func drawSmallBody(in canvas: Canvas, _ room: Int) {
        let body = lines.flatMap { line in
            TextWidth.wrapped(Untrusted.display(line.text), to: canvas.columns)
                .map { ($0, line.role) }
        }
        let isCut = body.count > room && canvas.rows >= Self.buttonsFrom
        let shown = isCut ? max(0, room - 1) : room
        for (row, line) in body.prefix(shown).enumerated() {
            canvas.text(0, row + 1, line.0, line.1)
        }
        guard isCut else { return }
        let words = "and \(counted(body.count - shown, "line")) for which there is no room"
        canvas.text(0, room, words, .textDim, cells: canvas.columns)
    }

    /// Where there is no room for a frame: what the keys do now, each whole or not at all.
    private func smallKeys(_ cells: Int) -> String {
        if !notice.isEmpty { return notice }
        let yes = question == .confirm && focus != .action ? ["\(key(.yes)): \(action)"] : []
        let all = yes + ["\(key(.open)): \(enterWords)", "\(key(.closeTop)): cancel"]
        return all.dropFirst().reduce(all[0]) { words, next in
            let longer = "\(words)  \(next)"
            return TextWidth.of(longer) <= cells ? longer : words
        }
    }
}
