/// Reading and saving deployments.

extension Deployment: Stored {
    static let table = RecordTable("deployments", of: Deployment.self)

    init(_ row: inout some ColumnVisitor<Deployment>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        botID = try row("bot_id") { $0.botID }
        provider = try row("provider") { $0.provider }
        region = try row("region") { $0.region }
        ipv4 = try row("ipv4") { $0.ipv4 }
        ipv6 = try row("ipv6") { $0.ipv6 }
        startedAt = try row("started_at") { $0.startedAt }
        endedAt = try row("ended_at") { $0.endedAt }
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
