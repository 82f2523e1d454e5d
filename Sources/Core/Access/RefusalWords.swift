/// A refusal in words: what was refused, and what to do now.

import Store

extension Refusal {
    /// What was refused and why, without a full stop. Holds words of users: sanitise for display.
    public var headline: String {
        switch self {
        case .notPermitted(let name, let role, let permission, let act):
            "\(name) (\(role)) may not do \"\(act)\": that needs \(permission.rawValue)"
        case .notForStaff(let name, let act):
            "\(name) (Plutarc staff) may not do \"\(act)\""
        case .supportOnly(let name, let act): "\(name) may not do \"\(act)\": support only"
        case .notAMember(let uid): "the Unix account \(uid) is no member of this workspace"
        case .starting: "the engine is still starting; nothing new was accepted"
        case .notTheHomesAccount(let name, let act):
            "\(name) may not do \"\(act)\": that is for the Unix account that owns the home"
        case .damaged(let what, isDone: true):
            "the database is damaged: \(what). The engine does it all the same; it is not on record"
        case .damaged(let what, isDone: false):
            "the database is damaged: \(what). Nothing was done"
        case .unknownVerb(let verb): "there is no command \"\(cut(verb))\""
        case .badRequest(let field, let problem): "\"\(cut(field))\": \(problem)"
        case .keyReused(let key): "the key \(cut(key)) already belongs to another request"
        case .noSuch(let noun, let name): "no \(noun.title) is named \"\(cut(name))\""
        case .noSuchMember(let name, _): "no ticket can be given to \"\(cut(name))\""
        case .ambiguous(let noun, let name, let candidates):
            "\"\(cut(name))\" could be any of \(candidates.count) \(noun.title)s: "
                + Self.list(candidates)
        case .alreadyPaused(let bot, let cause): "\(bot) is already paused (\(cause.words))"
        case .notPaused(let bot): "\(bot) is not paused"
        case .wrongState(let bot, let state, let act):
            "\(bot) is \(state.title): \"\(act)\" does nothing there"
        case .killSwitchLatched(let bot, let since, let name):
            "\(bot) is held by its daily loss kill switch since \(since.stamp); "
                + "\(name) may not reset it"
        case .reasonRequired(let act, .staff): "\"\(act)\" by staff needs a reason"
        case .reasonRequired(_, .killSwitch(let bot)):
            "\(bot) is held by its daily loss kill switch; its reset needs a reason"
        case .restartCooldown(let bot, let last, let until):
            "\(bot) was last restarted at \(last.stamp); available again at \(until.stamp)"
        case .closeUnderWay(let position): "\(position) is already being closed"
        case .engineDied(let bot):
            "the engine died twice while at work on \(bot): this may be why, and is not done"
        case .confirmationMissing(let need): need.headline
        case .labelMismatch(let label, let typed):
            "the typed label \"\(cut(typed))\" is not \"\(label)\""
        case .stalePreview(let stale): "the preview is void: \(stale.words)"
        case .unknownLimit(let name, _): "there is no risk limit \"\(cut(name))\""
        case .badValue(let name, let value, let expected):
            "\(name): \"\(cut(value))\" is not \(expected)"
        case .badNumber(let name, let error, _): "\(name): \(error.headline)"
        case .nothingToChange(let words): words
        case .notWaiting(let command, let outcome):
            outcome.isFinal
                ? "\(command) is over: \(outcome.rawValue)"
                : "\(command) has begun and cannot be cancelled any more"
        case .template(let refusal): refusal.headline
        case .ticket(let refusal): refusal.headline
        case .life(let refusal): refusal.headline
        }
    }

    /// What to do now, as a sentence.
    public var remedy: String {
        switch self {
        case .notPermitted(_, _, let permission, _): "Ask \(permission.holderWords)."
        case .notForStaff: "Ask a member of the workspace; staff pause, resume, restart and answer."
        case .supportOnly:
            "It is for the accounts in the home's file staff; with none there, for the owner."
        case .notAMember: "Ask the owner of the workspace for an invitation."
        case .starting:
            "Ask again when it runs: plutarc engine status. Pauses and closes go first."
        case .notTheHomesAccount: "Ask whoever that is; every board has a command of its own."
        case .damaged:
            "See plutarc check; watch the positions, close what is open, then stop the engine and "
                + "put a sound copy in its place."
        case .unknownVerb: "See plutarc help; a console of another version may know other commands."
        case .badRequest: "Correct the field and send the request again."
        case .keyReused: "Send the request under a new key."
        case .noSuch(let noun, _): "List them: \(noun.listing)."
        case .noSuchMember(_, let known): "Known: \(Self.list(known))."
        case .ambiguous: "Write the id, the whole label, or more of the id."
        case .alreadyPaused: "Nothing is left to do; resume starts entries again."
        case .notPaused: "Nothing is left to do."
        case .wrongState(let bot, _, _): "See its state: plutarc bot \(asWord(bot))."
        case .killSwitchLatched: "Ask \(Permission.riskEdit.holderWords)."
        case .reasonRequired(let act, .killSwitch(let bot)):
            "Give one: plutarc \(act) \(asWord(bot)) --reason TEXT."
        case .reasonRequired(_, .staff): "Give one: add --reason TEXT."
        case .restartCooldown(let bot, _, let until):
            "Wait until \(until.stamp), or stop and start it: plutarc stop \(asWord(bot)) "
                + "--close-first, then plutarc start \(asWord(bot))."
        case .closeUnderWay: "Wait for its fill: plutarc positions."
        case .engineDied: "Look at its positions at the exchange, then ask again."
        case .confirmationMissing(let need): need.remedy
        case .labelMismatch(let label, _): "Type the label exactly: \(label)."
        case .stalePreview:
            "Look again with --preview and confirm the new token within \(Preview.lifetimeWords)."
        case .unknownLimit(_, let known): "Known: \(known.joined(separator: ", "))."
        case .badValue(_, _, let expected): "Write \(expected)."
        case .badNumber(_, _, let range): "Write \(range)."
        case .nothingToChange: "Nothing is left to do."
        case .notWaiting: "See how it stands: plutarc commands."
        case .template(let refusal): refusal.remedy
        case .ticket(let refusal): refusal.remedy
        case .life(let refusal): refusal.remedy
        }
    }

