/// Reading and adding versions of the risk limits.

extension RiskLimitsVersion: Stored {
    static let table = RecordTable(
        "risk_limits", key: ["bot_id", "version"],
        columns: [
            "bot_id", "version", "set_at", "set_by", "max_positions_per_asset",
            "max_positions_total", "max_loss_per_trade", "daily_loss", "daily_loss_flattens",
            "consecutive_losses", "consecutive_loss_cooldown_minutes", "max_leverage",
            "max_slippage", "api_errors",
        ])

    func put(into row: Statement) {
        row.put(botID)
        row.put(version)
        row.put(setAt)
        row.put(setBy)
        row.put(limits.maxPositionsPerAsset)
        row.put(limits.maxPositionsTotal)
        row.put(limits.maxLossPerTrade)
        row.put(limits.dailyLoss)
        row.put(limits.dailyLossFlattens)
        row.put(limits.consecutiveLosses)
        row.put(limits.consecutiveLossCooldownMinutes)
        row.put(limits.maxLeverage)
        row.put(limits.maxSlippage)
        row.put(limits.apiErrors)
    }

    init(from row: Statement) throws(StoreError) {
        let botID: ID<Bot> = try row.take()
        let version: Int = try row.take()
        let setAt: Instant = try row.take()
        let setBy: String = try row.take()
        let limits = try RiskLimits(
            maxPositionsPerAsset: row.take(), maxPositionsTotal: row.take(),
            maxLossPerTrade: row.take(), dailyLoss: row.take(), dailyLossFlattens: row.take(),
            consecutiveLosses: row.take(), consecutiveLossCooldownMinutes: row.take(),
            maxLeverage: row.take(), maxSlippage: row.take(), apiErrors: row.take())
        self.init(botID: botID, version: version, setAt: setAt, setBy: setBy, limits: limits)
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
