/// Lines of text over the screen, to be read and closed: details, plain text for the mouse.
import Core
import Store

/// With boards that it wants it is made anew from each of them; without, it says as of when it is.
struct TextPanel: Overlay {
    let name: String
    let keyContext = KeyContext.panel
    let openedBy: KeyCommand? = .showPlain
    private(set) var title: String
    private(set) var lines: [Dialog.Line]
    let wants: [BoardRequest]
    private let remake: (@Sendable (Board, Surroundings) -> Remade?)?
    /// What it was last made from: ages in it grow while nothing new arrives.
    private var board: Board?
    private var asOf: Instant?
    private var top = 0

    /// What a board makes of it.
    enum Remade: Sendable {
        case lines(title: String, [Dialog.Line])
        /// What it was about is no more.
        case gone(String)
    }

    init(_ name: String, title: String, _ lines: [Dialog.Line]) {
        self.init(name, title: title, lines, reading: [], nil)
    }

    /// - Parameter remake: nil for a board that it is not about.
    init(
        _ name: String, title: String, _ lines: [Dialog.Line], reading wants: [BoardRequest],
        _ remake: (@Sendable (Board, Surroundings) -> Remade?)?
    ) {
        self.name = name
        self.title = title
        self.lines = lines
        self.wants = wants
        self.remake = remake
    }

    mutating func opened(at now: Instant) {
        if wants.isEmpty { asOf = now }
    }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        guard wants.contains(board.request) else { return .stay }
        self.board = board
        return tick(around)
    }

    mutating func tick(_ around: Surroundings) -> OverlayAnswer {
        guard let board, let made = remake?(board, around), !around.off.contains(.liveBox)
        else { return .stay }
        switch made {
        case .lines(let title, let lines): (self.title, self.lines) = (title, lines)
        case .gone(let words): return .close(.say(.info, words))
        }
        return .stay
    }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop, .open: return .close
        case .copy:
            let text = lines.map(\.text).joined(separator: "\n")
            return .stay(.perform(.copy(text)))
        default: top = command.moved(top, of: lines.count, half: 10)
        }
        return .stay
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [hint(.down, .up, to: "scroll", around), hint(.open, to: "close", around)]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let cells = lines.map { TextWidth.of(Untrusted.display($0.text)) }.max() ?? 0
        let width = min(max(cells + 4, TextWidth.of(title) + 8), canvas.columns)
        let wrapped = lines.flatMap { line in
            TextWidth.wrapped(Untrusted.display(line.text), to: max(1, width - 4)).map {
                (line.text.isEmpty ? "" : $0, line.role)
            }
        }
        let box = canvas.raised(canvas.middle(Size(width, wrapped.count + 2)))
        let inner = box.box(title: title, isFocused: true)
        let first = min(top, max(0, wrapped.count - inner.rows))
        for (row, line) in wrapped.dropFirst(first).prefix(inner.rows).enumerated() {
            inner.text(1, row, line.0, line.1)
        }
        let end = min(first + inner.rows, wrapped.count)
        let place = wrapped.count > inner.rows ? " \(end) of \(wrapped.count) " : ""
        box.textRight(box.columns - 1, box.rows - 1, place, .textDim)
        let forms = asOf.map { ["as of \($0.clockText)Z"] } ?? around.asOfForms
        box.foot(forms, beside: TextWidth.of(place))
        inner.rest(1, 0)
    }
}
