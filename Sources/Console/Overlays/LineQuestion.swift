/// A question in the message line for acts that can be taken back: `y` does it, Esc does not.
import Core
import Store

/// Takes no answer for 300 ms, so that type-ahead cannot answer:
/// <doc:ConsoleRules#Questions-before-an-act>.
struct LineQuestion: Overlay {
    let name = "question"
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

    mutating func handle(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if key == .escape { return .close }
        guard around.wall - openedAt >= Dialog.guardTime else { return .stay }
        switch key {
        case .character("y"): return OverlayAnswer(closes: true, actions: actions)
        case .character("n"), .character("q"): return .close
        case .enter: return .close(.say(.info, "not done: y does it"))
        default: return .stay
        }
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let layout = ScreenLayout(canvas.size)
        let row = layout.form == .line ? canvas[canvas.bounds] : canvas[layout.message]
        row.fill(nil, " ", .background)
        let end = min(row.columns, 1 + row.text(1, 0, "\(text) ", .textStrong) + 1)
        row.text(end, 0, "y / Esc", .footerKey)
        row.rest(min(end, max(0, row.columns - 1)), 0)
    }
}
