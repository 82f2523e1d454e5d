/// What screens can ask to read, and what they get.
import Core
import Store

/// A board by name; the loop reads it again whenever something was committed.
enum BoardRequest: Hashable, Sendable {
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

/// A board that has been read; each carries enough to tell which request it answers.
enum Board: Equatable, Sendable {
    case fleet(FleetBoard)
    /// nil: there is no such bot any more.
    case dossier(ID<Bot>, BotDossier?)
    case positions(PositionsBoard)
    case events(ID<Bot>?, EventsBoard)
    case commands(ID<Bot>?, CommandsBoard)
    case olderEvents(ID<Bot>?, before: ID<Activity>, EventsBoard)
    case olderCommands(ID<Bot>?, before: ID<CommandRecord>, CommandsBoard)
    case templates(TemplatesBoard)
    case tickets(SupportBoard)
    case thread(ID<Ticket>, TicketThread?)
    case audit(before: ID<AuditEntry>?, AuditBoard)
    /// nil: no such record is kept.
    case why(ID<Bot>, String?, Instant?, WhyBoard?)
    case billing(BillingBoard)
    case deployment(DeployBoard)
    case auditReport(AuditReport)
    /// The person has no right to it.
    case refused(BoardRequest, Refusal)
}

extension Board {
    /// The request that it answers.
    var request: BoardRequest {
        switch self {
        case .fleet: .fleet
        case .dossier(let bot, _): .dossier(bot)
        case .positions: .positions
        case .events(let bot, _): .events(bot)
        case .commands(let bot, _): .commands(bot)
        case .olderEvents(let bot, let before, _): .olderEvents(bot, before: before)
        case .olderCommands(let bot, let before, _): .olderCommands(bot, before: before)
        case .templates: .templates
        case .tickets: .tickets
        case .thread(let ticket, _): .thread(ticket)
        case .audit(let before, _): .audit(before: before)
        case .why(let bot, let symbol, let at, _): .why(bot, symbol: symbol, at: at)
        case .billing: .billing
        case .deployment: .deployment
        case .auditReport: .auditReport
        case .refused(let request, _): request
        }
    }
}

extension BoardRequest {
    /// Entries of a feed or history that are read at once.
    static let feedLength = 200

    /// Older entries that are read at once: a page must not hold up a key.
    static let pageLength = 500

    /// How much of the ledger the console shows.
    static let ledgerSpan = Span.days(7)

    /// Reads the board in one transaction, or learns that this person may not.
    func read(_ reader: BoardReader) throws(StoreError) -> Board {
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
    var isLive: Bool { self != .auditReport && !isOlderPage }

    /// One of perhaps very many: they are read one at a time, keys come between.
    var isOlderPage: Bool {
        switch self {
        case .olderEvents, .olderCommands, .audit(before: .some): true
        default: false
        }
    }
}
