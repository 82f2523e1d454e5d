/// What a console can ask to read.

import Store

/// A board by name; the loop reads it again whenever something was committed.
public enum BoardRequest: Hashable, Sendable, Codable {
    case fleet
    case dossier(ID<Bot>)
    case positions
    /// Newest entries of the feed, of one bot or of all.
    case events(ID<Bot>?)
    case commands(ID<Bot>?)
    /// The page of a feed, or of a history, older than an entry.
    case olderEvents(ID<Bot>?, before: ID<Activity>)
    case olderCommands(ID<Bot>?, before: ID<CommandRecord>)
    case templates
    case tickets
    /// Internal notes are in it only for those who may read them.
    case thread(ID<Ticket>)
    /// The page of the audit older than an entry; nil for the newest page.
    case audit(before: ID<AuditEntry>?)
    /// The decision at the newest candle that closed at or before a time; nil: the newest.
    case why(ID<Bot>, symbol: String?, at: Instant?)
    /// The balance, what it pays for, and the ledger of the last week.
    case billing
    /// What a new bot can be made of.
    case deployment
    /// Walks the whole chain: asked for once, not kept fresh.
    case auditReport
}

extension BoardRequest {
    /// Entries of a feed or history that are read at once.
    static let feedLength = 200

    /// Older entries that are read at once: a page must not hold up a key.
    static let pageLength = 500

    /// How much of the ledger the console shows.
    public static let ledgerSpan = Span.days(7)

    /// The board that it is part of: the right that it takes is the board's.
    public var board: BoardName {
        switch self {
        case .fleet: .fleet
        case .dossier: .bot
        case .positions: .positions
        case .events, .olderEvents: .events
        case .commands, .olderCommands: .commands
        case .templates: .templates
        case .tickets: .tickets
        case .thread: .thread
        case .audit: .audit
        case .why: .why
        case .billing: .billing
        case .deployment: .deployment
        case .auditReport: .auditReport
        }
    }

    /// Reads the board in one transaction, or learns that this person may not.
    public func read(_ reader: BoardReader) throws(StoreError) -> Board {
        do throws(BoardError) { return try answer(of: reader) } catch {
            switch error {
            case .store(let error): throw error
            case .refused(let refusal): return .refused(self, refusal)
            }
        }
    }

    private func answer(of reader: BoardReader) throws(BoardError) -> Board {
        switch self {
        case .fleet: return .fleet(try reader.fleet())
        case .dossier(let bot):
            return .dossier(bot, try reader.dossier(of: bot, events: Self.feedLength))
        case .positions: return .positions(try reader.positions())
        case .events(let bot):
            return .events(bot, try reader.feed(of: bot, limit: Self.feedLength))
        case .commands(let bot):
            return .commands(bot, try reader.commands(of: bot, limit: Self.feedLength))
        case .olderEvents(let bot, let before):
            return .olderEvents(
                bot, before: before,
                try reader.events(of: bot, before: before, limit: Self.pageLength))
        case .olderCommands(let bot, let before):
            return .olderCommands(
                bot, before: before,
                try reader.commands(of: bot, before: before, limit: Self.pageLength))
        case .templates: return .templates(try reader.templates())
        case .tickets: return .tickets(try reader.tickets())
        case .thread(let ticket):
            return .thread(ticket, try reader.thread(of: ticket))
        case .audit(let before):
            let limit = before == nil ? Self.feedLength : Self.pageLength
            return .audit(before: before, try reader.audit(before: before, limit: limit))
        case .why(let bot, let symbol, let at):
            return .why(bot, symbol, at, try reader.why(bot, symbol: symbol, asOf: at))
        case .billing:
            let since = try reader.clock() - Self.ledgerSpan
            return .billing(try reader.billing(catalog: reader.catalog(), since: since))
        case .deployment: return .deployment(try reader.deployment())
        case .auditReport: return .auditReport(try reader.verifyAudit())
        }
    }

    /// Kept fresh; the walk along the audit chain is too long for that, and what is old stays.
    public var isLive: Bool { self != .auditReport && !isOlderPage }

    /// One of perhaps very many: they are read one at a time, keys come between.
    public var isOlderPage: Bool {
        switch self {
        case .olderEvents, .olderCommands, .audit(before: .some): true
        default: false
        }
    }
}
