/// Labels and keys of bots, for rows that name a bot by its id.

import Store

struct BotNames {
    /// World time of the last commit.
    var now: Instant
    var bots: [ID<Bot>: Bot]
    var keys: [ID<APIKey>: APIKey]

    static func load(_ db: Reading) throws(StoreError) -> BotNames {
        var bots: [ID<Bot>: Bot] = [:]
        for bot in try db.bots() { bots[bot.id] = bot }
        var keys: [ID<APIKey>: APIKey] = [:]
        for key in try db.keys() { keys[key.id] = key }
        return BotNames(now: try db.clock(), bots: bots, keys: keys)
    }

    func label(of bot: ID<Bot>) -> String { bots[bot]?.label ?? bot.description }
    func label(of bot: ID<Bot>?) -> String? { bot.map { label(of: $0) } }
    func key(of bot: ID<Bot>) -> APIKey? { bots[bot]?.keyID.flatMap { keys[$0] } }
}

extension Reading {
    /// World time of the last commit; the epoch of a home that has none yet.
    func clock() throws(StoreError) -> Instant {
        try workspace()?.clock ?? Instant(milliseconds: 0)
    }
}
