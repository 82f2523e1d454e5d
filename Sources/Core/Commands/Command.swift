/// Everything that can be asked at the one door.

import Store

/// Which bots a command names.
public enum BotScope: Sendable, Equatable {
    case all
    /// Each an id, an exact label or a unique id prefix; the engine resolves them. Never empty.
    case named([String])

    /// `all bots`, `trend-1, mean-2`, `trend-1 and 30 more`.
    public var words: String {
        switch self {
        case .all: "all bots"
        case .named(let names) where names.count <= 12: names.joined(separator: ", ")
        case .named(let names): "\(names.prefix(12).joined(separator: ", ")) "
            + "and \(names.count - 12) more"
        }
    }
}

/// How a destructive act was confirmed. **Source** <doc:CommandLine#Confirmations>.
public enum Confirmation: Sendable, Equatable {
    /// The token of a preview that its maker saw.
    case token(String)
    /// The typed label of the one bot concerned.
    case label(String)
    /// A plain yes, where nothing has to be typed.
    case yes
}

/// A risk limit by the name that the command line uses, and its value as typed.
public struct LimitSetting: Sendable, Equatable {
    public var name: String
    public var value: String
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One request. Names are words of the caller: ids, labels or unique id prefixes.
public enum Command: Sendable, Equatable {
    case pause(BotScope, reason: String?)
    case resume(BotScope, reason: String?)
    case closePosition(String, confirmation: Confirmation?)
    case closeAll(BotScope, confirmation: Confirmation?)
    /// Asks what the close would do; changes nothing but makes a token.
    case previewClose(position: String)
    case previewCloseAll(BotScope)
    /// All or nothing, in the order given.
    case riskSet(bot: String, [LimitSetting], confirmation: Confirmation? = nil)
    /// Back to the defaults.
    case riskReset(bot: String, confirmation: Confirmation? = nil)
    /// What these limits would do to open positions.
    case previewLimits(bot: String, [LimitSetting])
    case assignTemplate(bot: String, template: String, confirmation: Confirmation?)
    /// What a template would do to open positions.
    case previewTemplate(bot: String, template: String)
    /// `file` is named in error messages only.
    case templateImport(text: String, file: String?)
    case templateCopy(String, name: String)
    case templateDelete(String)
    case ticketOpen(
        subject: String, message: String, TicketCategory, TicketPriority, bot: String?)
    /// `asSupport`: an owner who acts for support answers as support; staff always do.
    case ticketReply(String, message: String, asSupport: Bool)
    case ticketNote(String, message: String)
    /// Nil takes the assignment away.
    case ticketAssign(String, assignee: String?)
    case ticketPriority(String, TicketPriority)
    case ticketCategory(String, TicketCategory)
    case ticketResolve(String)
    case ticketClose(String)
    case ticketReopen(String)
    case noticeAcknowledge(String)
    /// Takes back a command that has not begun.
    case cancel(String)
    /// The machine's clock counts as it is.
    case acceptClock
    case deploy(DeployRequest)
    /// Redeploys a stopped bot.
    case start(bot: String)
    /// What is open is closed at market, or left: both are confirmed.
    case stop(bot: String, OpenPositions, confirmation: Confirmation?)
    /// Asks what a stop would close first; changes nothing but makes a token.
    case previewStop(bot: String)
    case restart(bot: String, reason: String?)
    case update(bot: String)
    /// So many first, the others after a time of watching.
    case updateInCohorts(BotScope, canaries: Int)
    case assignKey(bot: String, key: String)
    /// As the template file writes sessions; nil: the template's are in force again.
    case setSessions(bot: String, text: String?)
    /// USD, as typed.
    case topUp(String)
}

/// A bot that is to be. **Source** <doc:ProductRules#Deployment>.
public struct DeployRequest: Sendable, Equatable {
    public var label: String
    public var region: String
    /// Nil: the region's first.
    public var provider: String?
    public var key: String?
    public var template: String?

