/// Reading and adding entries of the activity feed.

extension Activity: Stored {
    static let table = RecordTable("activity", of: Activity.self)

    init(_ row: inout some ColumnVisitor<Activity>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        botID = try row("bot_id") { $0.botID }
        at = try row("at") { $0.at }
        kind = try row("kind") { $0.kind }
        what = try row("what") { $0.what }
        detail = try row("detail") { $0.detail }
        actor = try row("actor") { $0.actor }
        severity = try row("severity") { $0.severity }
    }
}

private enum Queries {
    static let newest = Activity.table.select("WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    static let newestOfBot = Activity.table.select(
        "WHERE id < ?1 AND bot_id = ?3 ORDER BY id DESC LIMIT ?2")
    static let following = Activity.table.select("WHERE id > ?1 ORDER BY id LIMIT ?2")
    static let followingOfBot = Activity.table.select(
        "WHERE id > ?1 AND bot_id = ?3 ORDER BY id LIMIT ?2")
    static let lastID = Query("SELECT coalesce(max(id), 0) FROM activity")
}

extension Reading {
    /// The feed of a bot, or of the fleet. **Order** newest first.
    /// - Parameter before: continues a page: only entries older than this one.
    public func activity(
        of bot: ID<Bot>? = nil, before: ID<Activity>? = nil, limit: Int
    ) throws(StoreError) -> [Activity] {
        try all(bot == nil ? Queries.newest : Queries.newestOfBot) { row in
            row.put(before?.number ?? .max)
            row.put(limit)
            if let bot { row.put(bot) }
        }
    }

    /// What was added after an entry. **Order** oldest first.
    public func activity(
        after: ID<Activity>, of bot: ID<Bot>? = nil, limit: Int
    ) throws(StoreError) -> [Activity] {
        try all(bot == nil ? Queries.following : Queries.followingOfBot) { row in
            row.put(after)
            row.put(limit)
            if let bot { row.put(bot) }
        }
    }

    /// The newest entry's id; 0 when there is none.
    public func lastActivityID() throws(StoreError) -> ID<Activity> {
        try value(Queries.lastID) ?? ID(0)
    }
}

extension Writing {
    /// Adds an entry; entries are never changed.
    @discardableResult
    public func insert(_ activity: Activity) throws(StoreError) -> ID<Activity> {
        ID(try add(activity))
    }
}
