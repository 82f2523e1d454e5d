/// One bot whole as JSON. **Source** <doc:CommandLine#One-bot>.

import Store

extension BotDossier {
    /// The fields of `bots`, and what belongs to this bot.
    public var json: JSON {
        guard case .object(let members) = row.json(now: now) else { return .null }
        return .object(
            members + [
                JSON.Member("positions", part(.positionsView, positionsJSON)),
                JSON.Member("open_orders", part(.positionsView, .list(orderRows) { $0.json })),
                JSON.Member("limits", part(.riskView, limitsJSON)),
                JSON.Member("headroom", part(.riskView, headroomJSON)),
                JSON.Member("limits_version", part(.riskView, .int(row.bot.limitsVersion))),
                JSON.Member("template_breakdown", breakdown?.json ?? .null),
                JSON.Member("record_30d", part(.analyticsView, record.json)),
                JSON.Member("max_drawdown_30d", .decimal(maxDrawdown)),
                JSON.Member("events", .list(eventRows) { $0.json }),
                JSON.Member("commands", part(.orgView, commandsJSON)),
                JSON.Member("equity_series", part(.analyticsView, equityJSON)),
                JSON.Member("withheld", .list(withheld) { .string($0.rawValue) }),
            ])
    }

    /// Null for what the reader may not see: an empty list would say that there is nothing.
    private func part(_ permission: Permission, _ json: JSON) -> JSON {
        withholds(permission) ? .null : json
    }

    private var positionsJSON: JSON { .list(positions) { $0.json(now: now) } }

    private var commandsJSON: JSON {
        .list(commands) { CommandRow(record: $0, botLabel: row.label).json }
    }

    private var equityJSON: JSON {
        .list(equity) { ["at": .time($0.at), "equity": .decimal($0.equity)] }
    }

    /// `{"limits":{…},"headroom":{…}}`.
    public var riskJSON: JSON {
        [
            "bot": .string(row.label), "limits": limitsJSON, "headroom": headroomJSON,
            "version": .int(row.bot.limitsVersion), "set_by": .optional(limitsVersion?.setBy),
            "set_at": .time(limitsVersion?.setAt),
            "open_positions": row.openPositions.map { .int($0) } ?? .null,
        ]
    }

    private var orderRows: [OrderRow] {
        openOrders.map { order in
            OrderRow(
                order: order, botLabel: row.label, exchange: row.key?.exchange ?? "",
                environment: row.environment)
        }
    }

    private var limitsJSON: JSON {
        .object(
            RiskLimitName.allCases.map { name in
                JSON.Member(name.rawValue, .limit(name.value(in: limits)))
            })
    }

    private var headroomJSON: JSON {
        .object(headroom.map { JSON.Member($0.name.rawValue, $0.json) })
    }
}

extension LimitHeadroom {
    /// `used` and `limit` in the limit's own unit; `used_pct` is the share that is used.
    public var json: JSON {
        [
            "used": .limit(used), "limit": .limit(limit),
            "used_pct": share.map { .string($0.percentText) } ?? .null,
            "unit": .string(name.unit), "category": .string(name.category.rawValue),
            "custom": .bool(isCustom), "reached": .bool(isReached),
        ]
    }
}

extension TemplateBreakdown {
    public var json: JSON {
        guard case .object(let members) = template.json else { return .null }
        return .object(members + [JSON.Member("decisions", .list(decisions) { $0.json })])
    }
}

extension Template {
    public var json: JSON {
        [
            "name": .string(name), "kind": .string(kind.rawValue), "version": .int(version),
            "description": .string(summary), "timeframe": .string(timeframe.rawValue),
            "mode": .string(mode.rawValue), "threshold": .double(threshold),
            "direction": .string(direction.rawValue), "leverage": .int(leverage),
            "components": .list(TemplateBreakdown(self, decisions: []).components) { $0.json },
            "sessions": .list(sessions) { $0.json },
        ]
    }
}

extension SessionWindow {
    public var json: JSON {
        [
            "name": .string(name), "days": .list(days.sorted()) { .int($0 + 1) },
            "start_min": .int(start), "end_min": .int(end), "zone": .string(zone),
        ]
    }
}

extension ComponentRow {
    public var json: JSON {
        [
            "name": .string(name), "role": .string(role.rawValue),
            "category": .optional(category), "weight": .double(weight),
            "parameters": .object(parameters.map { JSON.Member($0.key, .string($0.value)) }),
            "description": .string(summary),
        ]
    }
}

extension DecisionRow {
    public var json: JSON {
        [
            "symbol": .string(decision.symbol), "at": .time(decision.at),
            "close": .decimal(decision.close), "score": .double(decision.score),
            "threshold": .double(decision.threshold), "side": .optional(decision.side?.rawValue),
            "verdict": .string(decision.verdict), "readings": .list(readings) { $0.json },
        ]
    }
}
