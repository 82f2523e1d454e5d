/// How each invariant is broken; a new invariant does not compile without its plant.
import Store

@testable import Core

extension Plant {
    static func violating(_ invariant: Invariant) -> [Picture] {
        switch invariant {
        case .noEntryWhilePaused, .noEntryWhileKillSwitchIsLatched,
            .killSwitchIsResetByPeopleAlone:
            [told(invariant)]
        case .positionsPerAssetWithinTheirLimit, .positionsTotalWithinTheirLimit,
            .leverageWithinItsLimit, .slippageWithinItsLimit:
            [filled(invariant)]
        case .commandsHaveOneOutcome: changedOutcome
        case .lossStreakWithinItsLimit: [lostInARow]
        case .entriesOnlyWhileOnline, .entriesOnlyWhileArmed, .entriesOnlyInSessions,
            .entriesOnlyOnceReconciled,
            .exitsAreEvaluated, .neverAsleepWithAPosition, .oneKeyOneBot,
            .chargedExactlyWhileProvisioned, .ledgerSumsToTheBalance, .oneOrderForOneDecision,
            .acknowledgedCommandsAreKept, .restartAtMostOnceAnHour, .sameAddressAfterSleep,
            .transitionsAreThoseOfTheTable:
            livingWrongly(invariant)
        case .cutBotsRunWhatTheyHeardLast, .missedHeartbeatsAreNoticed, .whatWaitedIsHandedOver,
            .nobodyRunsUnpaid, .timeNeverGoesBack, .confirmedIsWhatWasShown:
            outOfReach(invariant)
        default: [standing(invariant)]
        }
    }

    /// Something that the feed tells before or after the fill.
    private static func told(_ invariant: Invariant) -> Picture {
        var picture = sound()
        switch invariant {
        case .noEntryWhilePaused:
            picture.activities.insert(entry(0, .command, "pause", actor: "ana"), at: 0)
            picture.bots[0].record.isPaused = true
        case .noEntryWhileKillSwitchIsLatched:
            picture.activities.insert(entry(0, .risk, "daily_loss_pct"), at: 0)
        default:
            picture.activities.append(entry(2, .risk, "daily_loss_pct"))
            picture.activities.append(entry(3, .command, "resume"))
        }
        return picture
    }

    private static func filled(_ invariant: Invariant) -> Picture {
        var picture = sound()
        switch invariant {
        case .positionsPerAssetWithinTheirLimit: add(1, to: &picture, symbols: ["X"])
        case .positionsTotalWithinTheirLimit:
            add(5, to: &picture, symbols: ["A", "B", "C", "D", "E"])
        case .leverageWithinItsLimit: picture.fills[0].order.leverage = 6
        default: picture.fills[0].fill.price = Price(raw: hundred.raw + hundred.raw / 100)
        }
        return picture
    }

    private static func add(_ count: Int64, to picture: inout Picture, symbols: [String]) {
        for number in 0..<count {
            picture.activities.append(entry(number + 2, .order, "filled"))
            picture.fills.append(fill(number + 2, symbol: symbols[Int(number)]))
        }
    }

    /// The command was done; in the next picture it has failed.
    private static var changedOutcome: [Picture] {
        var first = sound()
        first.commands = [command(.done)]
        var second = quiet()
        second.commands = [command(.failed)]
        return [first, second]
    }

    /// Five losing trades, and the bot goes on.
    private static var lostInARow: Picture {
        var picture = sound()
        picture.bots[0].limits.consecutiveLosses = 1
        picture.activities += [entry(2, .config, "limits"), entry(3, .order, "filled")]
        picture.limits = [bot: [1: picture.bots[0].limits]]
        var close = fill(2)
        close.order.purpose = .exit
        close.fill.side = .sell
        close.fill.positionID = ID(1)
        picture.fills.append(close)
        picture.trades = [
            Trade(
                closing: position(1), .plain, in: .usdt, at: now, last: hundred,
                decisionPrice: hundred)
        ]
        picture.bots[0].record.consecutiveLosses = 1
        return picture
    }

    /// Something in the state after the commit.
    private static func standing(_ invariant: Invariant) -> Picture {
        var picture = sound()
        switch invariant {
        case .positionsAreTheSumOfTheirFills: picture.bots[0].held[0].quantity = one + one
        case .exchangeHoldsWhatTheBookHolds: picture.bots[0].exchange = [:]
        case .walletIsDepositsRealisedFeesFunding: picture.bots[0].account.wallet += .units(1)
        case .walletIsTheSumOfFillsAndTrades:
            picture.bots[0].account.fees += .units(1)
            picture.bots[0].account.wallet -= .units(1)
        case .lossPerTradeWithinItsLimit:
            picture.bots[0].equity = .units(100)
            picture.bots[0].held[0].openedAt = now - .minutes(1)
            picture.bots[0].marks["X"] = Price(raw: hundred.raw / 10 * 9)
        case .dailyLossWithinItsLimit: picture.bots[0].equity = .units(9500)
        case .exchangeErrorsWithinTheirLimit: picture.bots[0].apiErrors = 10
        case .closesEndFlat: picture.ended = [command(.done)]
        case .journalIsEmptyAfterCommit: picture.journalIsEmpty = false
        default: picture.audit = AuditReport(rows: 1, head: .empty, fault: .content(row: 1))
        }
        return picture
    }
}
