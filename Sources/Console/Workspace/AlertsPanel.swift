/// `!`: the alerts that nobody has acknowledged, newest first, whole; Enter goes to the bot.
import Core
import Store

struct AlertsPanel: Overlay {
    let name = "alerts"
    let keyContext = KeyContext.panel
    let openedBy: KeyCommand? = .alerts
    private var cursor = 0

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        let alerts = Self.alerts(around)
        switch command {
        case .closeTop: return .close
        case .open: return open(alerts)
        case .copy:
            let text = alerts.map { Self.plain($0, around) }.joined(separator: "\n")
            return .stay(.perform(.copy(text)))
        default: cursor = command.moved(cursor, of: alerts.count, page: 5, half: 5)
        }
        return .stay
    }

    private func open(_ alerts: [Notice]) -> OverlayAnswer {
        guard alerts.indices.contains(cursor), let bot = alerts[cursor].botID else { return .close }
        return .close(.go(.bot(bot, .activity)))
    }

    private static func alerts(_ around: Surroundings) -> [Notice] { around.fleet?.alarms ?? [] }

    func hints(_ around: Surroundings) -> [KeyHint] {
        [
            hint(.down, .up, to: "move", around), hint(.open, to: "its bot", around),
            hint(.copy, to: "copy all", around), hint(.closeTop, to: "close", around),
        ]
    }

    // MARK: Seeing

    func draw(in canvas: Canvas, _ around: Surroundings) {
        let size = Size(canvas.columns - 2, max(3, canvas.rows - 4))
        let alerts = Self.alerts(around)
        let inner = canvas.panel(title: "Alerts \(alerts.count)", size, around)
        guard !alerts.isEmpty else {
            let withheld = around.fleet?.showsAlerts == false
            inner.text(
                1, 0, withheld ? Permission.orgView.shortHolders : "No alert is open.", .textDim)
            return inner.rest(1, 0)
        }
        var row = 0
        for place in alerts.indices.dropFirst(first(alerts, inner, around)) where row < inner.rows {
            row += draw(alerts[place], place == cursor, in: inner, row, around)
        }
    }

    /// The first alert that is drawn, so that the one under the cursor is seen whole.
    private func first(_ alerts: [Notice], _ canvas: Canvas, _ around: Surroundings) -> Int {
        let place = min(cursor, alerts.count - 1)
        var (first, left) = (place, canvas.rows)
        for index in stride(from: place, through: 0, by: -1) {
            left -= Self.lines(alerts[index], canvas.columns - 2, around).count
            guard left >= 0 || index == place else { break }
            first = index
        }
        return first
    }

    /// Rows that it took.
    private func draw(
        _ alert: Notice, _ isCurrent: Bool, in canvas: Canvas, _ row: Int, _ around: Surroundings
    ) -> Int {
        let lines = Self.lines(alert, canvas.columns - 2, around)
        canvas.text(0, row, isCurrent ? ">" : " ", .textStrong)
        for (offset, line) in lines.enumerated() where row + offset < canvas.rows {
            canvas.text(offset == 0 ? 1 : 3, row + offset, line, alert.severity.level.role)
        }
        if isCurrent { canvas.rest(0, row) }
        return lines.count
    }

    private static func lines(_ alert: Notice, _ cells: Int, _ around: Surroundings) -> [String] {
        Untrusted.lines(plain(alert, around), maxCells: max(1, cells - 2))
    }

    /// `03-10 02:14:07Z  WARNING  btc-trend-01  daily loss 5 %`.
    private static func plain(_ alert: Notice, _ around: Surroundings) -> String {
        let bot = alert.botID.map { around.bot($0)?.label ?? $0.description } ?? "fleet"
        let severity = alert.severity.rawValue.uppercased()
        return "\(alert.at.shortStamp)  \(severity)  \(bot)  \(alert.message)"
    }
}
