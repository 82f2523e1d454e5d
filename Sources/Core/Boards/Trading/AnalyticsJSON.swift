/// Analytics as JSON.

import Store

extension AnalyticsBoard {
    /// Rates are shares: 0.05 is 5 %; slippage is in basis points.
    public var json: JSON {
        [
            "bot": .optional(botLabel), "since": .time(since), "until": .time(now),
            "environments": .list(sections) { $0.json },
        ]
    }
}

extension AnalyticsSection {
    public var json: JSON { fields.naming(currency) }

    private var fields: JSON {
        [
            "environment": .string(environment.rawValue), "bots": .int(bots),
            "performance": performance.json, "exposure": .decimal(exposure),
            "drawdown": curve.drawdown.json,
            "equity": .list(curve.points) { ["at": .time($0.at), "equity": .decimal($0.equity)] },
            "heatmap": heatmap.json, "symbols": .list(symbols) { $0.json("symbol") },
            "exit_reasons": .list(exitReasons) { $0.json("exit_reason") },
            "signals": .list(signals) { $0.json }, "execution": execution.json,
        ]
    }
}

extension Performance {
    /// The figures of a list of trades.
    public var json: JSON {
        [
            "trades": .int(trades), "wins": .int(wins), "net": .decimal(net),
            "win_rate": .decimal(winRate), "profit_factor": .decimal(profitFactor),
            "expectancy": .decimal(expectancy), "gross_profit": .decimal(grossProfit),
            "gross_loss": .decimal(grossLoss), "fees": .decimal(fees),
            "funding": .decimal(funding),
        ]
    }
}

extension DrawdownReport {
    public var json: JSON {
        [
            "current": .decimal(current), "since": current.isZero ? .null : .time(since),
            "max": .decimal(deepest), "max_from": .time(deepestFrom), "max_at": .time(deepestAt),
        ]
    }
}

extension TradeHeatmap {
    /// Only cells with trades; weekday 0 is Monday.
    public var json: JSON {
        let filled = cells.indices.filter { cells[$0].trades > 0 }
        return .list(filled) { place in
            [
                "weekday": .int(place / 24), "hour": .int(place % 24),
                "trades": .int(cells[place].trades), "mean_pnl": .decimal(cells[place].mean),
            ]
        }
    }
}

extension TradeGroup {
    /// The figures beside the name, under a key of its own.
    public func json(_ key: String) -> JSON {
        [key: .string(name), "performance": performance.json]
    }
}

extension SignalGroup {
    public var json: JSON {
        [
            "signal": .string(signal), "stood": .string(stood), "performance": performance.json,
        ]
    }
}

extension ExecutionQuality {
    public var json: JSON {
        [
            "slippage_in_bps": Self.json(slippageIn, times: 10_000),
            "slippage_out_bps": Self.json(slippageOut, times: 10_000),
            "fill_s": Self.json(fillSeconds, times: 1),
        ]
    }

    private static func json(_ values: Distribution<Rate>, times factor: Int64) -> JSON {
        [
            "count": .int(values.count), "mean": .decimal(values.mean.map { $0 * factor }),
            "p95": .decimal(values.p95.map { $0 * factor }),
        ]
    }
}
