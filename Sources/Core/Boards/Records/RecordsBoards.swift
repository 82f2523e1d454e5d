/// What was recorded, newest first: events, commands, orders, alerts, the audit.

import Store

/// One entry of the feed with the name of its bot.
public struct EventRow: Sendable, Equatable {
    public var activity: Activity
    /// Nil for an entry of the whole fleet.
    public var botLabel: String?
}

public struct EventsBoard: Sendable, Equatable {
    public var now: Instant
    /// Newest first.
    public var rows: [EventRow]

    /// - Parameters:
    ///   - before: only entries with a smaller id: the next page back.
    ///   - since: only entries at or after this time.
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, before: ID<Activity>? = nil,
        since: Instant? = nil, limit: Int = 100, for rights: ReaderRights
    ) throws(StoreError) -> EventsBoard {
        let names = try BotNames.load(db)
        let rows = try entries(db, of: bot, before: before, since: since, limit: limit, for: rights)
            .map { EventRow(activity: $0, botLabel: names.label(of: $0.botID)) }
        return EventsBoard(now: names.now, rows: rows)
    }

    /// What was added after an entry, for those who follow the feed.
    static func load(
        _ db: Reading, after: ID<Activity>, bot: ID<Bot>? = nil, limit: Int = 1000,
        for rights: ReaderRights
    ) throws(StoreError) -> EventsBoard {
        let names = try BotNames.load(db)
        let rows = try db.activity(after: after, of: bot, limit: limit).reversed()
            .compactMap { $0.shown(to: rights) }
            .map { EventRow(activity: $0, botLabel: names.label(of: $0.botID)) }
        return EventsBoard(now: names.now, rows: rows)
    }
}

/// One command with the name of its bot. **Source** <doc:CommandLine#History-of-commands>.
public struct CommandRow: Sendable, Equatable {
    public var record: CommandRecord
    public var botLabel: String?

    /// From acceptance to its end; nil while it goes on.
    public var took: Span? { record.finishedAt.map { $0 - record.at } }
}

public struct CommandsBoard: Sendable, Equatable {
    public var now: Instant
    /// Newest first.
    public var rows: [CommandRow]

    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, before: ID<CommandRecord>? = nil, limit: Int = 100
    ) throws(StoreError) -> CommandsBoard {
        let names = try BotNames.load(db)
        let rows = try db.commands(of: bot, before: before, limit: limit).map {
            // What was refused names its target as it was typed: an id, at times.
            CommandRow(
                record: $0, botLabel: names.label(of: $0.botID ?? ID<Bot>(text: $0.target)))
        }
        return CommandsBoard(now: names.now, rows: rows)
    }
}

/// One order with the name of its bot.
public struct OrderRow: Sendable, Equatable {
    public var order: Order
    public var botLabel: String
    public var exchange: String
    public var environment: TradingEnvironment
    public var grid: SymbolGrid?
}

public struct OrdersBoard: Sendable, Equatable {
    public var now: Instant
    /// Newest first.
    public var rows: [OrderRow]

    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> OrdersBoard {
        let names = try BotNames.load(db)
        let grids = try db.grids()
        let orders = try db.orders(of: bot, limit: limit)
        let wanted = orders.filter { order in since.map { order.createdAt >= $0 } ?? true }
        let rows = wanted.map { order in
            OrderRow(
                order: order, botLabel: names.label(of: order.botID),
                exchange: names.keys[order.keyID]?.exchange ?? "",
                environment: names.keys[order.keyID]?.environment ?? .paper,
                grid: grids[order.symbol])
        }
        return OrdersBoard(now: names.now, rows: rows)
    }
}

/// One alert with the name of its bot.
public struct AlertRow: Sendable, Equatable {
    public var notice: Notice
    public var botLabel: String?
}

public struct AlertsBoard: Sendable, Equatable {
    public var now: Instant
    /// Newest first.
    public var rows: [AlertRow]

    static func load(
        _ db: Reading, for rights: ReaderRights
    ) throws(StoreError) -> AlertsBoard {
        let names = try BotNames.load(db)
        return AlertsBoard(
            now: names.now,
            rows: try db.openNotices().filter { $0.isAlarm && rights.shows($0) }.map {
                AlertRow(notice: $0, botLabel: names.label(of: $0.botID))
            })
    }
}

extension CommandsBoard {
    /// Without what was paid, and without internal notes, for those who may not see these.
    func shown(to rights: ReaderRights) -> CommandsBoard {
        var board = self
        board.rows.removeAll { row in
            switch row.record.verb {
            case "top-up": !rights.shows(.billingView)
            case "ticket-note": !rights.showsNotes
            default: false
            }
        }
        return board
    }
}

extension ReaderRights {
    /// An alert of the balance is for those who see the bill; staff are told by tickets.
    func shows(_ notice: Notice) -> Bool {
        shows(.orgView) && (notice.kind != "billing" || shows(.billingView))
    }
}
