/// Positions, trades and orders as JSON.

import Store

extension PositionRow {
    public func json(now: Instant) -> JSON { fields(now: now).naming(currency) }

    private func fields(now: Instant) -> JSON {
        [
            "id": .id(id), "bot": .string(botLabel), "bot_id": .id(position.botID),
            "exchange": .string(exchange), "environment": .string(environment.rawValue),
            "symbol": .string(position.symbol), "side": .string(position.side.rawValue),
            "size": .decimal(position.quantity), "opened_size": .decimal(position.openedQuantity),
            "entry_price": .decimal(position.entryPrice), "mark": .decimal(mark?.price),
            "mark_at": .time(mark?.at), "notional": .decimal(notional),
            "unrealised_pnl": .decimal(unrealised), "realised_pnl": .decimal(position.realised),
            "fees": .decimal(position.fees), "funding": .decimal(position.funding),
            "leverage": .int(position.leverage), "margin": .decimal(position.margin),
            "margin_mode": "isolated", "liquidation_price": .decimal(position.liquidation),
            "opened_at": .time(position.openedAt), "age_ms": .span(age(now: now)),
            "exit_rules_armed": .list(exitRules) { .string($0) },
            "exit_reason": .optional(position.exitReason), "source": "bot",
            "signal_state_at_entry": signals(position.entrySignals),
            "entry_score": .double(position.entryScore), "template": .string(position.templateName),
            "template_version": .int(position.templateVersion),
            "limits_version": .int(position.limitsVersion),
        ]
    }
}

extension PositionsBoard {
    /// An array of positions.
    public var json: JSON { .list(rows) { $0.json(now: now) } }
}

extension TradeRow {
    /// `mfe`, `mae` and slippage are shares of a price: 0.0125 is 1.25 %.
    public var json: JSON { fields.naming(trade.currency) }

    private var fields: JSON {
        [
            "id": .id(trade.id), "bot": .string(botLabel), "bot_id": .id(trade.botID),
            "position": .id(trade.positionID), "exchange": .string(exchange),
            "environment": .string(environment.rawValue), "symbol": .string(trade.symbol),
            "side": .string(trade.side.rawValue), "size": .decimal(trade.quantity),
            "entry_price": .decimal(trade.entryPrice), "exit_price": .decimal(trade.exitPrice),
            "opened_at": .time(trade.openedAt), "closed_at": .time(trade.closedAt),
            "hold_duration_ms": .span(held), "realised_pnl_gross": .decimal(trade.gross),
            "fees": .decimal(trade.fees), "funding": .decimal(trade.funding),
            "realised_pnl_net": .decimal(trade.net), "exit_reason": .string(trade.exitReason),
            "mfe": .decimal(trade.mfe), "mae": .decimal(trade.mae),
            "slippage_in": .decimal(trade.slippageIn), "slippage_out": .decimal(trade.slippageOut),
            "leverage": .int(trade.leverage), "entry_score": .double(trade.entryScore),
            "signal_state_at_entry": signals(trade.entrySignals),
            "template": .string(trade.templateName),
            "template_version": .int(trade.templateVersion),
            "limits_version": .int(trade.limitsVersion),
        ]
    }
}

extension TradesBoard {
    /// An array of trades, newest first.
    public var json: JSON { .list(rows) { $0.json } }
}

extension OrderRow {
    public var json: JSON {
        [
            "id": .id(order.id), "bot": .string(botLabel), "bot_id": .id(order.botID),
            "exchange": .string(exchange), "environment": .string(environment.rawValue),
            "client_order_id": .string(order.clientOrderID), "symbol": .string(order.symbol),
            "side": .string(order.side.rawValue), "kind": .string(order.kind.rawValue),
            "size": .decimal(order.quantity), "filled": .decimal(order.filled),
            "limit_price": .decimal(order.limitPrice),
            "average_price": .decimal(order.averagePrice),
            "decision_price": .decimal(order.decisionPrice),
            "reduce_only": .bool(order.reduceOnly), "purpose": .string(order.purpose.rawValue),
            "status": .string(order.status.rawValue), "reason": .string(order.reason),
            "leverage": .int(order.leverage), "position": .id(order.positionID),
            "command": .id(order.commandID), "created_at": .time(order.createdAt),
            "done_at": .time(order.doneAt), "reject_reason": .optional(order.rejectReason),
        ]
    }
}

extension OrdersBoard {
    /// An array of orders, newest first.
    public var json: JSON { .list(rows) { $0.json } }
}

/// The signal state at entry as readings; as plain text where it is in no known form.
private func signals(_ text: String) -> JSON {
    if text.isEmpty { return .null }
    return ComponentReading.list(text: text).map { .list($0) { $0.json } } ?? .string(text)
}
