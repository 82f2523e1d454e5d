/// The bot under the cursor beside the fleet: positions, equity, limits, last events.
import Core
import Store

struct FleetPreview {
    private let row: BotRow?
    private let dossier: BotDossier?
    private let around: Surroundings

    init(_ row: BotRow?, _ dossier: BotDossier?, _ around: Surroundings) {
        self.row = row
        self.dossier = dossier
        self.around = around
    }

    func draw(in canvas: Canvas) {
        guard let row else { return }
        let inner = canvas.box(title: row.label)
        let mark = row.shownMark(around)
        canvas.textRight(canvas.columns - 2, 0, " \(mark.text) ", mark.role)
        var pen = Pen(inner)
        drawHead(row, &pen)
        guard let dossier, dossier.row.id == row.id else {
            pen.line([("Reading ...", .textDim)])
            return
        }
        pen.skip()
        drawPositions(dossier, &pen)
        drawEquity(dossier, &pen)
        drawRisk(dossier, &pen)
        drawTemplate(dossier, &pen)
        drawEvents(dossier, &pen)
    }

    private func drawHead(_ row: BotRow, _ pen: inout Pen) {
        let beat = row.heartbeat(around)
        pen.line([
            (row.environment.badge, row.environment.badgeRole), ("   hb ", .textDim),
            (beat.text, beat.role), ("   v\(row.versionText)", .text),
            (row.isBilled ? "   billed" : "   not billed", .textDim),
        ])
        let up = row.bot.upSince.map { "up \(around.age(of: $0).ageText)" } ?? ""
        pen.line([(row.bot.region, .text), ("   \(up)   key \(row.key?.label ?? "-")", .text)])
        pen.line([("\(row.bot.ipv4)   \(row.bot.ipv6)", .textDim)])
        if let trouble = row.trouble(around) { pen.line([(trouble.text, trouble.role)]) }
    }

    private func drawPositions(_ dossier: BotDossier, _ pen: inout Pen) {
        let profit = dossier.row.profit(around)
        let isKnown = dossier.row.openPositions != nil
        pen.line(
            [("OPEN POSITIONS", .title)],
            right: isKnown ? ("uPnL \(profit.text)", profit.role) : nil)
        if dossier.positions.isEmpty {
            pen.line([("  " + dossier.word(.positionsView, none: "flat"), .textDim)])
        }
        for position in dossier.positions.prefix(5) {
            PositionLine(position, around).draw(&pen)
        }
        if dossier.positions.count > 5 {
            pen.line([("  and \(dossier.positions.count - 5) more", .textDim)])
        }
        pen.skip()
    }

    private var oldMark: String { around.hasStaleMarks ? "~" : "" }

    private func drawEquity(_ dossier: BotDossier, _ pen: inout Pen) {
        let points = dossier.equity.filter { around.now - $0.at <= .days(7) }
        let chart = EquityChart(points)
        guard !chart.isEmpty else { return }
        let range =
            "low \(points.map(\.equity).min()?.grouped(0) ?? "")   "
            + "high \(points.map(\.equity).max()?.grouped(0) ?? "")"
        let now = dossier.row.equity.map { "now \(oldMark)\($0.grouped(0))   " } ?? ""
        pen.line([("EQUITY 7 d", .title), ("   \(now)\(range)", .text)])
        chart.draw(in: pen.area(4))
        pen.skip()
    }

    private func drawRisk(_ dossier: BotDossier, _ pen: inout Pen) {
        // A full quota is a bot at work: limits that hurt come first.
        let worst = dossier.headroom.filter { $0.share != nil }.sorted { left, right in
            let (quota, other) = (left.isOrdinary ? 1 : 0, right.isOrdinary ? 1 : 0)
            return (quota, -(left.share?.raw ?? 0), left.name.rawValue)
                < (other, -(right.share?.raw ?? 0), right.name.rawValue)
        }.prefix(3)
        // A heading without a row says nothing.
        guard !worst.isEmpty, pen.left > 2 else { return }
        pen.line([
            ("RISK", .title), ("   worst \(worst.count) of \(dossier.headroom.count)", .text),
        ])
        for limit in worst {
            let used = (around.seesFleet ? "" : "~") + (limit.used?.figure ?? "-")
            pen.line(
                [("  \(limit.name.title)", .text)],
                right: ("\(used) / \(limit.limit.figure)", around.seesFleet ? .text : .stale))
            pen.meter(limit)
        }
        pen.skip()
    }

