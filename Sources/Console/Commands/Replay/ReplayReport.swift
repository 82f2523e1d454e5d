/// What a replay prints.

import Core
import Store

struct ReplayReport {
    private let result: ReplayResult
    private let milliseconds: Int64

    init(_ result: ReplayResult, milliseconds: Int64) {
        self.result = result
        self.milliseconds = milliseconds
    }

    private var barsPerSecond: Int64 { Int64(result.bars) * 1000 / milliseconds }

    var json: JSON {
        [
            "bars": .int(result.bars),
            "elapsed_s": .number(Rate(raw: milliseconds * 100_000).description),
            "bars_per_s": .int(barsPerSecond), "trades": .array(result.trades.map(Self.row)),
            "equity": .array(
                result.equity.map { point in
                    [
                        "at": .string(point.at.description),
                        "equity": .string(point.equity.description),
                    ]
                }),
            "kpi": kpi, "open": .list(result.open, Self.row),
            "blocked": .object(
                result.blocked.map { JSON.Member($0.what, .int($0.count)) }),
            "latched_at": .time(result.latchedAt),
            "pause_cause": .optional(result.pauseCause?.rawValue),
            "paused_at": .time(result.pausedAt),
        ]
    }

    private static func row(_ open: OpenPosition) -> JSON {
        let position = open.position
        return [
            "symbol": .string(position.symbol), "side": .string(position.side.rawValue),
            "size": .string(position.quantity.description),
            "entry_price": .string(position.entryPrice.description),
            "mark": .string(open.mark.description),
            "unrealised_pnl": .string(open.unrealised.description),
            "leverage": .int(position.leverage),
            "liquidation_price": .optional(position.liquidation?.description),
            "fees": .string(position.fees.description),
            "funding": .string(position.funding.description),
            "opened_at": .time(position.openedAt),
        ]
    }

    private static func row(_ trade: Trade) -> JSON {
        TradeRow(trade: trade, botLabel: "replay", exchange: "recorded", environment: .paper).json
    }

    private var kpi: JSON {
        let figures = result.performance
        return [
            "trades": .int(figures.trades), "wins": .int(figures.wins),
            "net": .string(figures.net.description),
            "win_rate": .optional(figures.winRate?.description),
            "profit_factor": .optional(figures.profitFactor?.text(decimals: 4)),
            "expectancy": .optional(figures.expectancy?.description),
            "fees": .string(figures.fees.description),
            "funding": .string(figures.funding.description),
            "max_drawdown": .string(result.drawdown.deepest.description),
            "final_equity": .string(result.finalEquity.description),
        ]
    }

    var lines: [String] {
        let figures = result.performance
        let rate = figures.winRate.map { "\($0.percentText) %" } ?? "–"
        var lines = [
            "\(counted(result.bars, "bar")) in \(milliseconds) ms (\(barsPerSecond) bars/s)",
            "\(counted(figures.trades, "trade")), \(figures.wins) won (\(rate)), net "
                + "\(figures.net.text(decimals: 2)), fees \(figures.fees.text(decimals: 2)), "
                + "funding \(figures.funding.text(decimals: 2))",
            "equity \(result.finalEquity.text(decimals: 2)), deepest drawdown "
                + "\(result.drawdown.deepest.percentText) %",
        ]
        lines += result.open.map(Self.line)
        if let latched = result.latchedAt {
            lines.append("the daily loss limit latched at \(latched): no entries from there on")
        }
        if let cause = result.pauseCause, cause != .killSwitch {
            let at = result.pausedAt.map { " at \($0)" } ?? ""
            lines.append(
                "paused\(at) (\(cause.title)) until a person resumes it: no entries from there on")
        }
        if !result.blocked.isEmpty {
            let counts = result.blocked.map { "\(DisplayText.clean($0.what)) \($0.count)" }
            lines.append("first in the way of an entry: \(counts.joined(separator: ", "))")
        }
        if !result.trades.isEmpty { lines += [""] + table.lines }
        return lines
    }

    private static func line(_ open: OpenPosition) -> String {
        let position = open.position
        return "still open: \(position.side.rawValue) \(position.quantity) "
            + "\(DisplayText.clean(position.symbol)) from \(position.entryPrice) at "
            + "\(position.openedAt), mark \(open.mark), unrealised "
            + "\(open.unrealised.text(decimals: 2)), "
            + "fees \(position.fees.text(decimals: 2)), "
            + "funding \(position.funding.text(decimals: 2))"
    }

    private var table: TextTable {
        var table = TextTable([
            .text("opened"), .text("symbol"), .text("side"), .number("entry"), .number("exit"),
            .number("net"), .text("reason"),
        ])
        for trade in result.trades {
            table.add([
                trade.openedAt.description, trade.symbol, trade.side.rawValue,
                trade.entryPrice.description, trade.exitPrice.description,
                trade.net.text(decimals: 2), trade.exitReason,
            ])
        }
        return table
    }
}
