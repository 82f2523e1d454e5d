/// The newest events of the whole fleet in a frame at the foot of the screen.
import Core
import Store

struct EventStrip {
    private let board: EventsBoard?
    private let around: Surroundings

    init(_ board: EventsBoard?, _ around: Surroundings) {
        self.board = board
        self.around = around
    }

    func draw(in canvas: Canvas) {
        let inner = canvas.box(title: "Fleet events")
        guard let board else { return }
        if board.rows.isEmpty { inner.text(1, 0, "Nothing has happened yet.", .textDim) }
        for (row, event) in board.rows.prefix(inner.rows).enumerated() {
            let entry = event.activity
            var at = 1 + inner.text(1, row, entry.at.stamp(today: around.now), .textDim) + 2
            inner.text(at, row, event.botLabel ?? "fleet", .text, cells: 14)
            at += 15
            inner.text(at, row, entry.kind.rawValue, entry.role, cells: 8)
            at += 9
            inner.text(
                at, row, "\(entry.what)  \(entry.detail)", entry.textRole,
                cells: max(0, inner.columns - at - 1))
        }
    }
}

extension Activity {
    /// Colour of its kind.
    var role: Role {
        switch kind {
        case .order: .kindOrder
        case .signal: .kindSignal
        case .command: .kindCommand
        case .config: .kindConfig
        case .life: .kindLife
        case .risk: isOrdinary ? .textDim : .kindError
        case .error: .kindError
        }
    }

    /// A full quota kept a bot from another entry: it does its job. Older rows say "warning".
    private var isOrdinary: Bool {
        kind == .risk
            && (severity == .info || EntryLimit(rawValue: what)?.isOrdinary == true)
    }

    var textRole: Role {
        switch severity {
        case .info: .text
        case .warning: isOrdinary ? .text : .messageWarn
        case .error, .critical: .messageError
        }
    }
}
