/// The fleet as a grid of cards, five lines each.
import Core
import Store

struct FleetCards {
    private let screen: FleetScreen
    private let around: Surroundings

    init(_ screen: FleetScreen, _ around: Surroundings) {
        self.screen = screen
        self.around = around
    }

    func draw(in canvas: Canvas, _ layout: FleetLayout) {
        let reading = screen.list.reading(on: layout.grid) { _ in "" }
        for (offset, row) in screen.rows[reading.seen].enumerated() {
            let place = canvas[reading.grid.cell(offset)]
            draw(row, in: place, isCurrent: row.id == screen.list.cursor)
        }
        let left = screen.rows.count - reading.first - reading.grid.page
        if left > 0, canvas.rows > layout.cardRows * FleetLayout.cardHeight {
            canvas.text(2, canvas.rows - 1, "\(left) more: PgDn", .textDim)
        }
    }

    private func draw(_ row: BotRow, in card: Canvas, isCurrent: Bool) {
        card.box(isFocused: isCurrent)
        let isMarked = screen.list.marks.contains(row.id)
        var at = 1
        if isMarked { at += card.text(at, 0, "[x]", .mark) }
        let badge = row.environment.badge
        let room = card.columns - 2 - at - TextWidth.of(badge)
        let label = TextWidth.truncated(Untrusted.display(row.label), to: room)
        card.text(at, 0, label, isCurrent ? .textStrong : .title)
        card.textRight(card.columns - 1, 0, badge, row.environment.badgeRole)
        drawState(row, in: card)
        drawSecond(row, in: card)
        let key = row.key?.label ?? "-"
        card.text(1, 3, "key \(key)", .text, cells: 17)
        card.textRight(card.columns - 1, 3, row.shortHoldings, .text)
        let note = note(of: row)
        if let note { card.text(1, 4, note.text, note.role) }
        if row.holds {
            let profit = row.profit(around)
            let words = " uPnL \(profit.text) "
            card.textRight(card.columns - 1, 4, words, profit.role)
        }
        guard isCurrent else { return }
        card.rest(1, 0)
    }

    private func drawState(_ row: BotRow, in card: Canvas) {
        let mark = row.shownMark(around)
        var at = 1 + card.text(1, 1, mark.text, mark.role) + 2
        let version = "v\(row.versionText)"
        let end = card.columns - 1 - TextWidth.of(version)
        let room = end - at - 4
        let beat = row.heartbeat(around, within: room >= 6 ? 6 : 4)
        if beat.text != "-", at + 3 + beat.text.count < end {
            at += card.text(at, 1, "hb ", .textDim)
            card.text(at, 1, beat.text, beat.role)
        }
        card.textRight(
            card.columns - 1, 1, version, row.isUpdateAvailable ? .badgeUpdate : .textDim)
    }

    /// What is no hindrance stands in the frame, where there is room: template and region stay.
    private func note(of row: BotRow) -> (text: String, role: Role)? {
        guard row.isKnown(around), let cause = row.cause(around), !cause.kind.isHindrance else {
            return nil
        }
        let taken = row.holds ? TextWidth.of(row.profit(around).text) + 7 : 0
        let text = " \(cause.text) "
        return TextWidth.of(text) + taken + 2 <= FleetLayout.cardWidth - 2
            ? (text, cause.role) : nil
    }

    /// Template and region, or what is wrong.
    private func drawSecond(_ row: BotRow, in card: Canvas) {
        let room = card.columns - 2
        if around.seesFleet, row.cause(around)?.kind == .job, let job = row.job(now: around.now) {
            return card.text(1, 2, job.shortWords, .statusDeploying, cells: room)
        }
        if note(of: row) == nil, let trouble = row.trouble(around) {
            return card.text(1, 2, trouble.text, trouble.role, cells: room)
        }
        let region = TextWidth.truncated(Untrusted.display(row.bot.region), to: 9)
        card.text(1, 2, row.bot.templateName ?? "-", .text, cells: room - TextWidth.of(region) - 1)
        card.textRight(card.columns - 1, 2, region, .textDim)
    }
}