    private func drawTemplate(_ dossier: BotDossier, _ pen: inout Pen) {
        let name = dossier.row.bot.templateName ?? "none"
        let spans: [Words.Word] = [("TEMPLATE", .title), ("  \(name)", .text)]
        let room = pen.canvas.columns - 2 - Words.cells(spans)
        pen.line(spans + (scores(dossier).first { Words.cells($0) <= room } ?? []))
        pen.skip()
    }

    /// The last score beside what it has to exceed, the longest form first; none is cut.
    private func scores(_ dossier: BotDossier) -> [[Words.Word]] {
        guard let decision = dossier.breakdown?.decisions.first?.decision else { return [] }
        let age = around.age(of: decision.at)
        let candle = dossier.row.timeframe?.span ?? .hours(1)
        let isOld = !around.seesFleet || age > Deadlines.evaluation(ofCandles: candle)
        let score = "\(isOld ? "~" : "")\(decision.score.score()) / "
            + decision.threshold.score(signed: false)
        let ago = isOld ? ["  \(decision.symbol) \(score), \(age.ageText) ago"] : []
        return (ago + ["  \(decision.symbol) \(score)", "  \(score)"]).map {
            [($0, isOld ? .stale : .text)]
        }
    }

    private func drawEvents(_ dossier: BotDossier, _ pen: inout Pen) {
        guard !dossier.events.isEmpty, pen.left > 1 else { return }
        pen.line([("LAST EVENTS", .title)])
        for entry in dossier.events.prefix(max(0, pen.left)) {
            pen.line([
                (" \(entry.at.stamp(today: around.now)) ", .textDim),
                (TextWidth.padded(entry.kind.rawValue, to: 8), entry.role),
                ("\(entry.what)  \(entry.detail)", .text),
            ])
        }
    }
}

/// Writes lines downwards into a pane until it is full.
struct Pen {
    let canvas: Canvas
    private(set) var row = 0

    init(_ canvas: Canvas) { self.canvas = canvas }

    var left: Int { canvas.rows - row }

    mutating func skip() { row += 1 }

    mutating func line(_ spans: [(String, Role)], right: (String, Role)? = nil) {
        guard left > 0 else { return }
        let end = canvas.columns - 1 - (right.map { TextWidth.of($0.0) + 1 } ?? 0)
        canvas.spans(1, row, spans, cells: end - 1)
        if let right { canvas.textRight(canvas.columns - 1, row, right.0, right.1) }
        row += 1
    }

    /// A meter under the line that was written last.
    mutating func meter(_ limit: LimitHeadroom) {
        guard left > 0 else { return }
        canvas.meter(3, row, cells: max(0, canvas.columns - 5), limit)
        row += 1
    }

    /// The next rows as a canvas of their own.
    mutating func area(_ rows: Int) -> Canvas {
        let taken = max(0, min(rows, left))
        defer { row += taken }
        return canvas[Rect(1, row, max(0, canvas.columns - 2), taken)]
    }
}

/// One position in a pane: `BTCUSDT  long  0.1200  61,204.5  12m  +80.70`.
struct PositionLine {
    private let row: PositionRow
    private let around: Surroundings

    init(_ row: PositionRow, _ around: Surroundings) {
        self.row = row
        self.around = around
    }

    func draw(_ pen: inout Pen) {
        let position = row.position
        let profit = row.profit(around)
        let isWide = pen.canvas.columns >= 50
        var spans: [(String, Role)] = [
            (" " + TextWidth.padded(position.symbol, to: 10), .text),
            (TextWidth.padded(position.side.rawValue, to: 6), position.side.role),
            (TextWidth.padded(row.sizeText, to: 8, .right) + " ", .text),
        ]
        if isWide {
            spans.append((TextWidth.padded(row.entryText, to: 10, .right), .text))
        }
        pen.line(spans, right: (profit.text, profit.role))
    }
}

extension Side {
    var role: Role { self == .long ? .sideLong : .sideShort }
}

extension PositionRow {
    /// Unrealised profit; `~` and dim when its mark is old.
    func profit(_ around: Surroundings) -> TableCell {
        guard let unrealised else { return TableCell("no mark", .stale) }
        if around.hasStaleMark(self) { return TableCell("~\(unrealised.signed)", .stale) }
        return TableCell(unrealised.signed, unrealised.role)
    }
}
