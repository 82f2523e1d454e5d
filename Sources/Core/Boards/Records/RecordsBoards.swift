/// What was recorded, newest first: events, commands, orders, alerts, the audit.

import Store

/// One entry of the feed with the name of its bot.
public struct EventRow: PageRow {
    public var activity: Activity
    /// Nil for an entry of the whole fleet.
    public var botLabel: String?

    public var id: ID<Activity> { activity.id }
}

/// Newest first.
public typealias EventsBoard = Page<EventRow>

extension EventsBoard {
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, _ span: PageSpan<Activity>, for rights: ReaderRights
    ) throws(StoreError) -> EventsBoard {
        let names = try BotNames.load(db)
        return try load(db, names, bot: bot, span, for: rights)
    }

    static func load(
        _ db: Reading, _ names: BotNames, bot: ID<Bot>?, _ span: PageSpan<Activity>,
        for rights: ReaderRights
    ) throws(StoreError) -> EventsBoard {
        try span.page(now: names.now, id: \.id, at: \.at) { last, count throws(StoreError) in
            try db.activity(of: bot, before: last, limit: count)
        } _: { entry in
            entry.shown(to: rights).map {
                EventRow(activity: $0, botLabel: names.label(of: $0.botID))
            }
        }
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
public struct CommandRow: PageRow {
    public var record: CommandRecord
    public var botLabel: String?

    public var id: ID<CommandRecord> { record.id }
    /// When it was asked for; by the wall, if that was during a start.
    public var at: Instant { record.wallAt ?? record.at }
    /// The same; nil of what an earlier program accepted during a start and kept no time of: then
    /// ``at`` is the last commit before it.
    public var knownAt: Instant? { record.wallAt == nil && record.cameEarly ? nil : at }
    /// From acceptance to its end; nil while it goes on, and where nobody knows.
    public var took: Span? {
        if isTimed { return record.finishedAt.map { $0 - record.at } }
        return record.wallAt.flatMap { asked in record.wallFinishedAt.map { $0 - asked } }
    }
    /// False where it came during a start: the world's clock stood and then caught up.
    public var isTimed: Bool { record.wallAt == nil && !record.cameEarly }
}

/// Newest first.
public typealias CommandsBoard = Page<CommandRow>

extension CommandsBoard {
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, _ span: PageSpan<CommandRecord>,
        for rights: ReaderRights
    ) throws(StoreError) -> CommandsBoard {
        let names = try BotNames.load(db)
        return try span.page(now: names.now, id: \.id, at: \.at) {
            last, count throws(StoreError) in
            try db.commands(of: bot, before: last, limit: count)
        } _: { (record: CommandRecord) -> CommandRow? in
            guard rights.shows(record) else { return nil }
            // What was refused names its target as it was typed: an id, at times.
            let label = names.label(of: record.botID ?? ID<Bot>(text: record.target))
            return CommandRow(record: record, botLabel: label)
        }
    }
}

/// One order with the name of its bot.
public struct OrderRow: PageRow {
    public var order: Order
    public var botLabel: String
    public var exchange: String
    public var environment: TradingEnvironment
    public var grid: SymbolGrid?

    public var id: ID<Order> { order.id }
}

/// Newest first.
public typealias OrdersBoard = Page<OrderRow>

extension OrdersBoard {
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, _ span: PageSpan<Order>
    ) throws(StoreError) -> OrdersBoard {
        let names = try BotNames.load(db)
        let grids = try db.grids()
        return try span.page(now: names.now, id: \.id, at: \.createdAt) {
            last, count throws(StoreError) in
            try db.orders(of: bot, before: last, limit: count)
        } _: { order in
            let key = names.keys[order.keyID]
            return OrderRow(
                order: order, botLabel: names.label(of: order.botID),
                exchange: key?.exchange ?? "", environment: key?.environment ?? .paper,
                grid: grids[InstrumentID(order.symbol, on: key?.venue ?? .simulated)])
        }
    }
}

extension AuditEntry: PageRow {}

/// Newest first.
public typealias AuditBoard = Page<AuditEntry>

extension AuditBoard {
    static func load(
        _ db: Reading, _ span: PageSpan<AuditEntry>
    ) throws(StoreError) -> AuditBoard {
        try span.page(now: try db.clock(), id: \.id, at: \.at) { last, count throws(StoreError) in
            try db.audit(before: last, limit: count)
        } _: { $0 }
    }
}

/// One alert with the name of its bot.
public struct AlertRow: Sendable, Equatable, Codable {
    public var notice: Notice
    public var botLabel: String?
}

public struct AlertsBoard: Sendable, Equatable, Codable {
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
                let label = names.label(of: $0.botID)
                return AlertRow(notice: $0.naming(label), botLabel: label)
            })
    }
}

extension Notice {
    /// The same under the label that its bot has now. What an alert of a bot says begins with the
    /// label of its time, which may by now be another bot's.
    func naming(_ label: String?) -> Notice {
        guard let label, World.namesItsBot(self), !message.hasPrefix("\(label): "),
            let colon = message.firstRange(of: ": "),
            Label.isPlain(String(message[..<colon.lowerBound]))
        else { return self }
        var renamed = self
        renamed.message = "\(label): \(message[colon.upperBound...])"
        return renamed
    }
}

extension ReaderRights {
    /// What was paid, and internal notes, are for those who see the bill, and for support.
    func shows(_ record: CommandRecord) -> Bool {
        switch record.verb {
        case "top-up": shows(.billingView)
        case "ticket-note": showsNotes
        default: true
        }
    }

    /// An alert of the balance is for those who see the bill; staff are told by tickets.
    func shows(_ notice: Notice) -> Bool {
        shows(.orgView) && (notice.kind != "billing" || shows(.billingView))
    }
}