    public init(
        label: String, region: String, provider: String? = nil, key: String? = nil,
        template: String? = nil
    ) {
        self.label = label
        self.region = region
        self.provider = provider
        self.key = key
        self.template = template
    }
}

/// What a stop does with what is open. **Source** <doc:ProductRules#Stopping-a-bot>.
public enum OpenPositions: String, Sendable, CaseIterable {
    case refuse, close, leave
}

extension Command {
    /// Verbs by which a row or a preview is known once its command is gone.
    enum Verb {
        static let pause = "pause"
        static let close = "close"
        static let closeAll = "close-all"
        static let stop = "stop"
        static let update = "update"
        static let acknowledge = "alert-ack"
        /// All of tickets begin so.
        static let ofTickets = "ticket-"
    }

    /// As on the command line, with a hyphen between words: `close-all`, `ticket-open`.
    public var verb: String {
        switch self {
        case .pause: Verb.pause
        case .resume: "resume"
        case .closePosition: Verb.close
        case .closeAll: Verb.closeAll
        case .previewClose: "close-preview"
        case .previewCloseAll: "close-all-preview"
        case .riskSet: "risk-set"
        case .riskReset: "risk-reset"
        case .previewLimits: "risk-preview"
        case .assignTemplate: "assign-template"
        case .previewTemplate: "assign-template-preview"
        case .templateImport: "template-import"
        case .templateCopy: "template-copy"
        case .templateDelete: "template-delete"
        case .ticketOpen: "ticket-open"
        case .ticketReply: "ticket-reply"
        case .ticketNote: "ticket-note"
        case .ticketAssign: "ticket-assign"
        case .ticketPriority: "ticket-priority"
        case .ticketCategory: "ticket-category"
        case .ticketResolve: "ticket-resolve"
        case .ticketClose: "ticket-close"
        case .ticketReopen: "ticket-reopen"
        case .noticeAcknowledge: Verb.acknowledge
        case .cancel: "cancel"
        case .acceptClock: "accept-clock"
        case .deploy: "deploy"
        case .start: "start"
        case .stop: Verb.stop
        case .previewStop: "stop-preview"
        case .restart: "restart"
        case .update, .updateInCohorts: Verb.update
        case .assignKey: "assign-key"
        case .setSessions: "sessions"
        case .topUp: "top-up"
        }
    }

    /// What it acts on, in the caller's words, for the audit.
    public var target: String {
        switch self {
        case .pause(let bots, _), .resume(let bots, _), .closeAll(let bots, _),
            .previewCloseAll(let bots), .updateInCohorts(let bots, _):
            bots.words
        case .closePosition(let name, _), .previewClose(let name), .riskSet(let name, _, _),
            .riskReset(let name, _), .previewLimits(let name, _), .assignTemplate(let name, _, _),
            .previewTemplate(let name, _), .templateCopy(let name, _),
            .templateDelete(let name), .ticketReply(let name, _, _), .ticketNote(let name, _),
            .ticketAssign(let name, _), .ticketPriority(let name, _),
            .ticketCategory(let name, _), .ticketResolve(let name), .ticketClose(let name),
            .ticketReopen(let name), .noticeAcknowledge(let name), .cancel(let name),
            .start(let name), .previewStop(let name),
            .stop(let name, _, _), .restart(let name, _), .update(let name),
            .assignKey(let name, _), .setSessions(let name, _):
            name
        case .deploy(let request): request.label
        case .topUp: "balance"
        case .acceptClock: "clock"
        case .templateImport(_, let file): file ?? "template"
        case .ticketOpen(let subject, _, _, _, _): subject
        }
    }

    public var reason: String? {
        switch self {
        case .pause(_, let reason), .resume(_, let reason), .restart(_, let reason): reason
        default: nil
        }
    }

    var hasReason: Bool { TextRules.says(reason) }

    /// What stands for its confirmation, where it takes a token.
    var confirmation: Confirmation? {
        switch self {
        case .closePosition(_, let given), .closeAll(_, let given), .riskSet(_, _, let given),
            .riskReset(_, let given), .stop(_, _, let given), .assignTemplate(_, _, let given):
            given
        default: nil
        }
    }
}
