/// Reading, adding and removing previews.

extension Preview: Stored {
    static let table = RecordTable(
        "previews", key: ["token"],
        columns: [
            "token", "actor_uid", "verb", "bot_ids", "position_ids", "order_ids", "notional",
            "created_at", "expires_at",
        ])

    func put(into row: Statement) {
        row.put(token)
        row.put(actorUID)
        row.put(verb)
        row.put(Self.text(botIDs))
        row.put(Self.text(positionIDs))
        row.put(orderIDs.joined(separator: "\n"))
        row.put(notional)
        row.put(createdAt)
        row.put(expiresAt)
    }

    init(from row: Statement) throws(StoreError) {
        let token: String = try row.take()
        let actorUID: Int64 = try row.take()
        let verb: String = try row.take()
        let bots: [ID<Bot>] = try Self.ids(row.take())
        let positions: [ID<Position>] = try Self.ids(row.take())
        let orders: String = try row.take()
        try self.init(
            token: token, actorUID: actorUID, verb: verb, botIDs: bots, positionIDs: positions,
            orderIDs: orders.split(separator: "\n").map(String.init), notional: row.take(),
            createdAt: row.take(), expiresAt: row.take())
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
