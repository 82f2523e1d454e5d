/// Reading and saving updates that go in cohorts.

extension Rollout: Stored {
    static let table = RecordTable(
        "rollouts", key: ["id"],
        columns: ["id", "version", "stage", "watch_until", "started_at", "detail"])

    func put(into row: Statement) {
        row.put(number)
        row.put(version)
        row.put(stage)
        row.put(watchUntil)
        row.put(startedAt)
        row.put(detail)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            number: row.take(), version: row.take(), stage: row.take(), watchUntil: row.take(),
            startedAt: row.take(), detail: row.take())
    }
}

extension RolloutBot: Stored {
    static let table = RecordTable(
        "rollout_bots", key: ["bot_id"],
        columns: ["bot_id", "rollout_id", "command_id", "is_canary", "old_version", "result"])

    func put(into row: Statement) {
        row.put(botID)
        row.put(rollout)
        row.put(commandID)
        row.put(isCanary)
        row.put(oldVersion)
        row.put(result)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            botID: row.take(), rollout: row.take(), commandID: row.take(),
            isCanary: row.take(), oldVersion: row.take(), result: row.take())
    }
}

private enum Queries {
    static let newest = Rollout.table.select("ORDER BY id DESC LIMIT 1")
    static let leave = Query("DELETE FROM rollout_bots WHERE command_id = ?1")
    static let bots = RolloutBot.table.select("WHERE rollout_id = ?1 ORDER BY bot_id")
}

extension Reading {
    /// The last one that was begun; nil when there never was one.
    public func newestRollout() throws(StoreError) -> Rollout? { try first(Queries.newest) }

    /// **Order** by bot.
    public func bots(of rollout: Rollout) throws(StoreError) -> [RolloutBot] {
        try all(Queries.bots) { $0.put(rollout.number) }
    }
}

extension Writing {
    public func save(_ rollout: Rollout) throws(StoreError) { try put(rollout) }

    /// The bot of a command that was taken back is no part of the rollout any more.
    public func deleteRolloutBot(of command: ID<CommandRecord>) throws(StoreError) {
        try run(Queries.leave) { $0.put(command) }
    }

    public func save(_ bot: RolloutBot) throws(StoreError) { try put(bot) }
}
