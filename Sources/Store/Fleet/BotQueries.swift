/// Reading and saving bots.

extension Bot: Stored {
    static let table = RecordTable("bots", of: Bot.self)

    init(_ row: inout some ColumnVisitor<Bot>) throws(StoreError) {
        id = try row("id", .key) { $0.id }
        label = try row("label") { $0.label }
        phase = try row("phase") { $0.phase }
        isPaused = try row("is_paused") { $0.isPaused }
        pauseCause = try row("pause_cause") { $0.pauseCause }
        killLatchedAt = try row("kill_latched_at") { $0.killLatchedAt }
        resumeAt = try row("resume_at") { $0.resumeAt }
        keyID = try row("key_id") { $0.keyID }
        templateName = try row("template_name") { $0.templateName }
        templateVersion = try row("template_version") { $0.templateVersion }
        provider = try row("provider") { $0.provider }
        region = try row("region") { $0.region }
        version = try row("version") { $0.version }
        availableVersion = try row("available_version") { $0.availableVersion }
        ipv4 = try row("ipv4") { $0.ipv4 }
        ipv6 = try row("ipv6") { $0.ipv6 }
        createdAt = try row("created_at") { $0.createdAt }
        upSince = try row("up_since") { $0.upSince }
        heartbeatAt = try row("heartbeat_at") { $0.heartbeatAt }
        evaluatedAt = try row("evaluated_at") { $0.evaluatedAt }
        exchangeAckAt = try row("exchange_ack_at") { $0.exchangeAckAt }
        reconciledAt = try row("reconciled_at") { $0.reconciledAt }
        orderSequence = try row("order_sequence") { $0.orderSequence }
        consecutiveLosses = try row("consecutive_losses") { $0.consecutiveLosses }
        dayStart = try row("day_start") { $0.dayStart }
        dayStartEquity = try row("day_start_equity") { $0.dayStartEquity }
        limitsVersion = try row("limits_version") { $0.limitsVersion }
        errorText = try row("error_text") { $0.errorText }
        sessions = try row("sessions") { $0.sessions }
        pausedBy = try row("paused_by") { $0.pausedBy }
        evaluatingSince = try row("evaluating_since") { $0.evaluatingSince }
    }
}

private enum Queries {
    static let all = Bot.table.select("ORDER BY id")
    static let byID = Bot.table.select("WHERE id = ?1")
    static let byKey = Bot.table.select("WHERE key_id = ?1")
    static let byTemplate = Bot.table.select("WHERE template_name = ?1 ORDER BY id")
    static let byIDText = Bot.table.select("WHERE 'bot-' || id = ?1")
    static let byLabel = Bot.table.select("WHERE label = ?1")
    static let byWord = Bot.table.select(
        "WHERE substr('bot-' || id, 1, length(?1)) = ?1 OR label = ?1 COLLATE NOCASE ORDER BY id")
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

    /// By id (`bot-12`), exact label, or what only one can mean: the start of an id, or a label
    /// without regard to case.
    public func findBot(_ name: String) throws(StoreError) -> Lookup<Bot> {
        try look(for: name, Queries.byIDText, Queries.byLabel, Queries.byWord)
    }

    /// The id that the next bot gets.
    public func nextBotID() throws(StoreError) -> ID<Bot> { try value(Queries.nextID) ?? ID(1) }
}

extension Writing {
    /// Adds a bot or changes the one with its id.
    public func save(_ bot: Bot) throws(StoreError) { try put(bot) }
}
