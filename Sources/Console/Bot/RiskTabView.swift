/// How the Risk limits tab is drawn.
import Core
import Store

extension RiskTab {
    func draw(in canvas: Canvas, _ dossier: BotDossier, _ around: Surroundings) {
        guard !dossier.withholds(.riskView) else {
            canvas.text(1, 1, dossier.word(.riskView, none: ""), .textDim)
            return
        }
        let cells = figures(dossier, around)
        let columns = Columns(canvas.columns, value: cells.value, now: cells.now)
        drawTitles(in: canvas, columns, around)
        let list = canvas[Rect(0, 1, canvas.columns, max(0, canvas.rows - 2))]
        let lines = Self.lines
        let place = lines.firstIndex(of: .limit(cursor)) ?? 0
        let first = max(0, min(place - list.rows + 2, lines.count - list.rows))
        for (row, line) in lines.dropFirst(first).prefix(list.rows).enumerated() {
            switch line {
            case .heading(let category): list.text(1, row, category.title.uppercased(), .titleCode)
            case .limit(let name): draw(name, in: list, row, columns, dossier, around)
            }
        }
        drawFoot(dossier, in: canvas, canvas.rows - 1)
    }

    private enum Line: Equatable {
        case heading(RiskLimitCategory)
        case limit(RiskLimitName)
    }

    private static let lines: [Line] = RiskLimitCategory.allCases.flatMap { category in
        [.heading(category)]
            + RiskLimitName.allCases.filter { $0.category == category }.map { Line.limit($0) }
    }

    /// Right ends of the columns, and the width of the meter; 0: there is no room for it.
    private struct Columns {
        let value: Int
        let now: Int
        let meter: Int
        let standard: Int
        let source: Int
        /// Cells of the names.
        let name: Int

        /// Figures stand whole: the source gives way to them, then what is in use, then names.
        /// - Parameters:
        ///   - value: cells of the widest limit.
        ///   - used: cells of the widest figure in use.
        init(_ width: Int, value cells: Int, now used: Int) {
            let isWide = width >= 60
            let (right, sourceCells) = (width - 1, 8)
            let figures = 3 + cells + used + 2
            let hasSource = isWide || figures + 20 + sourceCells <= right
            let hasNow = isWide || figures + 12 <= right
            let end = hasSource ? right - sourceCells : right
            source = hasSource ? right : 0
            value = isWide ? 40 : hasNow ? end - used - 1 : end
            now = isWide ? value + max(10, used + 1) : hasNow ? end : 0
            let room = width - now - 2 - 6 - 10 - (width >= 100 ? 10 : 0)
            meter = isWide ? max(0, min(24, room)) : 0
            standard = width >= 100 ? now + 2 + meter + 6 + 9 : 0
            name = max(0, min(27, value - cells - 4))
        }
    }

    /// Cells of the widest limit, and of the widest figure in use, each with its title.
    private func figures(
        _ dossier: BotDossier, _ around: Surroundings
    ) -> (value: Int, now: Int) {
        let values = RiskLimitName.allCases.map { TextWidth.of(told($0, dossier)) }
        let used = RiskLimitName.allCases.map { TextWidth.of(inUse($0, dossier, around)) }
        return (max(5, values.max() ?? 0), max(around.seesFleet ? 3 : 4, used.max() ?? 0))
    }

    /// The limit as it is or was edited, with its unit.
    private func told(_ name: RiskLimitName, _ dossier: BotDossier) -> String {
        (edits[name] ?? name.value(in: dossier.limits).text) + name.shortUnit
    }

    private func inUse(
        _ name: RiskLimitName, _ dossier: BotDossier, _ around: Surroundings
    ) -> String {
        let used = dossier.headroom.first { $0.name == name }?.used
        return used.map { (around.seesFleet ? "" : "~") + $0.figure } ?? "-"
    }

    private func drawTitles(in canvas: Canvas, _ columns: Columns, _ around: Surroundings) {
        canvas.text(1, 0, "LIMIT", .title)
        canvas.textRight(columns.value, 0, "VALUE", .title)
        canvas.textRight(columns.now, 0, around.seesFleet ? "NOW" : "~NOW", .title)
        if columns.meter > 0 { canvas.text(columns.now + 2, 0, "USED", .title) }
        canvas.textRight(columns.standard, 0, "DEFAULT", .title)
        canvas.textRight(columns.source, 0, "SOURCE", .title)
    }

