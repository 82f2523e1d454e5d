/// The question before anything is closed: what the preview said, in numbers, and its token.
import Core
import Store

/// Void after ``Preview/lifetime``, when it looks again instead of closing.
/// **Source** <doc:ProductRules#Previews>, <doc:ConsoleRules#Questions-before-an-act>.
struct CloseDialog: Overlay {
    var name: String { isOnePosition ? "close-position" : "close-all" }
    let subject: CloseSubject
    let preview: ClosePreview
    private(set) var dialog: Dialog
    private let openedAt: Instant
    /// The mark under one position is old: `y` has to be pressed twice.
    private var needsSecondYes: Bool
    private var isVoid = false
    /// Decimals of each position's size, once they have been read.
    private var sizes: [ID<Position>: Int] = [:]

    init(_ preview: ClosePreview, of subject: CloseSubject, _ around: Surroundings) {
        self.subject = subject
        self.preview = preview
        openedAt = around.wall
        needsSecondYes = around.hasStaleMarks
        let words = CloseWords(preview, of: subject, around, [:])
        dialog = Dialog(
            title: words.title, badge: words.badge, lines: words.lines, question: words.question,
            action: words.action, isDangerous: true,
            refusal: around.isReadOnly ? "read-only, :rw leaves it" : nil,
            asOf: around.fleet?.now ?? around.now, at: around.wall, keymap: around.keymap)
    }

    private var isOnePosition: Bool {
        if case .position = subject { return true }
        return false
    }

    var wants: [BoardRequest] { [.positions] }

    var takesText: Bool {
        if case .typed = dialog.question { return true }
        return false
    }

    var keyContext: KeyContext { dialog.keyContext }

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        answer(dialog.handle(command, at: around.wall), around)
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        answer(dialog.type(key, at: around.wall), around)
    }

    private mutating func answer(
        _ result: Dialog.Result, _ around: Surroundings
    ) -> OverlayAnswer {
        switch result {
        case .open: return .stay
        case .cancelled: return .close
        case .confirmed where isVoid: return .close(.previewClose(subject))
        case .confirmed:
            if needsSecondYes {
                needsSecondYes = false
                return .stay(.say(.warn, "the marks are old: confirm once more"))
            }
            return .close(.submit(subject.close(preview.token), words: words(around)))
        }
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        .stay(.say(.warn, "a confirmation has to be typed; the paste was refused"))
    }

    /// Closes by itself when nothing is left to close.
    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        guard case .positions(let positions) = board else { return .stay }
        if sizes.isEmpty {
            for row in positions.rows { sizes[row.id] = row.grid?.sizes }
            dialog.lines = CloseWords(preview, of: subject, around, sizes).lines
        }
        let ids = Set(preview.positions.map(\.id))
        guard !ids.isEmpty, !positions.rows.contains(where: { ids.contains($0.id) }) else {
            return .stay
        }
        return .close(.say(.info, "nothing is left to close: the positions are gone"))
    }

    mutating func tick(_ around: Surroundings) -> OverlayAnswer {
        guard !isVoid, around.wall - openedAt >= Preview.lifetime else { return .stay }
        isVoid = true
        dialog.expire("\(Preview.lifetimeWords) are over: these figures are void")
        return .stay
    }

    private func words(_ around: Surroundings) -> String {
        switch subject {
        case .position: "Closing \(preview.positions.first?.symbol ?? "the position")"
        case .bots(let ids):
            ids.count == 1
                ? "Closing all of \(preview.bots.first?.label ?? "the bot")"
                : "Closing all of \(counted(ids.count, "bot"))"
        }
    }

    func hints(_ around: Surroundings) -> [KeyHint] { dialog.hints }

    func draw(in canvas: Canvas, _ around: Surroundings) { dialog.draw(in: canvas) }
}

/// The words and numbers of the dialog.
private struct CloseWords {
    let title: String
    let badge: String
    let lines: [Dialog.Line]
    let question: Dialog.Question
    let action: String

