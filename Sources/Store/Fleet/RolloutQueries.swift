/// Reading and saving updates that go in cohorts.

extension Rollout: Stored {
    static let table = RecordTable("rollouts", of: Rollout.self)

    init(_ row: inout some ColumnVisitor<Rollout>) throws(StoreError) {
        number = try row("id", .key) { $0.number }
        version = try row("version") { $0.version }
        stage = try row("stage") { $0.stage }
        watchUntil = try row("watch_until") { $0.watchUntil }
        startedAt = try row("started_at") { $0.startedAt }
        detail = try row("detail") { $0.detail }
    }
}

extension RolloutBot: Stored {
    static let table = RecordTable("rollout_bots", of: RolloutBot.self)

    init(_ row: inout some ColumnVisitor<RolloutBot>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        rollout = try row("rollout_id") { $0.rollout }
        commandID = try row("command_id") { $0.commandID }
        isCanary = try row("is_canary") { $0.isCanary }
        oldVersion = try row("old_version") { $0.oldVersion }
        result = try row("result") { $0.result }
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
