/// A dialog with what is done when it is confirmed.
import Core
import Store

/// For acts without a preview of the engine: marked pauses, templates, limits.
struct ConfirmDialog: Overlay {
    let name: String
    private(set) var dialog: Dialog
    private var actions: [ScreenAction]
    /// What is asked and done instead where the engine says that a plain yes will not do.
    var stricter: (label: String, actions: [ScreenAction])?

    init(
        _ name: String, title: String, badge: String = "", lines: [Dialog.Line],
        question: Dialog.Question = .confirm, action: String, isDangerous: Bool = false,
        _ around: Surroundings, then actions: [ScreenAction]
    ) {
        self.name = name
        self.actions = actions
        dialog = Dialog(
            title: title, badge: badge, lines: lines, question: question, action: action,
            isDangerous: isDangerous, refusal: around.isReadOnly ? "read-only, :rw leaves it" : nil,
            asOf: around.fleet?.now ?? around.now, at: around.wall, keymap: around.keymap)
    }

    /// With what the engine says of each open position: ``ExitOutlook``.
    func told(_ preview: ChangePreview, at now: Instant) -> ConfirmDialog {
        var copy = self
        if let stricter, preview.asks == .label {
            copy.actions = stricter.actions
            copy.dialog = dialog.asking(for: stricter.label, at: now)
        }
        for position in preview.positions {
            let role: Role = position.closedBy == nil ? .messageWarn : .messageError
            copy.dialog.lines.append(Dialog.Line(position.words, role))
        }
        return copy
    }

    var takesText: Bool {
        if case .typed = dialog.question { return true }
        return false
    }

    var keyContext: KeyContext { dialog.keyContext }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        answer(dialog.handle(command, at: around.wall))
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        answer(dialog.type(key, at: around.wall))
    }

    private func answer(_ result: Dialog.Result) -> OverlayAnswer {
        switch result {
        case .open: .stay
        case .cancelled: .close
        case .confirmed: OverlayAnswer(closes: true, actions: actions)
        }
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        .stay(.say(.warn, "a confirmation has to be typed; the paste was refused"))
    }

    func hints(_ around: Surroundings) -> [KeyHint] { dialog.hints }

    func draw(in canvas: Canvas, _ around: Surroundings) { dialog.draw(in: canvas) }
}
