/// `analytics`: what the trades amount to, where and when, and how well they were executed.

import Core
import Store

enum AnalyticsActions {
    static let actions: [String: CommandAction] = ["analytics": analytics]

    @Sendable static func analytics(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let since = try context.call.instant(.since, now: try context.clock())
        let bot = try context.botOption()
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.analytics(of: bot?.id, since: since)
        }
        try context.told(json: board.json) {
            AnalyticsText(board: board, output: context.output).lines
        }
        return .done
    }
}

/// The report as text.
struct AnalyticsText {
    let board: AnalyticsBoard
    let output: Output

    var lines: [String] {
        let period =
            "\(DisplayText.clean(board.botLabel ?? "fleet")), since "
            + "\(ValueText.time(board.since) ?? "-") until \(ValueText.time(board.now) ?? "-")"
        guard !board.sections.isEmpty else { return [period, "No bot has a key."] }
        return [period] + board.sections.flatMap(lines)
    }

    private func lines(_ section: AnalyticsSection) -> [String] {
        let count = counted(section.bots, "bot")
        var lines = ["", output.heading("\(section.title)  \(count)")]
        lines += DossierText.pairs(figures(section))
        guard section.performance.trades > 0 else { return lines + ["No trades closed."] }
        lines += [""] + output.table(table("symbol", section.symbols), none: "")
        lines += [""] + output.table(table("exit reason", section.exitReasons), none: "")
        let signals = section.signals.map {
            TradeGroup(name: "\($0.signal) \($0.stood)", performance: $0.performance)
        }
        lines +=
            [""]
            + output.table(
                table("signal at entry", signals), none: "No entry has its signals on record.")
        return lines + ["", output.heading("CLOSED BY HOUR (UTC); + gained on average, - lost")]
            + heatmap(section.heatmap)
    }

    private func figures(_ section: AnalyticsSection) -> [(String, String?)] {
        let figures = section.performance
        let points = section.curve.points
        let drawdown = section.curve.drawdown
        let execution = section.execution
        var now = ValueText.percent(drawdown.current) ?? "-"
        if !drawdown.current.isZero { now += " since \(ValueText.time(drawdown.since) ?? "-")" }
        var deepest = ValueText.percent(drawdown.deepest) ?? "-"
        if let at = drawdown.deepestAt { deepest += " at \(ValueText.time(at) ?? "-")" }
        return [
            ("net", ValueText.profit(figures.net)),
            ("trades", "\(figures.trades), \(ValueText.percent(figures.winRate) ?? "-") won"),
            ("profit factor", ValueText.ratio(figures.profitFactor)),
            ("expectancy", ValueText.profit(figures.expectancy)),
            ("fees", ValueText.money(figures.fees)), ("funding", ValueText.money(figures.funding)),
            (
                "equity",
                points.first.map { first in
                    "\(ValueText.money(first.equity) ?? "-") to "
                        + "\(ValueText.money(points.last?.equity) ?? "-")"
                }
            ),
            ("drawdown now", now), ("max drawdown", deepest),
            ("in position", ValueText.percent(section.exposure)),
            ("slippage in", Self.points(execution.slippageIn)),
            ("slippage out", Self.points(execution.slippageOut)),
            ("time to fill", Self.seconds(execution.fillSeconds)),
        ]
    }

    private static func points(_ values: Distribution<Rate>) -> String? {
        guard let mean = values.mean, let p95 = values.p95 else { return nil }
        return "mean \((mean * 10_000).text(decimals: 2)) bps, 95 % up to "
            + "\((p95 * 10_000).text(decimals: 2)) bps"
    }

    private static func seconds(_ values: Distribution<Rate>) -> String? {
        guard let mean = values.mean, let p95 = values.p95 else { return nil }
        return "mean \(mean.text(decimals: 2)) s, 95 % within \(p95.text(decimals: 2)) s"
    }

    private func table(_ title: String, _ groups: [TradeGroup]) -> TextTable {
        var table = TextTable([
            .text(title), .number("trades"), .number("won"), .number("net"), .number("mean"),
            .number("factor"),
        ])
        for group in groups {
            let figures = group.performance
            table.add([
                group.name, String(figures.trades), ValueText.percent(figures.winRate),
                ValueText.profit(figures.net), ValueText.profit(figures.expectancy),
                ValueText.ratio(figures.profitFactor),
            ])
        }
        return table
    }

    /// Days down, hours across; a cell counts the trades and tells the sign of their mean.
    private func heatmap(_ map: TradeHeatmap) -> [String] {
        let hours = (0..<24).map { cell(String($0)) }.joined()
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return ["   " + hours]
            + days.enumerated().map { weekday, name in
                name
                    + (0..<24).map { hour in
                        let found = map.cell(weekday: weekday, hour: hour)
                        guard let mean = found.mean else { return cell("") }
                        let sign = mean.isPositive ? "+" : mean.isNegative ? "-" : " "
                        return cell("\(found.trades)\(sign)")
                    }.joined()
            }
    }

    /// Four cells wide, to the right; a dot where nothing is.
    private func cell(_ text: String) -> String {
        let shown = text.isEmpty ? "." : text
        return String(repeating: " ", count: max(0, 4 - shown.count)) + shown
    }
}
