/// Each invariant, broken on purpose: the observer must see it, and must see nothing otherwise.
import Store
import Testing

@testable import Core

/// What must always hold, by the invariants that say it; each has its plant below, and most have a
/// safeguard in ``SafeguardTests`` without which a simulation does not stay clean.
///
/// | Law | Invariant | Safeguards |
/// |---|---|---|
/// | no entry while paused | `noEntryWhilePaused` | `pause`, `secondLook` |
/// | unarmed | `entriesOnlyWhileArmed` | none: an unarmed bot has no strategy to ask |
/// | nor before book and exchange were compared | `entriesOnlyOnceReconciled` | `reconcileFirst` |
/// | outside a session | `entriesOnlyInSessions` | `sessions` |
/// | past a latched switch | `noEntryWhileKillSwitchIsLatched`,
///   `killSwitchIsResetByPeopleAlone` | `latchPauses`, `latchReset` |
/// | exits evaluated in every state that promises them | `exitsAreEvaluated`,
///   `lossPerTradeWithinItsLimit` | `exitsWhilePaused`, `closeAgain`,
///   `lossPerTrade` |
/// | never asleep with a position | `neverAsleepWithAPosition` | `sleepOnlyFlat` |
/// | one key one bot | `oneKeyOneBot` | `oneKeyOneBot`, `keyOfFlatBots` |
/// | charged exactly while provisioned | `chargedExactlyWhileProvisioned`, `nobodyRunsUnpaid` |
///   `chargeEnds`, `chargeIsBooked`, `windDownAtZero` |
/// | ledger sums | `ledgerSumsToTheBalance` | `ledgerRow` |
/// | positions equal fills equal exchange | `positionsAreTheSumOfTheirFills`,
///   `exchangeHoldsWhatTheBookHolds`, `walletIsTheSumOfFillsAndTrades` | `sameOrderSameID`,
///   `missedMessages`, `reduceOnly` |
/// | no duplicate order for one decision | `oneOrderForOneDecision` | `sameOrderSameID` |
/// | every acknowledged command has exactly one outcome | `acknowledgedCommandsAreKept`,
///   `commandsHaveOneOutcome`, `closesEndFlat` | `sameKeySameCommand`, `haltUntilFlat` |
/// | restart at most once an hour | `restartAtMostOnceAnHour` | `restartOnceAnHour` |
/// | the same IP after sleep | `sameAddressAfterSleep` | none: a sleep does not touch it |
/// | audit without gaps | `auditChainVerifies`, `commandsHaveOneOutcome` | `auditRow` |
/// | cached configuration, offline by missed heartbeats | `cutBotsRunWhatTheyHeardLast`,
///   `missedHeartbeatsAreNoticed`, `whatWaitedIsHandedOver` | `waitForLink`, `missedHeartbeats` |
/// | the preview bound to its confirmation | `confirmedIsWhatWasShown` | `previewIsFresh` |
/// | clocks that jump | `timeNeverGoesBack` | none: nothing sets the world's clock back |
@Suite struct InvariantTests {
    @Test func aSoundPictureHasNoViolation() {
        var observer = Observer()
        #expect(observer.look(at: Plant.sound()).isEmpty)
        #expect(observer.look(at: Plant.quiet()).isEmpty)
        var lives = Plant.lifeObserver()
        #expect(lives.look(at: Plant.living()).isEmpty)
    }

    @Test(arguments: Invariant.allCases) func aPlantedViolationIsSeen(_ invariant: Invariant) {
        var observer = Plant.lifeObserver()
        switch invariant {
        case .acknowledgedCommandsAreKept:
            observer.acknowledged(DeskReply(commands: [Plant.command(.done)]))
        case .restartAtMostOnceAnHour:
            for number in 1...2 {
                observer.acknowledged(DeskReply(commands: [Plant.restart(Int64(number))]))
            }
        case .confirmedIsWhatWasShown: observer.take(Plant.lateConfirmation)
        default: break
        }
        let found = Plant.violating(invariant).flatMap { observer.look(at: $0) }
        #expect(found.contains { $0.invariant == invariant }, "\(found)")
    }

    /// The pictures themselves are not blind: a real fleet that is tampered with.
    @Test func aFleetThatIsTamperedWithIsSeen() throws {
        var simulation = try Simulation(seed: 13)
        let fleet = simulation.fleet
        while !fleet.world.bots.contains(where: { !$0.held.isEmpty }) {
            fleet.play(to: fleet.world.now + .hours(1))
            _ = try fleet.desk.settle()
        }
        #expect(try simulation.observer.look(at: simulation.camera.shoot(fleet)).isEmpty)
        let bot = try #require(fleet.world.bots.first { !$0.held.isEmpty })
        let key = try #require(bot.record.keyID)
        let lot = fleet.world.markets[bot.held[0].symbol].instrument.lot

        bot.held[0].position.quantity += lot
        #expect(try Self.look(&simulation).contains(.positionsAreTheSumOfTheirFills))
        bot.held[0].position.quantity -= lot
        bot.limits.maxLeverage = 1
        #expect(try Self.look(&simulation).contains(.lossPerTradeWithinItsLimit))
        bot.limits.maxLeverage = RiskLimits().maxLeverage
        bot.record.isPaused = true
        #expect(try Self.look(&simulation).contains(.noEntryWhilePaused))
        bot.record.isPaused = false
        fleet.world.journal.touch(bot: bot.id)
        #expect(try Self.look(&simulation).contains(.journalIsEmptyAfterCommit))
        _ = try fleet.desk.settle()
        #expect(try Self.look(&simulation).isEmpty)
        fleet.world.trading.venue.paper.deposit(.units(1), to: key)
        #expect(try Self.look(&simulation).contains(.walletIsDepositsRealisedFeesFunding))
    }

    private static func look(_ simulation: inout Simulation) throws -> [Invariant] {
        let picture = try simulation.camera.shoot(simulation.fleet)
        return simulation.observer.look(at: picture).map(\.invariant)
    }
}
