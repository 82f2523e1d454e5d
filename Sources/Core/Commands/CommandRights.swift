/// What each command needs and how urgent it is.

import Store

extension Command {
    /// Held by whoever may ask; a resume of a latched kill switch needs risk.edit as well.
    /// **Source** <doc:ProductRules#Roles-and-permissions>.
    public var permission: Permission {
        switch self {
        // No row of the table speaks of alerts: who may stop a bot may take note of its alarm.
        // All who may ask for something that can wait hold it; to take that back, its own right
        // is asked for as well.
        case .pause, .resume, .noticeAcknowledge, .cancel: .botsPause
        case .acceptClock: .orgUpdate
        case .closePosition, .previewClose: .positionsCloseOne
        case .closeAll, .previewCloseAll: .positionsCloseAll
        case .riskSet, .riskReset, .previewLimits: .riskEdit
        case .assignTemplate, .previewTemplate: .botsAssignTemplate
        case .templateImport, .templateCopy, .templateDelete: .templatesEdit
        case .ticketOpen, .ticketReply, .ticketNote, .ticketAssign, .ticketPriority,
            .ticketCategory, .ticketResolve, .ticketClose, .ticketReopen:
            .ticketsWrite
        case .deploy, .start: .botsDeploy
        case .stop, .previewStop: .botsStop
        case .restart: .botsRestart
        case .update, .updateInCohorts: .botsUpdate
        case .assignKey: .botsAssignKey
        case .setSessions: .botsConfigure
        case .topUp: .billingManage
        }
    }

    /// Only who acts for support: internal notes, assignments, resolving, answers as support.
    public var isForSupport: Bool {
        switch self {
        case .ticketNote, .ticketAssign, .ticketResolve: true
        case .ticketReply(_, _, let asSupport): asSupport
        default: false
        }
    }

    /// Pause, resume, restart, tickets and notes; nothing else.
    /// **Source** <doc:ProductRules#Staff>.
    public var isOpenToStaff: Bool {
        switch self {
        case .pause, .resume, .restart, .cancel: true
        default: permission == .ticketsWrite
        }
    }

    /// Acts of staff on a bot carry a reason.
    public var needsReasonFromStaff: Bool {
        switch self {
        case .pause, .resume, .restart: true
        default: false
        }
    }

    /// It stops losses: it goes before everything and past the rate limit.
    public var isKillLane: Bool { KillLane.acts[verb] != nil }

    /// It stops losses, or shows what a close would do: neither waits for anything else.
    public var isOfKillLane: Bool { KillLane.right(verb) != nil }

    /// Not begun after this long: expired, so that an old close never fires unasked.
    /// Nil: never.
    public var expiry: Span? { isKillLane ? Deadlines.killLane : nil }
}

extension Gate {
    /// Everything that can be decided before the bots, positions and tickets are known.
    /// - Throws: ``Refusal`` for a missing right, or a reason that staff did not give.
    public static func check(_ command: Command, for person: Operator) throws(Refusal) {
        // No role that could be asked for opens what is for support alone.
        if command.isForSupport, !person.actsForSupport {
            throw .supportOnly(name: person.name, act: command.verb)
        }
        try check(command.permission, for: person, act: command.verb)
        if person.isStaff, !command.isOpenToStaff {
            throw .notForStaff(name: person.name, act: command.verb)
        }
        if person.isStaff, command.needsReasonFromStaff, !command.hasReason {
            throw .reasonRequired(act: command.verb, why: .staff)
        }
    }
}
