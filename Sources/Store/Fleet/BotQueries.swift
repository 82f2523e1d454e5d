/// Reading and saving bots.

extension Bot: Stored {
    static let table = RecordTable(
        "bots", key: ["id"],
        columns: [
            "id", "label", "phase", "is_paused", "pause_cause", "kill_latched_at", "resume_at",
            "key_id", "template_name", "template_version", "provider", "region", "version",
            "available_version", "ipv4", "ipv6", "created_at", "up_since", "heartbeat_at",
            "evaluated_at", "exchange_ack_at", "reconciled_at", "order_sequence",
            "consecutive_losses", "day_start", "day_start_equity", "limits_version", "error_text",
            "sessions", "paused_by", "evaluating_since",
        ])

    func put(into row: Statement) {
        row.put(id)
        row.put(label)
        row.put(phase)
        row.put(isPaused)
        row.put(pauseCause)
        row.put(killLatchedAt)
        row.put(resumeAt)
        row.put(keyID)
        row.put(templateName)
        row.put(templateVersion)
        row.put(provider)
        row.put(region)
        row.put(version)
        row.put(availableVersion)
        row.put(ipv4)
        row.put(ipv6)
        row.put(createdAt)
        row.put(upSince)
        row.put(heartbeatAt)
        row.put(evaluatedAt)
        row.put(exchangeAckAt)
        row.put(reconciledAt)
        row.put(orderSequence)
        row.put(consecutiveLosses)
        row.put(dayStart)
        row.put(dayStartEquity)
        row.put(limitsVersion)
        row.put(errorText)
        row.put(sessions)
        row.put(pausedBy)
        row.put(evaluatingSince)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), label: row.take(), phase: row.take(), isPaused: row.take(),
            pauseCause: row.take(), killLatchedAt: row.take(), resumeAt: row.take(),
            keyID: row.take(), templateName: row.take(), templateVersion: row.take(),
            provider: row.take(), region: row.take(), version: row.take(),
            availableVersion: row.take(), ipv4: row.take(), ipv6: row.take(),
            createdAt: row.take(), upSince: row.take(), heartbeatAt: row.take(),
            evaluatedAt: row.take(), exchangeAckAt: row.take(), reconciledAt: row.take(),
            orderSequence: row.take(), consecutiveLosses: row.take(), dayStart: row.take(),
            dayStartEquity: row.take(), limitsVersion: row.take(), errorText: row.take(),
            sessions: row.take(), pausedBy: row.take(), evaluatingSince: row.take())
    }
}

private enum Queries {
    static let all = Bot.table.select("ORDER BY id")
    static let byID = Bot.table.select("WHERE id = ?1")
    static let byKey = Bot.table.select("WHERE key_id = ?1")
    static let byTemplate = Bot.table.select("WHERE template_name = ?1 ORDER BY id")
    static let byIDText = Bot.table.select("WHERE 'bot-' || id = ?1")
    static let byLabel = Bot.table.select("WHERE label = ?1")
    static let byPrefix = Bot.table.select(
        "WHERE substr('bot-' || id, 1, length(?1)) = ?1 ORDER BY id")
    static let nextID = Query("SELECT coalesce(max(id), 0) + 1 FROM bots")
}

extension Reading {
    /// Every bot. **Order** by id.
    public func bots() throws(StoreError) -> [Bot] { try all(Queries.all) }

    public func bot(_ id: ID<Bot>) throws(StoreError) -> Bot? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// The bot that trades with a key.
    public func bot(holding key: ID<APIKey>) throws(StoreError) -> Bot? {
        try first(Queries.byKey) { $0.put(key) }
    }

    /// The bots that run any version of a template. **Order** by id.
    public func bots(running template: String) throws(StoreError) -> [Bot] {
        try all(Queries.byTemplate) { $0.put(template) }
    }

    /// By id (`bot-12`), exact label, or unique start of an id.
    public func findBot(_ name: String) throws(StoreError) -> Lookup<Bot> {
        try look(for: name, Queries.byIDText, Queries.byLabel, Queries.byPrefix)
    }

    /// The id that the next bot gets.
    public func nextBotID() throws(StoreError) -> ID<Bot> { try value(Queries.nextID) ?? ID(1) }
}

extension Writing {
    /// Adds a bot or changes the one with its id.
    public func save(_ bot: Bot) throws(StoreError) { try put(bot) }
}
