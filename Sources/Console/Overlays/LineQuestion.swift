/// A question in the message line for acts that can be taken back: `y` does it, Esc does not.
import Core
import Store

/// Takes no answer for 300 ms, so that type-ahead cannot answer:
/// <doc:ConsoleRules#Questions-before-an-act>.
struct LineQuestion: Overlay {
    let name = "question"
    let keyContext = KeyContext.question
    let text: String
    let actions: [ScreenAction]
    private let openedAt: Instant

    init(_ text: String, _ around: Surroundings, yes actions: [ScreenAction]) {
        self.text = text
        self.actions = actions
        openedAt = around.wall
    }

    static func quit(_ around: Surroundings) -> LineQuestion {
        LineQuestion("Quit plutarc? The engine goes on.", around, yes: [.quit])
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        if command == .closeTop { return .close }
        guard around.wall - openedAt >= Dialog.typeAheadTime else { return .stay }
        switch command {
        case .yes: return OverlayAnswer(closes: true, actions: actions)
        case .no: return .close
        case .open:
            let key = around.keymap.names(of: [.yes], in: keyContext)
            return .close(.say(.info, "not done: \(key) does it"))
        default: return .stay
        }
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let layout = ScreenLayout(canvas.size)
        let row = layout.form == .line ? canvas[canvas.bounds] : canvas[layout.message]
        row.fill(nil, " ", .background)
        let end = min(row.columns, 1 + row.text(1, 0, "\(text) ", .textStrong) + 1)
        let keys = [KeyCommand.yes, .closeTop].map {
            around.keymap.names(of: [$0], in: keyContext)
        }
        row.text(end, 0, keys.joined(separator: " / "), .footerKey)
        row.rest(min(end, max(0, row.columns - 1)), 0)
    }
}
