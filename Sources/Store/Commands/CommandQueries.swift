/// Reading, accepting and finishing commands.

extension CommandRecord: Stored {
    static let table = RecordTable(
        "commands", key: ["id"],
        columns: [
            "id", "idempotency_key", "verb", "bot_id", "target", "arguments", "actor",
            "actor_uid", "role", "is_staff", "reason", "at", "expires_at", "started_at",
            "finished_at", "outcome", "message", "error_code", "remedy",
            "changed",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(idempotencyKey)
        row.put(verb)
        row.put(botID)
        row.put(target)
        row.put(arguments)
        row.put(actor)
        row.put(actorUID)
        row.put(role)
        row.put(isStaff)
        row.put(reason)
        row.put(at)
        row.put(expiresAt)
        row.put(startedAt)
        row.put(finishedAt)
        row.put(outcome)
        row.put(message)
        row.put(errorCode)
        row.put(remedy)
        row.put(changed)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), idempotencyKey: row.take(), verb: row.take(), botID: row.take(),
            target: row.take(), arguments: row.take(), actor: row.take(), actorUID: row.take(),
            role: row.take(), isStaff: row.take(), reason: row.take(), at: row.take(),
            expiresAt: row.take(), startedAt: row.take(), finishedAt: row.take(),
            outcome: row.take(), message: row.take(), errorCode: row.take(), remedy: row.take(),
            changed: row.take())
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
