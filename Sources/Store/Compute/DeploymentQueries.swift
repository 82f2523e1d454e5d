/// Reading and saving deployments.

extension Deployment: Stored {
    static let table = RecordTable(
        "deployments", key: ["id"],
        columns: [
            "id", "bot_id", "provider", "region", "ipv4", "ipv6", "started_at", "ended_at",
        ])

    func put(into row: Statement) {
        row.put(id.orNext)
        row.put(botID)
        row.put(provider)
        row.put(region)
        row.put(ipv4)
        row.put(ipv6)
        row.put(startedAt)
        row.put(endedAt)
    }

    init(from row: Statement) throws(StoreError) {
        try self.init(
            id: row.take(), botID: row.take(), provider: row.take(), region: row.take(),
            ipv4: row.take(), ipv6: row.take(), startedAt: row.take(), endedAt: row.take())
    }
}

private enum Queries {
    static let ofBot = Deployment.table.select("WHERE bot_id = ?1 ORDER BY id DESC")
}

extension Reading {
    /// Every deployment of a bot. **Order** newest first.
    public func deployments(of bot: ID<Bot>) throws(StoreError) -> [Deployment] {
        try all(Queries.ofBot) { $0.put(bot) }
    }
}

extension Writing {
    /// Adds a deployment. **Throws** while another one of the bot has not ended.
    @discardableResult
    public func insert(_ deployment: Deployment) throws(StoreError) -> ID<Deployment> {
        ID(try add(deployment))
    }

    public func save(_ deployment: Deployment) throws(StoreError) { try put(deployment) }
}
