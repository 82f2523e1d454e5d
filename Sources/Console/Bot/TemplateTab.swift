/// The Template tab: components by role with what each says now, the score and its verdict.
import Core
import Store

struct TemplateTab: Sendable {
    private(set) var list = RowList<TemplatePart, TemplatePart.Key> { $0.id }
    /// Which of the bot's symbols is shown.
    private(set) var symbolIndex = 0
    private var hasChosen = false

    /// - Parameter place: of the tab in the body.
    mutating func follow(_ dossier: BotDossier, in place: Rect) {
        let breakdown = dossier.breakdown
        if !hasChosen, let breakdown, !breakdown.decisions.isEmpty {
            hasChosen = true
            symbolIndex = Self.firstHeld(breakdown, dossier.positions) ?? 0
        }
        let parts = TemplatePart.list(breakdown?.components ?? [])
        list.show(all: parts, on: Self.grid(place, parts.count, dossier))
        symbolIndex = min(symbolIndex, max(0, (breakdown?.decisions.count ?? 1) - 1))
    }

    /// What is held matters before what might be: the largest of the positions first.
    private static func firstHeld(
        _ breakdown: TemplateBreakdown, _ positions: [PositionRow]
    ) -> Int? {
        let held = positions.sorted { ($0.notional ?? .zero) > ($1.notional ?? .zero) }
        return held.lazy.compactMap { row in
            breakdown.decisions.firstIndex { $0.decision.symbol == row.position.symbol }
        }.first
    }

    mutating func handle(
        _ command: KeyCommand, _ dossier: BotDossier, in place: Rect, _ around: Surroundings
    ) -> [ScreenAction]? {
        guard let breakdown = dossier.breakdown else { return nil }
        let count = breakdown.decisions.count
        switch command {
        case .left where count > 1: symbolIndex = (symbolIndex + count - 1) % count
        case .right where count > 1: symbolIndex = (symbolIndex + 1) % count
        case .open: return details(breakdown, dossier)
        case .why:
            let symbol = decision(breakdown)?.decision.symbol
            return [.open(WhyPanel(dossier.row.id, symbol: symbol))]
        case .mark, .markRange, .invertMarks, .unmark: return nil
        default:
            let grid = Self.grid(place, list.rows.count, dossier)
            return list.handle(command, on: grid) ? [] : nil
        }
        return []
    }

    private func decision(_ breakdown: TemplateBreakdown) -> DecisionRow? {
        breakdown.decisions.indices.contains(symbolIndex) ? breakdown.decisions[symbolIndex] : nil
    }

    /// Every parameter of the component under the cursor, and what it says now for each symbol.
    private func details(
        _ breakdown: TemplateBreakdown, _ dossier: BotDossier
    ) -> [ScreenAction] {
        guard let component = list.current?.component else { return [] }
        let lines = Self.lines(component, breakdown, dossier.heldSymbols)
        let panel = TextPanel(
            "component", title: component.name, lines,
            reading: [.dossier(dossier.row.id)]
        ) { board, _ in
            guard case .dossier(_, let dossier) = board else { return nil }
            let now = dossier?.breakdown?.components.first {
                $0.name == component.name && $0.role == component.role
            }
            guard let breakdown = dossier?.breakdown, let now else {
                return .gone("\(component.name) is no longer part of the template")
            }
            return .lines(
                title: now.name, Self.lines(now, breakdown, dossier?.heldSymbols))
        }
        return [.open(panel)]
    }

    private static func lines(
        _ component: ComponentRow, _ breakdown: TemplateBreakdown, _ held: Set<String>?
    ) -> [Dialog.Line] {
        let head = [
            Dialog.Line("\(component.role.title)   \(component.category ?? "unknown here")"),
            Dialog.Line(component.summary), Dialog.Line(""),
        ]
        let readings = breakdown.decisions.map { row in
            let reading = row.reading(of: component)
            let words = row.words(of: reading, component, held: held)
            let value = row.isIdle(component, held) ? nil : reading?.value
            return Dialog.Line(
                TextWidth.padded(row.decision.symbol, to: 14)
                    + TextWidth.padded(value ?? "-", to: 20) + " "
                    + TextWidth.padded(words.answer, to: 12) + " "
                    + "at \(row.decision.at.shortStamp)")
        }
        return head + component.parameters.flatMap(lines) + [Dialog.Line("")] + readings
    }

