/// Reading, adding and removing previews.

extension Preview: Stored {
    static let table = RecordTable("previews", of: Preview.self)

    init(_ row: inout some ColumnVisitor<Preview>) throws(StoreError) {
        token = try row("token", .key) { $0.token }
        actorUID = try row("actor_uid") { $0.actorUID }
        verb = try row("verb") { $0.verb }
        botIDs = try Self.ids(row("bot_ids") { Self.text($0.botIDs) })
        positionIDs = try Self.ids(row("position_ids") { Self.text($0.positionIDs) })
        let orders = try row("order_ids") { $0.orderIDs.joined(separator: "\n") }
        orderIDs = orders.split(separator: "\n").map(String.init)
        notional = try row("notional") { $0.notional }
        createdAt = try row("created_at") { $0.createdAt }
        expiresAt = try row("expires_at") { $0.expiresAt }
    }

    /// `12 13`: the numbers alone.
    private static func text<Entity>(_ ids: [ID<Entity>]) -> String {
        ids.map { String($0.number) }.joined(separator: " ")
    }

    private static func ids<Entity>(_ text: String) throws(StoreError) -> [ID<Entity>] {
        var ids: [ID<Entity>] = []
        for word in text.split(separator: " ") {
            guard let number = Int64(word) else {
                throw .damaged(what: "a preview names an id that is not a number")
            }
            ids.append(ID(number))
        }
        return ids
    }
}

private enum Queries {
    static let one = Preview.table.select("WHERE token = ?1")
    static let delete = Query("DELETE FROM previews WHERE token = ?1")
    static let expire = Query("DELETE FROM previews WHERE expires_at < ?1")
}

extension Reading {
    public func preview(_ token: String) throws(StoreError) -> Preview? {
        try first(Queries.one) { $0.put(token) }
    }
}

extension Writing {
    public func insert(_ preview: Preview) throws(StoreError) { try add(preview) }

    /// Uses a preview up.
    public func deletePreview(_ token: String) throws(StoreError) {
        try run(Queries.delete) { $0.put(token) }
    }

    /// Removes previews that expired before an instant.
    public func deletePreviews(expiredBefore instant: Instant) throws(StoreError) {
        try run(Queries.expire) { $0.put(instant) }
    }
}
