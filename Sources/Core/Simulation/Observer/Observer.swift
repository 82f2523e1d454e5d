/// Knows what must hold of a fleet at every commit, from its rows alone.
import Store

/// What must hold.
/// **Source** <doc:ProductRules#Bot-states>, <doc:ProductRules#Risk-limits>,
/// <doc:ProductRules#Reconciliation>, <doc:ProductRules#Closing-until-flat>,
/// <doc:ProductRules#Previews>, <doc:ProductRules#Billing>.
enum Invariant: String, CaseIterable {
    case noEntryWhilePaused
    case noEntryWhileKillSwitchIsLatched
    case killSwitchIsResetByPeopleAlone
    case positionsAreTheSumOfTheirFills
    case exchangeHoldsWhatTheBookHolds
    case walletIsDepositsRealisedFeesFunding
    case walletIsTheSumOfFillsAndTrades
    case positionsPerAssetWithinTheirLimit
    case positionsTotalWithinTheirLimit
    case leverageWithinItsLimit
    case slippageWithinItsLimit
    case lossPerTradeWithinItsLimit
    case dailyLossWithinItsLimit
    case lossStreakWithinItsLimit
    case exchangeErrorsWithinTheirLimit
    case commandsHaveOneOutcome
    case closesEndFlat
    case journalIsEmptyAfterCommit
    case auditChainVerifies
    case entriesOnlyWhileOnline
    case entriesOnlyWhileArmed
    case entriesOnlyInSessions
    case entriesOnlyOnceReconciled
    case exitsAreEvaluated
    case neverAsleepWithAPosition
    case oneKeyOneBot
    case chargedExactlyWhileProvisioned
    case ledgerSumsToTheBalance
    case oneOrderForOneDecision
    case acknowledgedCommandsAreKept
    case restartAtMostOnceAnHour
    case sameAddressAfterSleep
    case transitionsAreThoseOfTheTable
    case cutBotsRunWhatTheyHeardLast
    case missedHeartbeatsAreNoticed
    case whatWaitedIsHandedOver
    case nobodyRunsUnpaid
    case confirmedIsWhatWasShown
    case timeNeverGoesBack
}

struct Violation: CustomStringConvertible {
    let invariant: Invariant
    let words: String
    var description: String { "\(invariant.rawValue): \(words)" }
}

/// What the rows so far say of one bot.
struct KnownBot {
    var isPaused = false
    var pausedAt = Instant(milliseconds: 0)
    /// Its latest pause was for a losing streak.
    var isForStreak = false
    var isLatched = false
    var latchedAt = Instant(milliseconds: 0)
    var limitsVersion = 0
    var limits = RiskLimits()
    var limitsAt = Instant(milliseconds: 0)
    /// In force before those.
    var earlierLimits = RiskLimits()
    /// Signed open quantity of each position that is not closed.
    var open: [ID<Position>: (symbol: String, quantity: Quantity)] = [:]
    var losses = 0
    /// A person or the cool-down let it go on after the last loss.
    var resumedSinceLoss = false
    var resumedSinceError = false
}

/// What the rows so far say of one account at the exchange.
struct KnownBook {
    var fees = Money.zero
    var fills = 0
    /// Received for what was sold less what was paid for what was bought.
    var cash = Money.zero
    var tradeNets = Money.zero
}

/// Looks at pictures in order and names everything that must not be.
struct Observer {
    var known: [ID<Bot>: KnownBot] = [:]
    var outcomes: [ID<CommandRecord>: CommandRecord] = [:]
    var violations: [Violation] = []
    var lives: [ID<Bot>: KnownLife] = [:]
    /// What was answered with a command's number.
    var acknowledged: Set<ID<CommandRecord>> = []
    var books: [ID<APIKey>: KnownBook] = [:]
    /// Restarts that came too early, in words.
    var early: [String] = []
    /// Confirmations that should have been refused, in words.
    var unshown: [String] = []
    /// When the exchange executed each order that was told of over a line.
    var executions: [String: Instant] = [:]
    /// The world's clock as of the last commit.
    var committed: Instant?
    private var contracts: [String: Contract] = [:]