    private func draw(
        _ name: RiskLimitName, in canvas: Canvas, _ row: Int, _ columns: Columns,
        _ dossier: BotDossier, _ around: Surroundings
    ) {
        let isCurrent = name == cursor
        let headroom = dossier.headroom.first { $0.name == name }
        let inForce = name.value(in: dossier.limits)
        let edited = edits[name]
        canvas.text(1, row, isCurrent ? ">" : " ", .textStrong)
        let title = TextWidth.truncated(name.title, to: columns.name)
        canvas.text(3, row, title, edited == nil ? .text : .textStrong)
        let told = told(name, dossier)
        canvas.textRight(columns.value, row, told, edited == nil ? .text : .mark)
        let used = inUse(name, dossier, around)
        canvas.textRight(columns.now, row, used, around.seesFleet ? .text : .stale)
        // Of the limit as it would be: what is typed is what the share is of.
        if columns.meter > 2, let headroom = headroom?.under(value(of: name)),
            let share = headroom.share
        {
            canvas.meter(columns.now + 2, row, cells: columns.meter, headroom)
            canvas.textRight(columns.now + 2 + columns.meter + 6, row, share.wholePercent, .text)
        }
        canvas.textRight(columns.standard, row, name.standard.text, .textDim)
        let source = edited != nil ? "edited" : inForce == name.standard ? "default" : "custom"
        canvas.textRight(columns.source, row, source, edited == nil ? .textDim : .mark)
        guard isCurrent else { return }
        canvas.lay(.selection, under: Rect(0, row, canvas.columns, 1))
        canvas.rest(0, row)
    }

    /// The value being typed, else the one that was edited, else the one in force.
    private func value(of name: RiskLimitName) -> RiskLimitValue {
        let typed = name == cursor ? editor.flatMap { try? name.parse($0.text) } : nil
        return typed ?? edits[name].flatMap { try? name.parse($0) } ?? name.value(in: limits)
    }

    /// The field, or what saving would mean, or what the limit under the cursor does.
    private func drawFoot(_ dossier: BotDossier, in canvas: Canvas, _ row: Int) {
        let room = max(0, canvas.columns - 2)
        if let editor {
            let prompt = prompt(dossier, cells: room - 10)
            var at = 1 + canvas.text(1, row, prompt, .inputPrompt)
            editor.draw(in: canvas, at, row, cells: 10)
            at += 11
            let words = problem ?? "allowed \(cursor.rangeText)" + preview(dossier, editor.text)
            canvas.text(
                at, row, words, problem == nil ? .inputHint : .inputError,
                cells: max(0, canvas.columns - at - 1))
            return
        }
        guard edits.isEmpty else {
            let count = dossier.positions.count
            let held = count == 0 ? "" : ": \(counted(count, "open position"))"
            canvas.text(
                1, row, "\(editWords) not saved.  Limits bind at once\(held)", .messageWarn,
                cells: max(0, room - 18))
            canvas.textRight(canvas.columns - 1, row, "w save  Esc drop", .footerKey)
            return
        }
        let setter = dossier.limitsVersion.map { "  set by \($0.setBy) \($0.setAt.dateText)" }
        let version = canvas.columns < 100 ? "" : setter ?? ""
        canvas.text(1, row, "\(cursor.title): \(cursor.effect).\(version)", .textDim, cells: room)
    }

    /// What stands before the field, the longest form that is whole.
    private func prompt(_ dossier: BotDossier, cells: Int) -> String {
        let value = "\(cursor.value(in: dossier.limits).text) -> "
        let forms = ["\(cursor.title): \(value)", value, "-> "]
        return forms.first { TextWidth.of($0) <= cells } ?? ""
    }

    /// What is in use, as a share of the value being typed.
    private func preview(_ dossier: BotDossier, _ text: String) -> String {
        guard var headroom = dossier.headroom.first(where: { $0.name == cursor }),
            let value = try? cursor.parse(text), let used = headroom.used
        else { return "" }
        headroom.limit = value
        guard let share = headroom.share else { return "" }
        return "; in use \(used.figure) = \(share.wholePercent)"
    }
}

extension RiskLimitValue {
    /// As it is shown: percent with two decimals at most.
    var figure: String {
        switch self {
        case .count(let count): String(count)
        case .percent(let rate): (rate * 100).text(decimals: 0, atMost: 2)
        case .flag(let flag): flag ? "yes" : "no"
        }
    }
}

extension RiskLimitName {
    /// ` %`, `x`, or nothing.
    var shortUnit: String {
        switch standard {
        case .percent: " %"
        case .count: self == .maxLeverage ? "x" : ""
        case .flag: ""
        }
    }
}
