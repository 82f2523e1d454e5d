/// Every board that can be read, with the right that it takes: the one table of who may see what.

import Store

/// The raw value is what a refusal calls it: the command that shows it.
public enum BoardName: String, CaseIterable, Sendable {
    case clock, bot, events, status, positions, orders, trades, analytics
    case why, templates, risk, commands, progress, alerts, tickets, audit, check, sql, billing
    case fleet = "bots"
    case deployments = "bots --history"
    case deployment = "deploy"
    case thread = "ticket show"
    case auditReport = "audit --verify"
    case auditExport = "audit --export"

    public var right: ReadingRight {
        switch self {
        case .clock, .progress: .known
        case .fleet, .bot, .deployments, .events, .status: .permission(.botsView)
        case .positions, .orders: .permission(.positionsView)
        case .trades, .analytics: .permission(.analyticsView)
        case .risk: .permission(.riskView)
        // A decision is told by the components of the template and their weights.
        case .why, .templates: .permission(.templatesView)
        // What a new bot can be made of are above all the free keys.
        case .deployment: .permission(.keysView)
        // No row of the table speaks of these: whoever sees the workspace sees them.
        case .commands, .alerts, .check: .permission(.orgView)
        case .tickets, .thread: .tickets
        case .audit, .auditReport: .permission(.auditView)
        case .auditExport: .permission(.auditExport)
        case .billing: .permission(.billingView)
        case .sql: .homeOwner
        }
    }
}

/// Why a board cannot be read.
public enum BoardError: Error, Sendable, Equatable {
    case store(StoreError)
    case refused(Refusal)
}
