/// Draws the `:` line at the foot of the screen and the commands that match above it.
import Core

extension Palette {
    /// Candidates that are shown at once, where the screen has the rows.
    private static let mostRows = 12

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.open, to: "go", around), hint(.nextPane, to: "complete", around),
            hint(.up, .down, to: "history", around), hint(.closeTop, to: "close", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let layout = ScreenLayout(canvas.size)
        let line = layout.form == .line ? canvas.bounds.splitTop(1).top : layout.message
        drawList(in: canvas, above: line.row, around)
        let row = canvas[line]
        row.fill(nil, " ", .background)
        // A refusal of this line is said in the message line, which the prompt covers.
        let said = around.message.map(\.text) ?? ""
        row.text(1, 0, ":", .inputPrompt)
        editor.draw(in: row, 2, 0, cells: max(1, row.columns - 3))
        let free = row.columns - 4 - TextWidth.of(editor.text)
        if !said.isEmpty, free > 12 {
            let words = TextWidth.truncated(Untrusted.display(said), to: free)
            row.textRight(row.columns - 1, 0, words, .messageWarn)
        }
    }

    private func drawList(in canvas: Canvas, above end: Int, _ around: Surroundings) {
        let (candidates, current) = shown(around)
        let most = min(Self.mostRows, end - 3)
        guard !candidates.isEmpty, most > 0 else { return }
        let count = min(candidates.count, most)
        let height = count + 2
        let box = canvas.raised(Rect(0, end - height, canvas.columns, height))
        let title = candidates.count > count ? "\(count) of \(candidates.count)" : ""
        let inner = box.box(title: title, isFocused: true)
        let first = current.map { max(0, min($0 - count / 2, candidates.count - count)) } ?? 0
        for (row, candidate) in candidates.dropFirst(first).prefix(count).enumerated() {
            draw(candidate, in: inner, row)
            guard first + row == current else { continue }
            inner.text(0, row, ">", .textStrong)
            inner.lay(.selection, under: Rect(0, row, inner.columns, 1))
        }
    }

    private func draw(_ candidate: Candidate, in canvas: Canvas, _ row: Int) {
        let isOff = candidate.refusal != nil
        let width = min(30, canvas.columns / 3)
        canvas.text(
            2, row, candidate.label, isOff ? .disabled : .textStrong, cells: width)
        let note = candidate.refusal ?? candidate.key
        let room = max(0, canvas.columns - width - 5 - (note.isEmpty ? 0 : note.count + 2))
        canvas.text(
            width + 4, row, candidate.words, isOff ? .disabled : .text, cells: room)
        canvas.textRight(canvas.columns - 1, row, note, isOff ? .disabled : .footerKey)
    }
}
