/// Every way in which the one door says no, as facts.

import Store

/// A rule said no; nothing was changed. `headline`, `remedy`: RefusalWords.swift.
public enum Refusal: Error, Sendable, Equatable, Codable {
    // Who asks
    case notPermitted(name: String, role: String, permission: Permission, act: String)
    case notForStaff(name: String, act: String)
    case supportOnly(name: String, act: String)
    case notAMember(uid: Int64)
    /// Only the Unix account that owns the home may, whatever its role.
    case notTheHomesAccount(name: String, act: String)

    /// The fleet is not loaded yet, and this is no pause and no close.
    case starting

    // What was asked
    case unknownVerb(String)
    case badRequest(field: String, problem: String)
    /// The same idempotency key came with another request.
    case keyReused(String)
    case noSuch(Noun, String)
    /// Nobody to whom a ticket can be given.
    case noSuchMember(String, known: [String])
    case ambiguous(Noun, String, candidates: [String])

    // Bots
    case alreadyPaused(bot: String, cause: PauseCause)
    case notPaused(bot: String)
    case wrongState(bot: String, state: BotState, act: String)
    /// The person may resume, but not reset the kill switch.
    case killSwitchLatched(bot: String, since: Instant, name: String)
    case reasonRequired(act: String, why: ReasonNeed)
    case restartCooldown(bot: String, last: Instant, until: Instant)
    case closeUnderWay(position: String)
    /// What was asked of it may be what ended the engine.
    case engineDied(bot: String)

    // Confirmation
    case confirmationMissing(ConfirmationNeed)
    case labelMismatch(label: String, typed: String)
    case stalePreview(StalePreview)

    // Risk limits
    case unknownLimit(String, known: [String])
    case badValue(name: String, value: String, expected: String)
    case badNumber(name: String, NumberError, range: String)

    /// What is so already, as a sentence.
    case nothingToChange(String)
    /// The database cannot take it down. What stops losses is done all the same.
    case damaged(String, isDone: Bool)
    /// It has begun, or is over.
    case notWaiting(command: String, outcome: CommandOutcome)
    case template(TemplateRefusal)
    case ticket(TicketRefusal)
    case life(LifeRefusal)

    /// What a name was to be the name of.
    public enum Noun: String, Sendable, CaseIterable, Codable {
        case bot, position, template, ticket, notice, key, command
    }

    public enum ReasonNeed: Sendable, Equatable, Codable { case staff, killSwitch(bot: String) }

    public enum ConfirmationNeed: Sendable, Equatable, Codable {
        /// Several bots: only a preview's token will do.
        case token(bots: Int)
        /// One bot: its label, or a token.
        case label(bot: String)
        /// The new exit rules take over these positions. **Source** <doc:ProductRules#Templates>.
        case takeover(
            bot: String, positions: Int, changes: [String] = [], when: String = "at once")
        /// New limits bind what is open.
        case limits(LimitNeed)
    }

    /// Why a preview no longer binds. **Source** <doc:ProductRules#Previews>.
    public enum StalePreview: Sendable, Equatable, Codable {
        case unknown
        case otherPerson
        case otherAct(previewed: String)
        case tooOld(age: Span)
        case grew(bots: Int, positions: Int, orders: Int)
        case moved(from: Money, to: Money)
    }
}

extension Refusal {
    /// A stable word for scripts. **Source** <doc:CommandLine#Errors>.
    public var code: String {
        switch self {
        case .notPermitted: "not_permitted"
        case .notForStaff: "not_for_staff"
        case .supportOnly: "support_only"
        case .notAMember: "not_a_member"
        case .starting: "engine_starting"
        case .notTheHomesAccount: "not_permitted"
        case .unknownVerb: "unknown_verb"
        case .badRequest: "bad_request"
        case .keyReused: "key_reused"
        case .noSuch(let noun, _): "no_such_\(noun.rawValue)"
        case .noSuchMember: "no_such_member"
        case .ambiguous: "ambiguous"
        case .alreadyPaused: "already_paused"
        case .notPaused: "not_paused"
        case .wrongState: "wrong_state"
        case .killSwitchLatched: "kill_switch_latched"
        case .reasonRequired: "reason_required"
        case .restartCooldown: "restart_cooldown"
        case .closeUnderWay: "close_under_way"
        case .engineDied: "engine_died"
        case .confirmationMissing: "confirmation_missing"
        case .labelMismatch: "label_mismatch"
        case .stalePreview: "stale_preview"
        case .unknownLimit: "unknown_limit"
        case .badValue: "bad_value"
        case .badNumber(_, let error, _): error.isBeyondRange ? "out_of_range" : "bad_value"
        case .nothingToChange: "nothing_to_change"
        case .damaged: "damaged"
        case .notWaiting: "not_waiting"
        case .template(let refusal): refusal.code
        case .ticket(let refusal): refusal.code
        case .life(let refusal): refusal.code
        }
    }

    /// 2 wrong usage, 3 not permitted, 4 no such thing or ambiguous, 5 refused by a rule, 6 not
    /// yet, 7 data that cannot be used.
    /// **Source** <doc:CommandLine#Exit-statuses>.
    public var exitStatus: Int32 {
        switch self {
        case .unknownVerb, .badRequest, .unknownLimit, .badValue, .badNumber: 2
        case .notPermitted, .notForStaff, .supportOnly, .notAMember, .notTheHomesAccount,
            .killSwitchLatched:
            3
        case .noSuch, .noSuchMember, .ambiguous: 4
        case .life(let refusal): refusal.exitStatus
        case .template(.badName): 2
        case .starting: 6
        case .damaged: 7
        default: 5
        }
    }

    /// `{"code":…,"message":…,"remedy":…}`: the inside of an error document.
    public var json: JSON {
        ["code": .string(code), "message": .string(headline), "remedy": .string(remedy)]
    }
}
