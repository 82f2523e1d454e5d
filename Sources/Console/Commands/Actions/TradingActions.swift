/// Commands that show positions, orders and trades.

import Core
import Store

enum TradingActions {
    static let actions: [String: CommandAction] = [
        "positions": positions, "orders": orders, "trades": trades,
    ]

    @Sendable static func positions(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let bot = try context.botOption()
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in try reader.positions(of: bot?.id) }
        let sight = try context.sight()
        try context.told(json: board.json) {
            PositionText.lines(board.rows, board.now, sight, none: "No open positions.")
                + board.figures.map { PositionText.sums($0, sight) }
        }
        return .done
    }

    @Sendable static func orders(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let limit = try context.call.rowLimit()
        let since = try context.call.instant(.since, now: try context.clock())
        let bot = try context.botOption()
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.orders(of: bot?.id, since: since, limit: limit)
        }
        try context.told(json: board.json) {
            context.output.table(orderTable(board.rows), none: "No orders.")
        }
        return .done
    }

    @Sendable static func trades(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let limit = try context.call.rowLimit(atMost: 1_000_000)
        let since = try context.call.instant(.since, now: try context.clock())
        let bot = try context.botOption()
        let reader = try context.reader()
        let board = try answered { () throws(BoardError) in
            try reader.trades(of: bot?.id, since: since, limit: limit)
        }
        try context.told(json: board.json) {
            context.output.table(tradeTable(board.rows), none: "No trades.")
                + board.records.map(recordLine)
        }
        return .done
    }

    private static func orderTable(_ rows: [OrderRow]) -> TextTable {
        var table = TextTable([
            .text("created"), .text("id"), .text("bot"), .text("net"), .text("symbol"),
            .text("side"), .text("kind"), .number("size"), .number("filled"), .number("price"),
            .text("status"), .text("purpose"), .text("reason"),
        ])
        for row in rows {
            let order = row.order
            table.add([
                ValueText.time(order.createdAt), order.id.description, row.botLabel,
                row.environment.badge, order.symbol, order.side.rawValue, order.kind.rawValue,
                ValueText.size(order.quantity, row.grid), ValueText.size(order.filled, row.grid),
                ValueText.price(order.averagePrice ?? order.limitPrice, row.grid),
                order.status.rawValue,
                order.purpose.rawValue, order.rejectReason ?? order.reason,
            ])
        }
        return table
    }

    private static func tradeTable(_ rows: [TradeRow]) -> TextTable {
        var table = TextTable([
            .text("closed"), .text("id"), .text("bot"), .text("net"), .text("symbol"),
            .text("side"), .number("size"), .number("entry"), .number("exit"), .number("held"),
            .number("P&L net"), .number("fees"), .text("exit reason"),
        ])
        for row in rows {
            let trade = row.trade
            table.add([
                ValueText.time(trade.closedAt), trade.id.description, row.botLabel,
                row.environment.badge, trade.symbol, trade.side.rawValue,
                ValueText.size(trade.quantity, row.grid),
                ValueText.price(trade.entryPrice, row.grid),
                ValueText.price(trade.exitPrice, row.grid), row.held.ageText,
                ValueText.profit(trade.net),
                ValueText.money(trade.fees), trade.exitReason,
            ])
        }
        return table
    }

    private static func recordLine(
        _ environment: TradingEnvironment, _ record: TradeRecord
    ) -> String {
        "\(environment.badge): \(counted(record.trades, "trade")), "
            + "\(ValueText.percent(record.winRate) ?? "-") won, profit factor: "
            + "\(ValueText.ratio(record.profitFactor) ?? "-"), net "
            + (ValueText.profit(record.net) ?? "-")
    }
}

/// Open positions as text.
enum PositionText {
    static func lines(
        _ rows: [PositionRow], _ now: Instant, _ sight: FleetSight, none: String
    ) -> [String] {
        guard !rows.isEmpty else { return [none] }
        var table = TextTable([
            .text("position"), .text("bot"), .text("net"), .text("symbol"), .text("side"),
            .number("size"), .number("entry"), .number("mark"), .number("uPnL"), .number("lev"),
            .number("liq"), .number("age"), .text("exits"),
        ])
        for row in rows {
            let position = row.position
            table.add([
                row.id.description, row.botLabel, row.environment.badge, position.symbol,
                position.side.rawValue, ValueText.size(position.quantity, row.grid),
                ValueText.price(position.entryPrice, row.grid),
                ValueText.price(row.mark?.price, row.grid).map {
                    $0 + (row.isStale(now: now) ? "?" : sight.mark)
                },
                ValueText.profit(row.unrealised).map { $0 + sight.mark },
                "\(position.leverage)x",
                ValueText.price(position.liquidation, row.grid),
                sight.age(of: position.openedAt, now),
                row.exitWords,
            ])
        }
        return table.lines
    }

    /// One line an environment: paper, testnet and live are summed apart.
    static func sums(_ figures: FleetFigures, _ sight: FleetSight) -> String {
        "\(figures.title) \(figures.openPositions) open  "
            + "long \(ValueText.money(figures.longNotional) ?? "-")\(sight.mark)  "
            + "short \(ValueText.money(figures.shortNotional) ?? "-")\(sight.mark)  "
            + "net \(ValueText.profit(figures.netNotional) ?? "-")\(sight.mark)  "
            + "uPnL \(ValueText.profit(figures.unrealised) ?? "-")\(sight.mark)"
    }
}
