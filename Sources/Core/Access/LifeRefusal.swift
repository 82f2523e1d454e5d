/// Why an act on the life of a bot, its key or its bill is refused.
import Store

/// Facts of a refusal; its words are below.
/// **Source** <doc:ProductRules#Transitions>, <doc:ProductRules#API-keys>,
/// <doc:ProductRules#Stopping-a-bot>, <doc:ProductRules#Updates>, <doc:ProductRules#Billing>.
public enum LifeRefusal: Sendable, Equatable, Codable {
    case wrongState(bot: String, state: BotState, event: LifeEvent)
    case underWay(bot: String, ComputeJob, JobPhase, left: Span)
    case noBalance(Money)
    case labelTaken(String)
    case labelMalformed(String)
    /// A word that means several bots, or all of them.
    case labelReserved(String)
    case noSuchRegion(region: String, provider: String?, known: [String])
    /// It would leave these unattended, or lose what guards them.
    case holds(bot: String, positions: [String], act: String)
    /// What becomes of these would reach nobody.
    case ordersOut(bot: String, orders: Int, act: String)
    case keyInUse(key: String, bot: String)
    case keyInactive(key: String)
    case noUpdate(bot: String, version: String)
    case amount(String)
    case rolloutUnderWay(version: String)
    /// So many were asked for, of so many that can be updated.
    case canaries(Int, of: Int)
    /// Sessions that cannot be read: what is wrong, and what to write.
    case sessions(headline: String, remedy: String)
    /// The same of what a bot has already.
    case unreadable(headline: String, remedy: String)
    /// The home's file of regions was not taken when the engine started.
    case computeFile(FileError)

    public var code: String {
        switch self {
        case .wrongState: "wrong_state"
        case .underWay: "under_way"
        case .noBalance: "no_balance"
        case .labelTaken: "label_taken"
        case .labelMalformed, .labelReserved: "bad_label"
        case .noSuchRegion: "no_such_region"
        case .holds: "open_positions"
        case .ordersOut: "orders_under_way"
        case .keyInUse: "key_in_use"
        case .keyInactive: "key_inactive"
        case .noUpdate: "no_update"
        case .amount: "bad_amount"
        case .rolloutUnderWay: "rollout_under_way"
        case .canaries: "bad_canaries"
        case .sessions: "bad_sessions"
        case .unreadable: "unreadable_sessions"
        case .computeFile: "bad_compute_file"
        }
    }

    /// 2 wrong usage, 4 no such thing, 5 refused by a rule, 7 data that cannot be used.
    var exitStatus: Int32 {
        switch self {
        case .labelMalformed, .labelReserved, .amount, .sessions: 2
        case .noSuchRegion: 4
        case .computeFile: 7
        default: 5
        }
    }

    var headline: String {
        switch self {
        case .wrongState(let bot, let state, let event):
            "\(bot) is \(state.title): \"\(event.verb)\" is not for that state"
        case .underWay(let bot, let job, let phase, let left):
            "\(bot): \(job.noun) is under way (\(phase.rawValue), \(left.ageText) left)"
        case .noBalance(let balance):
            "the balance is \(balance.text(decimals: 2)) USD: no instance can be paid"
        case .labelTaken(let label): "a bot is named \"\(cut(label))\" already"
        case .labelMalformed(let label): "\"\(cut(label))\" is no label"
        case .labelReserved(let label): "\"\(cut(label))\" stands for more than one bot"
        case .noSuchRegion(let region, let provider, _):
            "there is no region \"\(cut(region))\""
                + (provider.map { " at \"\(cut($0))\"" } ?? "")
        case .holds(let bot, let positions, let act):
            "\(bot) holds \(counted(positions.count, "position")) "
                + "(\(positions.prefix(6).joined(separator: ", "))"
                + (positions.count > 6 ? ", and \(positions.count - 6) more): " : "): ")
                + "\"\(act)\" would leave them unattended"
        case .ordersOut(let bot, let orders, let act):
            "\(bot) has \(counted(orders, "order")) on the way: "
                + "\"\(act)\" would lose what becomes of them"
        case .keyInUse(let key, let bot): "\(key) belongs to \(bot): one key, one bot"
        case .keyInactive(let key): "\(key) is not active"
        case .noUpdate(let bot, let version): "\(bot) runs \(version), the newest version"
        case .amount(let text): Self.amountWords(cut(text))
        case .rolloutUnderWay(let version): "an update to \(version) in cohorts is under way"
        case .canaries(let count, let ready):
            "\(count) of \(counted(ready, "bot")) cannot go first"
        case .sessions(let headline, _), .unreadable(let headline, _): headline
        case .computeFile(let fault): fault.headline
        }
    }

    var remedy: String {
        switch self {
        case .wrongState(let bot, let state, let event):
            BotTransitions.remedy(event, in: state, bot: bot)
        case .underWay(let bot, _, _, _): "Wait until it has ended: plutarc bot \(asWord(bot))."
        case .noBalance: "Add to it: plutarc top-up AMOUNT."
        case .labelTaken: "Choose another name; see plutarc bots."
        case .labelMalformed: Label.rule
        case .labelReserved: "Choose another name than \(Label.reservedWords)."
        case .noSuchRegion(_, _, let known): "Known: \(known.joined(separator: ", "))."
        case .holds(let bot, _, "stop"):
            "Add --close-first, or --leave-open --confirm-label \(asWord(bot))."
        case .holds(let bot, _, _): "Close them first: plutarc close-all \(asWord(bot))."
        case .ordersOut(let bot, _, _): "Wait until they have ended: plutarc bot \(asWord(bot))."
        case .keyInUse(_, let bot): "Give \(bot) another key, or choose a free one."
        case .keyInactive: "Choose an active key."
        case .noUpdate: "Nothing is left to do."
        case .rolloutUnderWay: "Wait until it has ended: plutarc commands."
        case .canaries(_, let ready):
            "Write 1 to \(max(ready - 1, 1)), so that others can follow; one bot alone: 1."
        case .sessions(_, let remedy), .unreadable(_, let remedy): remedy
        case .computeFile(let fault):
            "\(fault.remedy) Then start the engine anew: plutarc engine stop, plutarc engine start."
        case .amount: "Write USD above 0 and at most 1000000, such as 250."
        }
    }
}

extension LifeRefusal {
    /// What keeps a text from being an amount.
    fileprivate static func amountWords(_ text: String) -> String {
        do throws(NumberError) {
            _ = try Money.parse(unsigned: text)
            return "amount: \(NumberError.outOfRange(text).headline)"
        } catch { return "amount: \(error.headline)" }
    }
}

extension LifeEvent {
    /// As on the command line, where there is such a word.
    var verb: String { self == .redeploy ? "start" : rawValue }
}