    /// `fast   9 candles   default 9, 1 to 500`, and what it is.
    private static func lines(_ parameter: ComponentRow.Parameter) -> [Dialog.Line] {
        let unit = parameter.unit.isEmpty ? "" : " \(parameter.unit)"
        let value = TextWidth.padded("\(parameter.value)\(unit)", to: 16)
        return [
            Dialog.Line(
                TextWidth.padded(parameter.key, to: 14) + " \(value) default "
                    + "\(parameter.standard); \(parameter.range)",
                parameter.isSet ? .textStrong : .text),
            Dialog.Line("  \(parameter.summary)", .textDim),
        ]
    }

    // MARK: Seeing

    func draw(in canvas: Canvas, _ dossier: BotDossier, _ around: Surroundings) {
        guard let breakdown = dossier.breakdown else {
            let name = dossier.row.bot.templateName
            guard !dossier.withholds(.templatesView) else {
                let words = dossier.word(.templatesView, none: "")
                canvas.text(1, 1, "\(name ?? "no template"): \(words)", .textDim)
                return
            }
            canvas.text(
                1, 1,
                name.map { "\($0) cannot be read by this version." }
                    ?? "No template: the bot computes nothing and trades nothing.", .messageWarn)
            canvas.text(1, 2, "c chooses one.", .textDim)
            return canvas.rest(1, 1)
        }
        var pen = Pen(canvas)
        drawHead(breakdown, dossier.row, &pen)
        let old = oldAge(breakdown, around)
        let foot = Self.footRows(dossier)
        let rest = Self.grid(canvas.bounds, list.rows.count, dossier).area
        list.draw(Table(Self.columns(old)), in: canvas[rest]) {
            cells($0.component, dossier, isOld: old != nil)
        }
        let hasRoom = pen.left > rest.rows + foot
        let verdict = min(rest.endRow + (hasRoom ? 1 : 0), canvas.rows - foot)
        drawVerdict(dossier, breakdown, in: canvas, verdict, old)
        if foot > 2 { drawWarning(dossier, in: canvas, canvas.rows - 1) }
    }

    /// The verdict, and a warning where something is held.
    private static func footRows(_ dossier: BotDossier) -> Int {
        dossier.positions.isEmpty ? 2 : 3
    }

    /// The lines of ``drawHead(_:_:_:)`` in so many rows.
    private static func headRows(in rows: Int) -> Int {
        var taken = min(1, rows)
        if rows - taken >= 9 { taken += 1 }
        if rows - taken >= 7 { taken += 1 }
        return rows - taken > 14 ? taken + 1 : taken
    }

    /// Where the components stand, between head and foot.
    private static func grid(_ place: Rect, _ count: Int, _ dossier: BotDossier) -> ListGrid {
        let head = headRows(in: place.rows)
        let room = max(0, place.rows - head - footRows(dossier))
        return .table(
            Rect(place.column, place.row + head, place.columns, min(count + 1, room)))
    }

    /// The components as they are read now.
    func reading(
        _ dossier: BotDossier, in place: Rect, _ around: Surroundings
    ) -> ListReading<TemplatePart.Key> {
        let old = dossier.breakdown.flatMap { oldAge($0, around) }
        return list.reading(on: Self.grid(place, list.rows.count, dossier)) { part in
            cells(part.component, dossier, isOld: old != nil).map(\.text)
                .joined(separator: "  ")
        }
    }

    private func drawHead(_ breakdown: TemplateBreakdown, _ row: BotRow, _ pen: inout Pen) {
        let template = breakdown.template
        pen.line(
            [
                (template.name, .textStrong), ("  rev \(template.version)", .text),
                ("  \(template.timeframe.rawValue)  \(template.direction.rawValue)", .text),
                ("  \(template.sizing.words)  \(template.leverage)x", .text),
            ],
            right: (
                "\(template.mode.rawValue), enter over \(template.threshold.score(signed: false))",
                .text
            ))
        if pen.left >= 9 { pen.line([(template.summary, .textDim)]) }
        if pen.left >= 7 { pen.line([("\(row.sessionTitle): \(row.sessionWords)", .text)]) }
        if pen.left > 14 { pen.skip() }
    }

    /// How old the readings are, where that is more than two candles or nobody looks any more.
    private func oldAge(_ breakdown: TemplateBreakdown, _ around: Surroundings) -> Span? {
        guard let at = decision(breakdown)?.decision.at, !around.off.contains(.oldReading)
        else { return nil }
        let age = around.age(of: at)
        let allowed = Deadlines.evaluation(ofCandles: breakdown.template.timeframe.span)
        return around.seesFleet && age <= allowed ? nil : age
    }

