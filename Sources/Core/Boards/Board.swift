/// What a console gets to read: a value that can be written as bytes and read back.

import Store

/// A board that has been read; each carries enough to tell which request it answers.
public enum Board: Equatable, Sendable, Codable {
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
    public var request: BoardRequest {
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

extension Board {
    /// As text in JSON, for another process.
    public func bytes() throws(JSONCodingError) -> [UInt8] {
        var out: [UInt8] = []
        try JSON(of: self).write(to: &out)
        return out
    }

    /// - Throws: ``JSONCodingError`` for anything that is no board.
    public init(bytes: [UInt8]) throws(JSONCodingError) {
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(bytes) } catch {
            throw JSONCodingError(problem: error.headline)
        }
        self = try json.decoded(Board.self)
    }
}
