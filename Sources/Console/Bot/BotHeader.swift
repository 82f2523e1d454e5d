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
        pen.line(state)
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

    private var state: [(String, Role)] {
        let row = dossier.row
        let bot = row.bot
        let beat = row.heartbeat(around)
        var spans: [(String, Role)] = [
            ("\(row.state.glyph) \(row.state.title.uppercased())", row.state.role), ("  ", .text),
            (row.environment.badge, row.environment.badgeRole), ("  hb ", .textDim),
            (beat.text, beat.role),
        ]
        if let why { spans += [("  ", .text), why] }
        spans.append(("  v\(bot.version)", .text))
        if row.isUpdateAvailable {
            spans.append((" (\(bot.availableVersion ?? "") ready)", .badgeUpdate))
        }
        spans.append(("  \(bot.region)", .text))
        if let since = bot.upSince, row.state.isProvisioned {
            spans.append(("  up \((around.now - since).ageText)", .text))
        }
        spans.append((row.state.isProvisioned ? "  billed" : "  not billed", .textDim))
        return spans
    }

    /// Why it is as it is: the cause of a pause, the kill switch, a late clock.
    private var why: (String, Role)? {
        let row = dossier.row
        if row.bot.killLatchedAt != nil { return ("KILL SWITCH", .messageError) }
        if row.state == .paused, let cause = row.bot.pauseCause {
            let until = row.bot.resumeAt.map { " until \($0.clockText)Z" } ?? ""
            return ("(\(cause.words)\(until))", .statusPaused)
        }
        return row.trouble(around)
    }

    private func addresses(_ columns: Int) -> [(String, Role)] {
        let row = dossier.row
        let bot = row.bot
        let profit = row.profit(around)
        let count = row.openPositions
        var spans: [(String, Role)] = [
            (bot.ipv4.isEmpty ? "no IPv4" : bot.ipv4, .text),
            ("   \(bot.ipv6.isEmpty ? "no IPv6" : bot.ipv6)", .text),
            ("   key \(row.key?.label ?? "none")", row.key == nil ? .messageWarn : .text),
        ]
        spans.append(("   \(count == 0 ? "flat" : "\(count) pos")", .text))
        if count > 0 { spans += [("   uPnL ", .textDim), (profit.text, profit.role)] }
        let taken = spans.reduce(0) { $0 + TextWidth.of($1.0) }
        // A sum that does not fit whole is left out.
        if taken + 8 + TextWidth.of(day.text) <= columns - 2 {
            spans += [("   day ", .textDim), (day.text, day.role)]
        }
        return spans
    }

    private var day: TableCell {
        let row = dossier.row
        let sum = row.realisedToday + (row.unrealised ?? .zero)
        let isOld = row.openPositions > 0 && around.hasStaleMarks
        return isOld ? TableCell("~\(sum.signed)", .stale) : TableCell(sum.signed, sum.role)
    }
}

/// Three of the four clocks beside the tabs; the heartbeat stands above. **Source** PRODUCT 17.5.
struct BotClocksLine {
    private let dossier: BotDossier
    private let around: Surroundings

    init(_ dossier: BotDossier, _ around: Surroundings) {
        self.dossier = dossier
        self.around = around
    }

    func draw(in canvas: Canvas) {
        let late = around.judgesClocks ? dossier.row.lateClock(now: around.now) : nil
        let clocks = dossier.row.clocks
        let parts: [(String, Instant?, LateClock)] = [
            ("candle", clocks.evaluatedAt, .evaluation), ("exch", clocks.exchangeAckAt, .exchange),
            ("recon", clocks.reconciledAt, .reconcile),
        ]
        let texts = parts.map { name, at, _ in
            "\(name) \(at.map { (around.now - $0).ageText } ?? "-")"
        }
        var at = canvas.columns - 1 - texts.reduce(0) { $0 + $1.count + 2 } + 2
        for (index, text) in texts.enumerated() {
            let role: Role =
                !around.engine.isRunning ? .stale : late == parts[index].2 ? .ageLost : .textDim
            at += canvas.text(at, 0, text, role) + 2
        }
    }
}
