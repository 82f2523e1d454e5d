/// Lines of text over the screen, to be read and closed: details, plain text for the mouse.
import Core

struct TextPanel: Overlay {
    let name: String
    let title: String
    let lines: [Dialog.Line]
    private var top = 0

    init(_ name: String, title: String, _ lines: [Dialog.Line]) {
        self.name = name
        self.title = title
        self.lines = lines
    }

    mutating func handle(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        let last = max(0, lines.count - 1)
        switch key {
        case .escape, .enter, .character("q"), .character("Y"): return .close
        case .down, .character("j"): top = min(top + 1, last)
        case .up, .character("k"): top = max(0, top - 1)
        case .pageDown, .control("f"), .control("d"): top = min(top + 10, last)
        case .pageUp, .control("b"), .control("u"): top = max(0, top - 10)
        case .home, .character("g"): top = 0
        case .end, .character("G"): top = last
        default: break
        }
        return .stay
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            KeyHint(keys: "jk", label: "scroll", isDangerous: false),
            KeyHint(keys: "Enter", label: "close", isDangerous: false),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let cells = lines.map { TextWidth.of(Untrusted.display($0.text)) }.max() ?? 0
        let width = min(max(cells + 4, TextWidth.of(title) + 8), canvas.columns)
        let wrapped = lines.flatMap { line in
            TextWidth.wrapped(Untrusted.display(line.text), to: max(1, width - 4)).map {
                (line.text.isEmpty ? "" : $0, line.role)
            }
        }
        let area = canvas.bounds.centred(Size(width, wrapped.count + 2))
        let box = canvas[area].on(.dialog)
        box.fill(nil, " ", .dialog)
        let inner = box.box(title: title, isFocused: true)
        let first = min(top, max(0, wrapped.count - inner.rows))
        for (row, line) in wrapped.dropFirst(first).prefix(inner.rows).enumerated() {
            inner.text(1, row, line.0, line.1)
        }
        if wrapped.count > inner.rows {
            let place = "\(min(first + inner.rows, wrapped.count)) of \(wrapped.count)"
            box.textRight(box.columns - 1, box.rows - 1, " \(place) ", .textDim)
        }
        inner.rest(1, 0)
    }
}
