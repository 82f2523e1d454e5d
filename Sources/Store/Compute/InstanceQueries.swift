/// Reading and saving what stands behind the bots at their provider.

extension Instance: Stored {
    static let table = RecordTable(
        "instances", key: ["bot_id"],
        columns: [
            "bot_id", "job", "phase", "phase_started_at", "phase_ends_at", "phase_failure",
            "command_id", "target_version", "job_number", "since", "charged_until",
            "restarted_at", "is_lost", "wake_at",
        ])

    func put(into row: Statement) {
        row.put(botID)
        row.put(job)
        row.put(phase)
        row.put(phaseStartedAt)
        row.put(phaseEndsAt)
        row.put(phaseFailure)
        row.put(commandID)
        row.put(targetVersion)
        row.put(jobNumber)
        row.put(since)
        row.put(chargedUntil)
        row.put(restartedAt)
        row.put(isLost)
        row.put(wakeAt)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            botID: row.take(), job: row.take(), phase: row.take(), phaseStartedAt: row.take(),
            phaseEndsAt: row.take(), phaseFailure: row.take(), commandID: row.take(),
            targetVersion: row.take(), jobNumber: row.take(), since: row.take(),
            chargedUntil: row.take(), restartedAt: row.take(), isLost: row.take(),
            wakeAt: row.take())
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