    init(
        _ preview: ClosePreview, of subject: CloseSubject, _ around: Surroundings,
        _ sizes: [ID<Position>: Int]
    ) {
        badge = Self.badge(preview, around)
        var lines = [Dialog.Line(Self.summary(preview)), Dialog.Line("")]
        lines += Self.positions(preview, sizes)
        if !preview.positions.isEmpty { lines.append(Dialog.Line("")) }
        let cost = preview.cost.words(\.money)
        lines.append(Dialog.Line("Expected cost \(cost) (fees, half the spread)"))
        switch subject {
        case .position:
            title = "CLOSE POSITION"
            action = "Close"
            question = .confirm
            lines.append(Dialog.Line(Self.restWords(preview, around), .textDim))
        case .bots(let ids):
            title = "PAUSE & CLOSE ALL"
            action = "Close all"
            let one = ids.count == 1 ? preview.bots.first?.label : nil
            question = .typed(one ?? "close \(ids.count)")
            let orders = preview.ordersToCancel
            lines.append(
                Dialog.Line(
                    orders == 0
                        ? "No resting orders to cancel."
                        : "Cancels \(counted(orders, "resting order")) first."))
            lines += Self.warnings(ids, around)
        }
        if around.hasStaleMarks {
            lines.append(Dialog.Line("~ Marks are old: it will ask twice.", .messageWarn))
        }
        self.lines = lines
    }

    private static func summary(_ preview: ClosePreview) -> String {
        let count = preview.positions.count
        let who = preview.bots.count == 1 ? preview.bots[0].label : "\(preview.bots.count) bots"
        return "\(who)   \(counted(count, "position"))   "
            + "notional \(preview.notional.words(\.money))   "
            + "uPnL \(preview.unrealised.words(\.signed))"
    }

    /// The largest first; at most eight, so that the question stays on the screen.
    private static func positions(
        _ preview: ClosePreview, _ sizes: [ID<Position>: Int]
    ) -> [Dialog.Line] {
        let many = preview.bots.count > 1
        let shown = preview.positions.sorted {
            ($0.unrealised.magnitude, $1.symbol) > ($1.unrealised.magnitude, $0.symbol)
        }
        var lines = shown.prefix(8).map { line in
            let name = many ? TextWidth.padded(line.bot, to: 16) + " " : ""
            return Dialog.Line(
                "  \(name)\(TextWidth.padded(line.side.rawValue, to: 5)) "
                    + "\(TextWidth.padded(size(line, sizes), to: 10, .right)) "
                    + "\(TextWidth.padded(line.symbol, to: 12)) uPnL "
                    + TextWidth.padded(line.unrealised.signed, to: 12, .right))
        }
        if shown.count > 8 { lines.append(Dialog.Line("  and \(shown.count - 8) more")) }
        return lines
    }

    /// In the decimals of the lot, as everywhere; all of them until they are known.
    private static func size(_ line: ClosePreview.Line, _ sizes: [ID<Position>: Int]) -> String {
        sizes[line.id].map { line.size.grouped($0) } ?? line.size.description
    }

    private static func warnings(_ ids: [ID<Bot>], _ around: Surroundings) -> [Dialog.Line] {
        var lines = [
            Dialog.Line("Closes at market now and pauses. This cannot be undone.", .textStrong)
        ]
        let offline = ids.compactMap { around.bot($0) }.filter { $0.state == .offline }
        if !offline.isEmpty {
            let names = shortened(offline.map(\.label), to: 3).joined(separator: ", ")
            lines.append(
                Dialog.Line("OFFLINE: \(names): the engine closes at the exchange.", .messageWarn))
        }
        return lines
    }

    private static func restWords(_ preview: ClosePreview, _ around: Surroundings) -> String {
        "The rest of the bot is not touched."
    }

    private static func badge(_ preview: ClosePreview, _ around: Surroundings) -> String {
        let rows = (around.fleet?.rows ?? []).filter { row in
            preview.bots.contains { $0.id == row.id }
        }
        return TradingEnvironment.badge(of: rows)
    }
}

extension Surroundings {
    /// How old the newest board is, by the world's clock.
    var feedAge: Span {
        guard let fleet else { return .seconds(0) }
        return max(.seconds(0), clock.now(at: wall) - fleet.now)
    }

    /// Nothing was committed for a minute, or no engine runs: prices cannot be trusted.
    var hasStaleMarks: Bool { !seesFleet || feedAge > Deadlines.mark }

    /// The same of one position, whose market may have been silent while others were not.
    func hasStaleMark(_ row: PositionRow) -> Bool { !seesFleet || row.isStale(now: now) }
}