    /// Those of a picture that names none are plain.
    func contract(of symbol: String) -> Contract { contracts[symbol] ?? .plain }

    mutating func look(at picture: Picture) -> [Violation] {
        violations = []
        contracts = picture.contracts
        checkTime(picture)
        followLives(picture)
        follow(picture)
        for life in picture.lives { check(life, at: picture) }
        checkFleet(picture)
        checkPayment(picture)
        for words in unshown { report(.confirmedIsWhatWasShown, words) }
        unshown.removeAll()
        for bot in picture.bots { check(bot, at: picture.at) }
        checkCommands(picture)
        if !picture.journalIsEmpty {
            report(.journalIsEmptyAfterCommit, "rows were left behind")
        }
        if let audit = picture.audit, let fault = audit.fault {
            report(.auditChainVerifies, fault.headline)
        }
        return violations
    }

    mutating func report(_ invariant: Invariant, _ words: String) {
        violations.append(Violation(invariant: invariant, words: words))
    }

    // MARK: - Commands

    private mutating func checkCommands(_ picture: Picture) {
        for command in picture.ended {
            settle(command)
            let closes = [ClosePositionCommand.verb, CloseAllCommand.verb]
            guard closes.contains(command.verb) else { continue }
            guard command.outcome == .done else {
                report(.closesEndFlat, "\(command.id) \(command.verb): \(command.message)")
                continue
            }
            checkFlat(command, picture)
        }
        guard let history = picture.commands else { return }
        for command in history where command.outcome.isFinal { settle(command) }
        for lost in acknowledged.subtracting(history.map(\.id)).sorted() {
            report(.acknowledgedCommandsAreKept, "\(lost) was answered and is not there")
        }
        if let audit = picture.audit { checkAudit(audit, picture.refusals, of: history) }
    }

    /// One row for each command, and one for each end that came later than it. What was refused at
    /// once has at most two for all of its kind and minute.
    private mutating func checkAudit(
        _ audit: AuditReport, _ refusals: Int, of history: [CommandRecord]
    ) {
        let refused = history.count(where: \.isFolded)
        let second = history.count {
            guard $0.outcome.isFinal else { return false }
            // What has waited for a link is audited when it is asked for and when it is done.
            if let begun = $0.startedAt, begun != $0.at { return true }
            if $0.errorCode == "cancelled" { return true }
            // Given up in the instant in which it began: that is an end of its own too.
            return $0.outcome != .refused
                && ($0.startedAt != $0.finishedAt || $0.message.hasPrefix("given up"))
        }
        let due = history.count - refused + second
        let isFolded = refused == 0 ? refusals == 0 : 1...(2 * refused) ~= refusals
        if audit.rows != Int64(due + refusals) || !isFolded {
            report(
                .commandsHaveOneOutcome,
                "\(counted(due, "command")) and later ends, and \(counted(refused, "refusal")) "
                    + "in \(counted(refusals, "row")), have \(counted(audit.rows, "audit row"))")
        }
    }

    /// A final outcome never changes again.
    private mutating func settle(_ command: CommandRecord) {
        guard command.outcome.isFinal, command.finishedAt != nil else {
            return report(.commandsHaveOneOutcome, "\(command.id) ended without an outcome")
        }
        if let earlier = outcomes[command.id], earlier != command {
            report(
                .commandsHaveOneOutcome,
                "\(command.id) was \(earlier.outcome.rawValue), is \(command.outcome.rawValue)")
        }
        outcomes[command.id] = command
    }

    private mutating func checkFlat(_ command: CommandRecord, _ picture: Picture) {
        guard let bot = picture.bots.first(where: { $0.record.id == command.botID }) else { return }
        if command.verb == CloseAllCommand.verb {
            guard bot.held.isEmpty, bot.exchange.isEmpty, bot.stored.isEmpty else {
                return report(
                    .closesEndFlat, "\(command.id): \(bot.record.label) still holds positions")
            }
        } else if let id = command.target.split(separator: " ").first.flatMap({
            ID<Position>(text: String($0))
        }), bot.held.contains(where: { $0.id == id }) {
            report(.closesEndFlat, "\(command.id): \(id) is still open")
        }
    }
}
