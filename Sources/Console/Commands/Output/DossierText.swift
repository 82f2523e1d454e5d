/// One bot whole, as text.

import Core
import Store

struct DossierText {
    let dossier: BotDossier
    let output: Output
    var sight = FleetSight.seen

    private var row: BotRow { dossier.row }
    private var now: Instant { dossier.now }

    var lines: [String] {
        head + [""] + templateLines + [""] + [output.heading("LIMITS")] + limitLines + [""]
            + [output.heading("OPEN POSITIONS")]
            + PositionText.lines(
                dossier.positions, now, sight, none: dossier.word(.positionsView, none: "None."))
            + [""]
            + [output.heading("LAST EVENTS")] + eventLines
    }

    private var head: [String] {
        let bot = row.bot
        let badge = row.environment.badge
        let version =
            row.isUpdateAvailable
            ? "\(bot.version) (\(bot.availableVersion ?? "") ready)" : bot.version
        let facts: [(String, String?)] = [
            ("state", stateWords),
            ("under way", row.job(now: now)?.words),
            ("wakes", ValueText.time(row.instance?.wakeAt)),
            ("restart ready", ValueText.time(row.restartReady(now: now))),
            ("heartbeat", sight.age(of: bot.heartbeatAt, now)),
            ("up since", ValueText.time(bot.upSince)), ("version", version),
            ("region", "\(bot.region), \(bot.provider)"),
            ("addresses", [bot.ipv4, bot.ipv6].filter { !$0.isEmpty }.joined(separator: "  ")),
            ("key", row.key.map { "\($0.label) (\($0.exchange))" }),
            (
                "not traded there",
                row.unknownSymbols.isEmpty ? nil : row.unknownSymbols.joined(separator: ", ")
            ),
            ("equity", ValueText.money(row.equity).map { $0 + sight.mark }),
            ("unrealised", ValueText.profit(row.unrealised).map { $0 + sight.mark }),
            ("today", ValueText.profit(row.pnlToday).map { $0 + sight.mark }),
            ("realised today", ValueText.profit(row.realisedToday)),
            (TradeRecord.periodWords, record),
            ("max drawdown", ValueText.percent(dossier.maxDrawdown)),
        ]
        return [output.heading("\(row.label)  \(row.id)  \(badge)")] + Self.pairs(facts)
    }

    private var stateWords: String {
        let note = BotActions.note(row, now, isKnown: sight.knows(row))
        return "\(sight.state(of: row))" + (sight.knows(row) ? "  \(note)" : "")
    }

    private var record: String? {
        guard !dossier.withholds(.analyticsView) else { return nil }
        let record = dossier.record
        let rate = ValueText.percent(record.winRate) ?? "-"
        return "\(counted(record.trades, "trade")), \(rate) won, profit factor: "
            + "\(ValueText.ratio(record.profitFactor) ?? "-"), net "
            + (ValueText.profit(record.net) ?? "-")
    }

    private var templateLines: [String] {
        guard let breakdown = dossier.breakdown else {
            let name = DisplayText.clean(row.bot.templateName ?? "None.")
            let why = dossier.word(.templatesView, none: "")
            return [output.heading("TEMPLATE"), name] + [why].filter { !$0.isEmpty }
        }
        let template = breakdown.template
        let over = ValueText.score(template.threshold).dropFirst()
        var lines = [
            output.heading("TEMPLATE"),
            DisplayText.clean(template.name) + " version \(template.version), "
                + "\(template.timeframe.rawValue), \(template.mode.rawValue) over \(over)",
        ]
        if !template.summary.isEmpty { lines.append(DisplayText.clean(template.summary)) }
        lines += ComponentText.lines(
            breakdown.components, breakdown.decisions, held: dossier.heldSymbols)
        if breakdown.decisions.isEmpty { lines.append(dossier.undecided) }
        for decision in breakdown.decisions.map(\.decision) {
            lines.append(
                "\(DisplayText.clean(decision.symbol)): score \(ValueText.score(decision.score)) "
                    + "at \(decision.at.clockText)Z: \(DisplayText.clean(decision.verdict))")
        }
        return lines
    }

    private var limitLines: [String] {
        dossier.withholds(.riskView)
            ? [dossier.word(.riskView, none: "")] : RiskText.lines(dossier)
    }

    private var eventLines: [String] {
        let rows = dossier.eventRows.prefix(10).reversed()
        return rows.isEmpty ? ["None."] : rows.map(EventText.line)
    }

    /// Labels and values in two columns; absent values are left out.
    static func pairs(_ facts: [(String, String?)]) -> [String] {
        let shown = facts.compactMap { fact in
            fact.1.flatMap { $0.isEmpty ? nil : (fact.0, $0) }
        }
        let width = shown.map(\.0.count).max() ?? 0
        return shown.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count))  "
                + DisplayText.clean(value)
        }
    }
}

/// Components of a template with what each says.
enum ComponentText {
    /// - Parameter held: symbols that the bot holds; nil for a reader who may not know.
    static func lines(
        _ components: [ComponentRow], _ decisions: [DecisionRow], held: Set<String>? = nil
    ) -> [String] {
        var table = TextTable(
            [.text("component"), .text("role"), .number("weight"), .text("parameters")]
                + decisions.map { .text($0.decision.symbol) })
        for component in components {
            let parameters = component.parameters.map { "\($0.key) \($0.value)" }
            let weight =
                component.role == .signal
                ? Rate(nearest: component.weight).description : nil
            table.add(
                [
                    component.name, component.role.rawValue, weight,
                    parameters.joined(separator: ", "),
                ]
                    + decisions.map { words(of: component, $0, held) })
        }
        return table.lines
    }

    /// `allows long (13.95 %)`, `armed (2 % from entry)`: the words of the console.
    private static func words(
        of component: ComponentRow, _ decision: DecisionRow, _ held: Set<String>?
    ) -> String? {
        let reading = decision.reading(of: component)
        let words = decision.words(of: reading, component, held: held).answer
        guard !decision.isIdle(component, held) else { return words }
        return reading.map { "\(words) (\($0.value))" }
    }
}