    /// At most twelve candidates by name, then how many more.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}

extension Refusal.ConfirmationNeed {
    var headline: String {
        switch self {
        case .token(let bots): "closing on \(counted(bots, "bot")) needs the token of a preview"
        case .label(let bot): "closing on \(bot) needs a confirmation"
        case .takeover(let bot, let positions, let changes, let when):
            "\(bot) holds \(counted(positions, "position")): "
                + "the new exit rules would take over \(when)"
                + changes.map { "; \($0)" }.joined()
        case .limits(let need): need.words
        }
    }

    var remedy: String {
        switch self {
        case .token:
            "Run it with --preview, then with --confirm TOKEN within \(Preview.lifetimeWords)."
        case .label(let bot):
            "Add --confirm-label \(asWord(bot)), or --preview first and then --confirm TOKEN."
        case .limits(let need) where need.question == .yes: "Confirm with --yes."
        case .takeover(let bot, _, _, _): Self.labelOrToken(bot)
        case .limits(let need): Self.labelOrToken(need.bot)
        }
    }
}

extension Refusal.ConfirmationNeed {
    private static func labelOrToken(_ bot: String) -> String {
        "Confirm with --confirm-label \(asWord(bot)), "
            + "or --preview first and then --confirm TOKEN."
    }
}

extension Refusal.StalePreview {
    var words: String {
        switch self {
        case .unknown: "there is no such token, or it was used"
        case .otherPerson: "it was made by somebody else"
        case .otherAct(let previewed): "it was made for \"\(previewed)\""
        case .tooOld(let age) where age < .seconds(0): "the clock was set back since it was made"
        case .tooOld(let age): "it is \(age.ageText) old, \(Preview.lifetime.ageText) is the limit"
        case .grew(let bots, let positions, let orders):
            "the set grew by \(Self.parts(bots, positions, orders))"
        case .moved(let from, let to):
            "the notional moved from \(from.text(decimals: 2)) to \(to.text(decimals: 2)), "
                + "more than 1 %"
        }
    }

    private static func parts(_ bots: Int, _ positions: Int, _ orders: Int) -> String {
        [(bots, "bot"), (positions, "position"), (orders, "order")]
            .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: ", ")
    }
}

extension Refusal.Noun {
    var title: String { self == .notice ? "alert" : rawValue }
    /// The command that lists such things.
    var listing: String {
        switch self {
        case .bot: "plutarc bots"
        case .position: "plutarc positions"
        case .template: "plutarc templates"
        case .ticket: "plutarc tickets"
        case .notice: "plutarc alerts"
        case .key: "plutarc bots --json"
        case .command: "plutarc commands"
        }
    }
}

extension Permission {
    /// `an Owner, Admin or Risk Manager`.
    var holderWords: String {
        let titles = holders.map(\.title)
        let head = titles.dropLast().joined(separator: ", ")
        return "an " + (head.isEmpty ? "" : "\(head) or ") + (titles.last ?? "Owner")
    }
}

extension PauseCause {
    /// `by a person`, `kill switch`.
    public var words: String {
        switch self {
        case .person: "by a person"
        case .staff: "by staff"
        case .killSwitch: "daily loss kill switch"
        case .lossStreak: "consecutive losses"
        case .apiErrors: "API errors"
        case .reconciliation: "book and exchange differ"
        case .closeAll: "pause and close all"
        case .billing: "the balance is nearly used up"
        }
    }
}

extension Instant {
    /// `2026-03-10 02:14:07Z`.
    var stamp: String { "\(dateText) \(clockText)Z" }
}

/// A label as one word of a command line: in quotes where it holds blanks.
func asWord(_ label: String) -> String { label.contains(" ") ? "\"\(label)\"" : label }
