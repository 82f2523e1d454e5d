/// F8: what the message line said, newest first.
import Core
import Store

struct MessageHistory: Overlay {
    let name = "messages"
    let keyContext = KeyContext.panel
    let openedBy: KeyCommand? = .messages
    /// Rows scrolled away at the top.
    private var top = 0

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        let page = max(1, around.size.rows - 6)
        switch command {
        case .closeTop, .open: return .close
        case .copy: return copy(around)
        default:
            let lines = Self.lines(around, cells: max(1, around.size.columns - 6))
            let places = max(1, lines.count - page + 1)
            top = command.moved(top, of: places, page: page, half: page / 2)
        }
        return .stay
    }

    /// All messages as plain text, oldest first.
    private func copy(_ around: Surroundings) -> OverlayAnswer {
        let text = around.status.history.map { "\($0.at) \($0.level) \($0.text)" }
            .joined(separator: "\n")
        return .stay(.perform(.copy(text)))
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.down, .up, to: "scroll", around), hint(.copy, to: "copy all", around),
            hint(.closeTop, to: "close", around),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let size = Size(canvas.columns - 2, max(3, canvas.rows - 4))
        let count = around.status.history.count
        let inner = canvas.panel(title: "Messages \(count)", size)
        guard count > 0 else {
            inner.text(1, 0, "Nothing was said yet.", .textDim)
            return
        }
        let lines = Self.lines(around, cells: max(1, inner.columns - 2))
        for (row, line) in lines.dropFirst(top).prefix(inner.rows).enumerated() {
            inner.text(1, row, line.words, line.role)
        }
        inner.rest(0, 0)
    }

    /// Each message with its wall time and sign, long ones on several lines.
    private static func lines(_ around: Surroundings, cells: Int) -> [ToldWords] {
        around.status.history.reversed().flatMap { message -> [ToldWords] in
            let sign = message.level.sign
            let text = (sign.isEmpty ? "" : "\(sign)  ") + message.text
            let margin = 11
            let wrapped = Untrusted.lines(text, maxCells: max(1, cells - margin))
            return wrapped.enumerated().map { index, line in
                let time = index == 0 ? "\(message.at.clockText)Z" : ""
                return ToldWords(TextWidth.padded(time, to: margin) + line, message.level.role)
            }
        }
    }
}
