/// Reading and adding versions of the risk limits.

extension RiskLimitsVersion: Stored {
    static let table = RecordTable("risk_limits", of: RiskLimitsVersion.self)

    init(_ row: inout some ColumnVisitor<RiskLimitsVersion>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        version = try row("version", .key) { $0.version }
        setAt = try row("set_at") { $0.setAt }
        setBy = try row("set_by") { $0.setBy }
        limits = try RiskLimits(
            maxPositionsPerAsset: row("max_positions_per_asset") { $0.limits.maxPositionsPerAsset },
            maxPositionsTotal: row("max_positions_total") { $0.limits.maxPositionsTotal },
            maxLossPerTrade: row("max_loss_per_trade") { $0.limits.maxLossPerTrade },
            dailyLoss: row("daily_loss") { $0.limits.dailyLoss },
            dailyLossFlattens: row("daily_loss_flattens") { $0.limits.dailyLossFlattens },
            consecutiveLosses: row("consecutive_losses") { $0.limits.consecutiveLosses },
            consecutiveLossCooldownMinutes: row("consecutive_loss_cooldown_minutes") {
                $0.limits.consecutiveLossCooldownMinutes
            },
            maxLeverage: row("max_leverage") { $0.limits.maxLeverage },
            maxSlippage: row("max_slippage") { $0.limits.maxSlippage },
            apiErrors: row("api_errors") { $0.limits.apiErrors })
    }
}

private enum Queries {
    static let newest = RiskLimitsVersion.table.select(
        "WHERE bot_id = ?1 ORDER BY version DESC LIMIT 1")
    static let one = RiskLimitsVersion.table.select("WHERE bot_id = ?1 AND version = ?2")
    static let ofBot = RiskLimitsVersion.table.select("WHERE bot_id = ?1 ORDER BY version DESC")
    static let newestOfAll = RiskLimitsVersion.table.select(
        "WHERE version = (SELECT max(version) FROM risk_limits AS other",
        "WHERE other.bot_id = risk_limits.bot_id) ORDER BY bot_id")
}

extension Reading {
    /// The newest limits of a bot, or one version of them; nil while the defaults are in force.
    public func limits(
        of bot: ID<Bot>, version: Int? = nil
    ) throws(StoreError) -> RiskLimitsVersion? {
        try first(version == nil ? Queries.newest : Queries.one) { row in
            row.put(bot)
            if let version { row.put(version) }
        }
    }

    /// Every version of a bot's limits. **Order** newest first.
    public func limitsHistory(of bot: ID<Bot>) throws(StoreError) -> [RiskLimitsVersion] {
        try all(Queries.ofBot) { $0.put(bot) }
    }

    /// The newest limits of every bot that has any. **Order** by bot.
    public func limits() throws(StoreError) -> [RiskLimitsVersion] { try all(Queries.newestOfAll) }
}

extension Writing {
    /// Adds a version. **Throws** when a limit is out of its range or the version is there.
    public func insert(_ limits: RiskLimitsVersion) throws(StoreError) { try add(limits) }
}
