/// Reading and saving what stands behind the bots at their provider.

extension Instance: Stored {
    static let table = RecordTable("instances", of: Instance.self)

    init(_ row: inout some ColumnVisitor<Instance>) throws(StoreError) {
        botID = try row("bot_id", .key) { $0.botID }
        job = try row("job") { $0.job }
        phase = try row("phase") { $0.phase }
        phaseStartedAt = try row("phase_started_at") { $0.phaseStartedAt }
        phaseEndsAt = try row("phase_ends_at") { $0.phaseEndsAt }
        phaseFailure = try row("phase_failure") { $0.phaseFailure }
        commandID = try row("command_id") { $0.commandID }
        targetVersion = try row("target_version") { $0.targetVersion }
        jobNumber = try row("job_number") { $0.jobNumber }
        since = try row("since") { $0.since }
        chargedUntil = try row("charged_until") { $0.chargedUntil }
        restartedAt = try row("restarted_at") { $0.restartedAt }
        isLost = try row("is_lost") { $0.isLost }
        wakeAt = try row("wake_at") { $0.wakeAt }
    }
}

private enum Queries {
    static let all = Instance.table.select("ORDER BY bot_id")
    static let ofBot = Instance.table.select("WHERE bot_id = ?1")
}

extension Reading {
    /// **Order** by bot.
    public func instances() throws(StoreError) -> [Instance] { try all(Queries.all) }

    public func instance(of bot: ID<Bot>) throws(StoreError) -> Instance? {
        try first(Queries.ofBot) { $0.put(bot) }
    }
}

extension Writing {
    /// Adds the row of a bot or changes it.
    public func save(_ instance: Instance) throws(StoreError) { try put(instance) }
}
