/// The first row: where one is, what is wrong, how old what one sees is, what time it is.
import Core
import Store

struct HeaderBar {
    private let around: Surroundings
    private let parts: HeaderParts

    init(_ around: Surroundings) {
        self.around = around
        parts = HeaderParts(around)
    }

    func draw(in canvas: Canvas, _ form: ScreenLayout.Form) {
        canvas.fill(nil, " ", .header)
        guard form == .full else { return drawShort(in: canvas) }
        let isWide = canvas.columns >= 120
        let fitted = parts.full(isWide).fitted(canvas.columns - 2)
        let right = HeaderParts.right.flatMap { fitted[$0] ?? [] }
        let start = max(1, canvas.columns - 1 - Words.cells(right))
        let left = [.product, .who].flatMap { fitted[$0] ?? [] }
        let end = 1 + canvas.spans(1, 0, left)
        if isWide { drawFigures(in: canvas, from: end + 1, to: start - 2) }
        canvas.spans(start, 0, right)
    }

    /// `plutarc 40b 1! LIVE`; without room for more `plutarc 1! LIVE`.
    func drawShort(in canvas: Canvas, hasBots: Bool = true) {
        canvas.fill(nil, " ", .header)
        let fitted = parts.short(hasBots).fitted(canvas.columns + 1)
        canvas.spans(0, 0, HeaderParts.short.flatMap { fitted[$0] ?? [] })
        if !hasBots { canvas.rest(0, 0) }
    }

    /// Bots by state and the day's result of the environment with most at stake.
    private func drawFigures(in canvas: Canvas, from column: Int, to end: Int) {
        guard let fleet = around.fleet else { return }
        var groups: [[(String, Role)]] = [[(counted(fleet.rows.count, "bot"), .header)]]
        groups += states(fleet).map { [("  \($0)", .header)] }
        for figures in fleet.figures {
            let day = figures.pnlToday
            let isOld = around.hasStaleMarks
            groups.append([
                ("   \(figures.title) day ", .header),
                ((isOld ? "~" : "") + day.signed, isOld ? .header : day.role),
            ])
        }
        var at = column
        // A group that does not fit whole ends the row: half a sum would be another sum.
        for group in groups {
            guard at + Words.cells(group) <= end else { return }
            at += canvas.spans(at, 0, group)
        }
    }

    /// Bots by state, as far as it is known of each.
    private func states(_ fleet: FleetBoard) -> [String] {
        let words: [(BotState, String)] = [
            (.online, "on"), (.paused, "paused"), (.sleeping, "asleep"),
        ]
        let known = fleet.rows.filter { $0.isKnown(around) }
        var parts = words.compactMap { state, word in
            let count = known.count { $0.state == state }
            return count > 0 ? "\(count) \(word)" : nil
        }
        let unknown = fleet.rows.count - known.count
        if unknown > 0 { parts.append("\(unknown) unknown") }
        return parts
    }
}

extension TradingEnvironment {
    /// How its badge is drawn.
    var badgeRole: Role {
        switch self {
        case .live: .badgeLive
        case .testnet: .badgeTest
        case .paper: .badgePaper
        }
    }

    /// `LIVE+PAPER`: the badges of several bots, the gravest first.
    static func badge(of rows: [BotRow]) -> String {
        [TradingEnvironment.live, .testnet, .paper]
            .filter { environment in rows.contains { $0.environment == environment } }
            .map(\.badge).joined(separator: "+")
    }

    /// The letter where there is no room for the badge.
    var letter: String { String(badge.prefix(1)) }
}