    private static func columns(_ old: Span?) -> [TableColumn] {
        let now = old.map { "NOW ~\($0.ageText) old" } ?? "NOW"
        return [
            TableColumn(id: "component", title: "COMPONENT", width: 14, rank: -4, isFlexible: true),
            TableColumn(id: "role", title: "ROLE", width: 6, rank: -1),
            TableColumn(id: "category", title: "CATEGORY", width: 10, rank: 3),
            TableColumn(id: "weight", title: "WT", width: 4, alignment: .right, rank: 1),
            TableColumn(id: "now", title: now, width: max(16, now.count), rank: -2),
            TableColumn(id: "state", title: "STATE", width: 12, rank: -3),
            TableColumn(
                id: "parameters", title: "PARAMETERS", width: 20, rank: 4, isFlexible: true),
        ]
    }

    private func cells(
        _ component: ComponentRow, _ dossier: BotDossier, isOld: Bool
    ) -> [TableCell] {
        let decision = dossier.breakdown.flatMap { self.decision($0) }
        let held = dossier.heldSymbols
        let isIdle = decision?.isIdle(component, held) ?? false
        let reading = isIdle ? nil : decision?.reading(of: component)
        let words =
            decision?.words(of: reading, component, held: held) ?? CheckWords("-", for: nil)
        let parameters = component.parameters.filter(\.isSet).map { "\($0.key) \($0.value)" }
        return [
            TableCell(component.name), TableCell(component.role.rawValue, .textDim),
            TableCell(component.category ?? "-", .textDim),
            TableCell(
                component.role == .signal ? component.weight.score(1, signed: false) : "-"),
            TableCell(
                (isOld && reading != nil ? "~" : "") + (reading?.value ?? "-"),
                isOld ? .stale : .text),
            TableCell(words.shown, isOld ? .stale : words.role),
            TableCell(parameters.joined(separator: "  "), .textDim),
        ]
    }

    /// `score +0.35   below 0.62: no signal`. **Source** <doc:ProductRules#Why-no-trade>.
    private func drawVerdict(
        _ dossier: BotDossier, _ breakdown: TemplateBreakdown, in canvas: Canvas, _ row: Int,
        _ old: Span?
    ) {
        guard let decision = decision(breakdown), case let shown = decision.decision else {
            canvas.text(1, row, dossier.undecided, .textDim, cells: max(0, canvas.columns - 2))
            return
        }
        let count = breakdown.decisions.count
        let place = count > 1 ? " (\(symbolIndex + 1) of \(count), h l)" : ""
        let passes = shown.side != nil
        let verdict: [(String, Role)] = [
            ("\(shown.symbol)\(place)  ", .textStrong), ("score ", .textDim),
            (shown.score.score(), .textStrong), (" \(passes ? "over" : "not over") ", .text),
            (shown.threshold.score(signed: false), .text),
            (shown.side.map { " for \($0.rawValue)" } ?? "", .text),
        ]
        let close: [(String, Role)] = [
            ("   close \(shown.close.figure(on: decision.grid))", .textDim),
            (" at \(shown.at.clockText.prefix(5))Z", .textDim),
            (old.map { ", \($0.ageText) ago" } ?? "", .ageLate),
        ]
        let cells = canvas.columns - 2
        canvas.spans(1, row, Self.fitting(verdict, close, cells: cells), cells: cells)
        let role: Role =
            old != nil
            ? .stale
            : shown.verdict == "entered" ? .gain : passes ? .messageWarn : .text
        canvas.text(1, row + 1, shown.verdict, role, cells: max(0, canvas.columns - 2))
    }

    /// The first parts, and of the others as many as stand whole in the row.
    private static func fitting(
        _ parts: [(String, Role)], _ others: [(String, Role)], cells: Int
    ) -> [(String, Role)] {
        var result = parts
        var taken = parts.reduce(0) { $0 + TextWidth.of($1.0) }
        for other in others {
            taken += TextWidth.of(other.0)
            guard taken <= cells else { break }
            result.append(other)
        }
        return result
    }

    private func drawWarning(_ dossier: BotDossier, in canvas: Canvas, _ row: Int) {
        let count = dossier.positions.count
        guard count > 0 else { return }
        let what = "acts at once on \(counted(count, "open position"))"
        let room = max(0, canvas.columns - 20)
        let isWatched = dossier.positions.allSatisfy(\.isWatched)
        let told = isWatched
            ? ["Changing the template \(what)", "A change \(what)"]
            : ["\(counted(count, "open position")) unwatched: no exit rule runs", "unwatched"]
        let words = told.first { TextWidth.of($0) <= room }
        canvas.text(1, row, words ?? "", isWatched ? .messageWarn : .messageError, cells: room)
        canvas.textRight(canvas.columns - 1, row, "c change..", .footerKey)
    }
}
