/// Choosing the exchange key of a flat bot: the free ones, and how far their exchanges are.
import Core
import Store

/// One key, one bot: keys that another bot holds are not in the list. **Source** PRODUCT section 4.
struct KeyPicker: Overlay {
    let name = "keys"
    private var row: BotRow
    private var board: DeployBoard?
    private var cursor = 0

    init(_ row: BotRow) { self.row = row }

    var wants: [BoardRequest] { [.deployment] }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        row = around.bot(row.id) ?? row
        guard case .deployment(let board) = board else { return .stay }
        // The cursor stays with its key, wherever that stands now.
        let keys = self.board?.freeKeys ?? []
        let chosen = keys.indices.contains(cursor) ? keys[cursor].id : nil
        self.board = board
        cursor = board.freeKeys.firstIndex { $0.id == chosen } ?? 0
        return .stay
    }

    mutating func handle(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        let keys = board?.freeKeys ?? []
        switch key {
        case .escape, .character("q"): return .close
        case .down, .character("j"): cursor = min(cursor + 1, max(0, keys.count - 1))
        case .up, .character("k"): cursor = max(0, cursor - 1)
        case .home, .character("g"): cursor = 0
        case .end, .character("G"): cursor = max(0, keys.count - 1)
        case .enter where keys.indices.contains(cursor):
            return .close(.open(question(keys[cursor], around)))
        default: break
        }
        return .stay
    }

    private func question(_ key: APIKey, _ around: Surroundings) -> ConfirmDialog {
        ConfirmDialog(
            "assign-key", title: "API key of \(row.label)", badge: key.environment.badge,
            lines: [
                Dialog.Line("\(row.key?.label ?? "no key") -> \(key.label)"),
                Dialog.Line(
                    "\(key.exchange), \(key.contractType.rawValue), "
                        + key.instruments.prefix(6).joined(separator: " ")),
                Dialog.Line("Its trading starts again on these instruments.", .textDim),
            ], action: "Assign", around,
            then: [
                .submit(
                    .assignKey(bot: row.id.description, key: key.id.description),
                    words: "Assigning \(key.label) to \(row.label)")
            ])
    }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            KeyHint(keys: "jk", label: "move", isDangerous: false),
            KeyHint(keys: "Enter", label: "choose..", isDangerous: false),
            KeyHint(keys: "Esc", label: "cancel", isDangerous: false),
        ]
    }

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let keys = board?.freeKeys ?? []
        let wanted = Size(min(canvas.columns, 70), min(canvas.rows, max(4, keys.count + 2)))
        let inner = canvas.panel(title: "API key for \(row.label)", wanted)
        if keys.isEmpty {
            inner.text(1, 0, board == nil ? "Reading ..." : "No free active key.", .messageWarn)
            return inner.rest(1, 0)
        }
        let first = max(0, min(cursor - inner.rows / 2, keys.count - inner.rows))
        for (line, key) in keys.dropFirst(first).prefix(inner.rows).enumerated() {
            let isCurrent = first + line == cursor
            inner.text(0, line, isCurrent ? ">" : " ", .textStrong)
            inner.text(2, line, key.label, .text, cells: 20)
            inner.text(23, line, key.environment.badge, key.environment.badgeRole, cells: 6)
            inner.text(30, line, key.exchange, .text, cells: 12)
            inner.textRight(inner.columns - 1, line, distance(of: key), .textDim)
            guard isCurrent else { continue }
            inner.lay(.selection, under: Rect(0, line, inner.columns, 1))
            inner.rest(0, line)
        }
    }

    /// `215 ms from london`.
    private func distance(of key: APIKey) -> String {
        board?.catalog.roundTrip(from: row.bot.region, to: key.exchange).map {
            "\($0.milliseconds) ms from \(row.bot.region)"
        } ?? "distance unknown"
    }
}
