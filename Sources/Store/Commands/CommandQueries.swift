/// Reading, accepting and finishing commands.

extension CommandRecord: Stored {
    static let table = RecordTable("commands", of: CommandRecord.self)

    init(_ row: inout some ColumnVisitor<CommandRecord>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        idempotencyKey = try row("idempotency_key") { $0.idempotencyKey }
        verb = try row("verb") { $0.verb }
        botID = try row("bot_id") { $0.botID }
        target = try row("target") { $0.target }
        arguments = try row("arguments") { $0.arguments }
        actor = try row("actor") { $0.actor }
        actorUID = try row("actor_uid") { $0.actorUID }
        role = try row("role") { $0.role }
        isStaff = try row("is_staff") { $0.isStaff }
        reason = try row("reason") { $0.reason }
        at = try row("at") { $0.at }
        expiresAt = try row("expires_at") { $0.expiresAt }
        startedAt = try row("started_at") { $0.startedAt }
        finishedAt = try row("finished_at") { $0.finishedAt }
        wallAt = try row("wall_at") { $0.wallAt }
        wallFinishedAt = try row("wall_finished_at") { $0.wallFinishedAt }
        outcome = try row("outcome") { $0.outcome }
        message = try row("message") { $0.message }
        errorCode = try row("error_code") { $0.errorCode }
        remedy = try row("remedy") { $0.remedy }
        changed = try row("changed") { $0.changed }
    }
}

private enum Queries {
    static let byID = CommandRecord.table.select("WHERE id = ?1")
    static let byKey = CommandRecord.table.select(
        "WHERE actor_uid = ?1 AND idempotency_key = ?2")
    static let newest = CommandRecord.table.select("WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    static let newestOfBot = CommandRecord.table.select(
        "WHERE id < ?1 AND bot_id = ?3 ORDER BY id DESC LIMIT ?2")
    static let unfinished = CommandRecord.table.select(
        "WHERE outcome IN ('queued', 'running') ORDER BY id")
    static let ofRequest = CommandRecord.table.select(
        """
        WHERE actor_uid = ?1 AND idempotency_key >= ?2 AND idempotency_key < ?2 || char(32)
        ORDER BY id
        """)
}

extension Reading {
    public func command(_ id: ID<CommandRecord>) throws(StoreError) -> CommandRecord? {
        try first(Queries.byID) { $0.put(id) }
    }

    /// The command that an actor already sent under a key.
    /// **Source** <doc:SafetyRules#One-command-for-one-key>.
    public func command(
        of actorUID: Int64, idempotencyKey: String
    ) throws(StoreError) -> CommandRecord? {
        try first(Queries.byKey) { row in
            row.put(actorUID)
            row.put(idempotencyKey)
        }
    }

    /// The command history of a bot, or of the fleet. **Order** newest first.
    public func commands(
        of bot: ID<Bot>? = nil, before: ID<CommandRecord>? = nil, limit: Int
    ) throws(StoreError) -> [CommandRecord] {
        try all(bot == nil ? Queries.newest : Queries.newestOfBot) { row in
            row.put(before?.number ?? .max)
            row.put(limit)
            if let bot { row.put(bot) }
        }
    }

    /// Commands that are queued or running. **Order** as accepted.
    public func unfinishedCommands() throws(StoreError) -> [CommandRecord] {
        try all(Queries.unfinished)
    }

    /// The commands, one a bot, that came of the same request as this one. **Order** as accepted.
    public func commands(
        ofRequest row: CommandRecord
    ) throws(StoreError) -> [CommandRecord] {
        try all(Queries.ofRequest) { statement in
            statement.put(row.actorUID)
            statement.put(row.requestName)
        }.filter { $0.requestName == row.requestName }
    }
}

extension Writing {
    /// Accepts a command. **Throws** when its actor used the key before.
    @discardableResult
    public func insert(_ command: CommandRecord) throws(StoreError) -> ID<CommandRecord> {
        ID(try add(command))
    }

    public func save(_ command: CommandRecord) throws(StoreError) { try put(command) }
}
