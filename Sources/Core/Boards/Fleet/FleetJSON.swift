/// The fleet as JSON. **Source** <doc:CommandLine#Bots-and-status>.

import Store

extension BotRow {
    public func json(now: Instant) -> JSON {
        let fields = fields(now: now).naming(currency)
        if unknownSymbols.isEmpty { return fields }
        return fields.with("unknown_symbols", .list(unknownSymbols) { .string($0) })
    }

    private func fields(now: Instant) -> JSON {
        [
            "id": .id(id), "label": .string(label), "state": .string(state.rawValue),
            "paused": .bool(bot.isPaused), "armed": .bool(bot.isArmed),
            "heartbeat_at": .time(bot.heartbeatAt), "up_since": .time(bot.upSince),
            "key": .optional(key?.label), "exchange": .optional(key?.exchange),
            "environment": .optional(key?.environment.rawValue),
            "testnet": .bool(key?.environment == .testnet),
            "template": .optional(bot.templateName), "region": .string(bot.region),
            "provider": .string(bot.provider), "version": .string(bot.version),
            "update_available": .bool(isUpdateAvailable),
            "ipv4": .optional(bot.ipv4.isEmpty ? nil : bot.ipv4),
            "ipv6": .optional(bot.ipv6.isEmpty ? nil : bot.ipv6),
            "open_positions": openPositions.map { .int($0) } ?? .null,
            "unrealised_pnl": .decimal(unrealised),
            "realised_pnl_today": .decimal(realisedToday), "pnl_today": .decimal(pnlToday),
            "equity": .decimal(equity),
            "clocks": clocks.json, "late_clock": .optional(lateClock(now: now)?.rawValue),
            "template_version": bot.templateVersion.map { .int($0) } ?? .null,
            "available_version": .optional(bot.availableVersion),
            "pause_cause": .optional(bot.pauseCause?.rawValue),
            "kill_switch_latched_at": .time(bot.killLatchedAt), "resume_at": .time(bot.resumeAt),
            "missing": .optional(bot.missing), "error": .optional(bot.errorText),
            "created_at": .time(bot.createdAt), "job": job(now: now)?.json ?? .null,
            "restart_ready_at": .time(restartReady(now: now)),
            "provisioned_since": .time(instance?.since), "wake_at": .time(instance?.wakeAt),
            "config": link?.json ?? .null,
            "sessions": sessionsFlaw == nil ? .list(sessions) { $0.json } : .null,
            "sessions_error": .optional(sessionsFlaw), "sessions_source": .string(sessionSource),
        ]
    }
}

extension BotLink {
    /// What the backend wants and what the bot runs. The end of an outage is nobody's to know.
    public var json: JSON {
        [
            "wanted": .int(wanted), "running": running.map { .int($0) } ?? .null,
            "changed_at": .time(changedAt), "applied_at": .time(appliedAt),
            "link_lost_at": .time(lostAt), "commands_waiting": .int(queued),
        ]
    }
}

extension BotClocks {
    public var json: JSON {
        [
            "heartbeat_at": .time(heartbeatAt), "evaluated_at": .time(evaluatedAt),
            "exchange_ack_at": .time(exchangeAckAt), "reconciled_at": .time(reconciledAt),
        ]
    }
}

extension FleetBoard {
    /// An array of bots.
    public var json: JSON { .list(rows) { $0.json(now: now) } }

    /// `{"online":3,…}`: all nine states.
    public var countsJSON: JSON {
        .object(counts.map { JSON.Member($0.state.rawValue, .int($0.count)) })
    }

    /// The figures of the environment with most at stake, and every environment apart under
    /// `by_environment`: paper, testnet and live are never summed together.
    public var figuresJSON: JSON {
        guard withheld.isEmpty else { return .null }
        let first = figures.first ?? FleetFigures(environment: .paper)
        guard case .object(let members) = first.json else { return .null }
        let apart = EnvironmentOrder.all.compactMap { environment -> JSON.Member? in
            let own = figures.filter { $0.environment == environment }
            guard let first = own.first else { return nil }
            let json = own.count > 1 ? first.json(among: own) : first.json
            return JSON.Member(environment.rawValue, json)
        }
        return .object(members + [JSON.Member("by_environment", .object(apart))])
    }
}

extension FleetFigures {
    public var json: JSON {
        namesCurrency ? fields.with("currency", .string(currency.code)) : fields
    }

    /// With every currency of its environment apart.
    fileprivate func json(among all: [FleetFigures]) -> JSON {
        let apart = all.map { JSON.Member($0.currency.code, $0.json) }
        return json.with("by_currency", .object(apart))
    }

    private var fields: JSON {
        [
            "environment": .string(environment.rawValue), "bots": .int(bots),
            "equity": .decimal(equity), "pnl_today": .decimal(pnlToday),
            "realised_pnl_today": .decimal(realisedToday), "unrealised_pnl": .decimal(unrealised),
            "win_rate": .decimal(record.winRate), "profit_factor": .decimal(record.profitFactor),
            "pnl_30d": .decimal(record.net), "trades_30d": .int(record.trades),
            "open_positions": .int(openPositions), "gross_notional": .decimal(grossNotional),
            "net_notional": .decimal(netNotional), "long_notional": .decimal(longNotional),
            "short_notional": .decimal(shortNotional), "incomplete": .bool(isIncomplete),
        ]
    }
}

extension TradeRecord {
    public var json: JSON {
        [
            "trades": .int(trades), "wins": .int(wins), "win_rate": .decimal(winRate),
            "gross_profit": .decimal(grossProfit), "gross_loss": .decimal(grossLoss),
            "profit_factor": .decimal(profitFactor), "net_pnl": .decimal(net),
        ]
    }
}

extension StatusBoard {
    public var json: JSON {
        [
            "engine": engine.json, "bots": fleet.countsJSON, "kpi": fleet.figuresJSON,
            "alerts": fleet.showsAlerts ? .list(alerts) { $0.json } : .null,
            "open_tickets": openTickets.map { .int($0) } ?? .null,
            "workspace": .optional(fleet.workspace?.name), "clock": .time(fleet.now),
            "billing_alarm": fleet.billingAlarm.map { .int($0) } ?? .null,
            "halt": fleet.halt?.json ?? .null, "rollout": fleet.rollout?.json ?? .null,
        ]
    }
}

extension EngineStatus {
    public var json: JSON {
        [
            "running": .bool(isRunning), "pid": pid.map { .int($0) } ?? .null,
            "host": .optional(host), "since": .time(since), "lag_ms": .span(lag),
            "starting": .optional(starting),
            "epoch": epoch.map { .int($0) } ?? .null, "build": .optional(build),
        ]
    }
}

extension Deployment {
    public var json: JSON {
        [
            "provider": .string(provider), "region": .string(region), "ipv4": .string(ipv4),
            "ipv6": .string(ipv6), "started_at": .time(startedAt), "ended_at": .time(endedAt),
        ]
    }
}
