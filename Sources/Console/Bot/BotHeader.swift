/// The block over the tabs: state, badge, heartbeat, version, addresses, key, result.
import Core
import Store

struct BotHeader {
    private let dossier: BotDossier
    private let around: Surroundings

    init(_ dossier: BotDossier, _ around: Surroundings) {
        self.dossier = dossier
        self.around = around
    }

    func draw(in canvas: Canvas) {
        var pen = Pen(canvas)
        pen.line(state(canvas.columns - 2))
        pen.line(addresses(canvas.columns))
        let row = dossier.row
        // Small bodies have no tabs: what matters most goes on.
        if canvas.rows > 2 {
            if let trouble = row.trouble(around) { pen.line([(trouble.text, trouble.role)]) }
            for position in dossier.positions.prefix(max(0, pen.left)) {
                PositionLine(position, around).draw(&pen)
            }
        }
    }

    /// What does not fit whole leaves by rank: first how long it is up, last what it costs.
    private func state(_ columns: Int) -> [(String, Role)] {
        var parts = facts
        while parts.reduce(0, { $0 + TextWidth.of($1.text) }) > columns,
            let rank = parts.map(\.rank).max(), rank > 0
        {
            parts.removeAll { $0.rank == rank }
        }
        return parts.map { ($0.text, $0.role) }
    }

    private struct Part {
        var text: String
        var role: Role
        /// The highest leaves first; 0 never does.
        var rank = 0
    }

    private var facts: [Part] {
        let row = dossier.row
        let bot = row.bot
        let beat = row.heartbeat(around)
        let mark = row.shownMark(around)
        var parts = [
            Part(text: mark.text.prefix(2) + mark.text.dropFirst(2).uppercased(), role: mark.role),
            Part(text: "  ", role: .text),
            Part(text: row.environment.badge, role: row.environment.badgeRole),
        ]
        // Where there is hardly room for the state it leaves last, and whole.
        let rank = around.size.columns < 40 ? 1 : 0
        parts.append(Part(text: "  hb ", role: .textDim, rank: rank))
        parts.append(Part(text: beat.text, role: beat.role, rank: rank))
        if let why { parts += [Part(text: "  ", role: .text), Part(text: why.0, role: why.1)] }
        parts.append(Part(text: "  v\(bot.version)", role: .text, rank: 3))
        if row.isUpdateAvailable {
            let ready = " (\(bot.availableVersion ?? "") ready)"
            parts.append(Part(text: ready, role: .badgeUpdate, rank: 4))
        }
        parts.append(Part(text: "  \(bot.region)", role: .text, rank: 5))
        if let since = bot.upSince, row.state.isProvisioned {
            let up = "  up \(around.age(of: since).ageText)"
            parts.append(Part(text: up, role: .text, rank: 6))
        }
        let bill = row.isBilled ? "  billed" : "  not billed"
        return parts + [Part(text: bill, role: .textDim, rank: 2)]
    }

    /// Why it is as it is: the cause of a pause, the kill switch, a late clock.
    private var why: (String, Role)? {
        let row = dossier.row
        if around.seesFleet, let cached = row.cachedConfig, let unseen = row.unseen {
            let waits = row.waiting.map { "; \($0)" } ?? ""
            let isNarrow = around.size.columns < 100
            return (isNarrow ? "cached \(cached)\(waits)" : unseen, .statusOffline)
        }
        return row.trouble(around)
    }

    private enum Fact: CaseIterable {
        case ipv4, ipv6, key, holdings, profit, day
    }

    private static let gap = "   "
    /// No figure is ever cut: names and addresses give way first, what is at stake last.
    private static let giving: [Fact] = [
        .key, .ipv6, .key, .ipv4, .day, .profit, .profit, .holdings,
    ]

    private func addresses(_ columns: Int) -> [(String, Role)] {
        let cells = max(0, columns - 2) + TextWidth.of(Self.gap)
        let apart = forms.mapValues { $0.map { $0.isEmpty ? [] : [(Self.gap, .text)] + $0 } }
        let fitted = GivingWay(apart, order: Self.giving).fitted(cells)
        return Array(Fact.allCases.flatMap { fitted[$0] ?? [] }.dropFirst())
    }

    /// The longest first.
    private var forms: [Fact: [[Words.Word]]] {
        let row = dossier.row
        let bot = row.bot
        let keyRole: Role = row.key == nil ? .messageWarn : .text
        let label = Untrusted.display(row.key?.label ?? "none")
        let sum = row.profit(around)
        let profit: [Words.Word] = [("uPnL ", .textDim), (sum.text, sum.role)]
        return [
            .ipv4: [[(bot.ipv4.isEmpty ? "no IPv4" : bot.ipv4, .text)], []],
            .ipv6: [[(bot.ipv6.isEmpty ? "no IPv6" : bot.ipv6, .text)], []],
            .key: [
                [("key \(label)", keyRole)],
                [("key \(TextWidth.truncated(label, to: 12))", keyRole)], [],
            ],
            .holdings: row.shortHoldings.isEmpty ? [] : [[(row.shortHoldings, .text)], []],
            .profit: row.holds ? [profit, Array(profit.dropFirst()), []] : [],
            .day: day.map { [[("day ", .textDim), ($0.text, $0.role)], []] } ?? [],
        ]
    }

    /// Nil for a reader who may not see results.
    private var day: TableCell? {
        let row = dossier.row
        guard let sum = row.pnlToday else { return nil }
        let isOld = !around.seesFleet || row.holds && around.hasStaleMarks
        return isOld ? TableCell("~\(sum.signed)", .stale) : TableCell(sum.signed, sum.role)
    }
}

/// Three of the four clocks beside the tabs; the heartbeat stands above.
/// **Source** <doc:ProductRules#Four-clocks>.
struct BotClocksLine {
    private let dossier: BotDossier
    private let around: Surroundings

    init(_ dossier: BotDossier, _ around: Surroundings) {
        self.dossier = dossier
        self.around = around
    }

    private struct Clock {
        var text: String
        var role: Role
    }

    /// Clocks give way to the names of the tabs, whole ones from the left; one that is late stays.
    func draw(in canvas: Canvas, after column: Int) {
        var clocks = clocks
        func width() -> Int { clocks.reduce(1) { $0 + TextWidth.of($1.text) + 2 } }
        while !clocks.isEmpty, column + width() > canvas.columns {
            clocks.remove(at: clocks.firstIndex { $0.role != .ageLost } ?? 0)
        }
        var at = canvas.columns - width() + 2
        for clock in clocks { at += canvas.text(at, 0, clock.text, clock.role) + 2 }
    }

    private var clocks: [Clock] {
        let late = around.judgesClocks ? dossier.row.lateClock(now: around.now) : nil
        let clocks = dossier.row.clocks
        let parts: [(String, Instant?, LateClock)] = [
            ("candle", clocks.evaluatedAt, .evaluation), ("exch", clocks.exchangeAckAt, .exchange),
            ("recon", clocks.reconciledAt, .reconcile),
        ]
        return parts.map { name, at, clock in
            Clock(
                text: "\(name) \(at.map { around.age(of: $0).ageText } ?? "-")",
                role: !around.seesFleet ? .stale : late == clock ? .ageLost : .textDim)
        }
    }
}
