/// What befalls the engine and its machine: kills, cuts within a transaction, full disks, clocks.
import Store

extension Simulation {
    /// Whether a fault that comes once in so many turns comes now; it is counted then.
    mutating func isDue(_ mean: Int, _ fault: SimulatedFault) -> Bool {
        guard mean > 0, dice.chance(1, in: mean) else { return false }
        result.tally.faults[fault.rawValue, default: 0] += 1
        return true
    }

    /// Before a turn: clocks jump, everything stands still, the machine is off, or the next commit
    /// will fail.
    mutating func misfortune() throws {
        let settings = fleet.settings
        if isDue(settings.clockJumps, .clock) {
            fleet.machine.set(by: .seconds(Int64(dice.integer(in: -10_800...10_800))))
        }
        if isDue(settings.standstills, .standstill) {
            let length = dice.chance(1, in: 2) ? 1...90 : 90...10_800
            fleet.standStill(
                for: .seconds(Int64(dice.integer(in: length))), asleep: dice.chance(1, in: 2))
        }
        if isDue(settings.absences, .absence) {
            try fleet.crash(after: .minutes(Int64(dice.integer(in: 2...180))))
        }
        if isDue(settings.fullDisks, .disk) {
            try fleet.database.simulateFullDisk(true)
        } else if isDue(settings.cuts, .cuts) {
            fleet.database.simulateCut(afterSteps: dice.integer(in: 1...4000))
        }
    }

    /// A commit failed: the engine stops, as it must, and starts again from what is on disk.
    mutating func stopped(by error: StoreError) throws {
        try fleet.database.simulateFullDisk(false)
        fleet.database.simulateCut(afterSteps: nil)
        switch error {
        case .full, .interrupted, .unknownCommit: break
        default:
            take([
                Violation(
                    invariant: .journalIsEmptyAfterCommit,
                    words: "the store refused what the world did: \(error)")
            ])
            // It would come to the same again from the same commit.
            isBroken = true
            return
        }
        result.tally.faults["stopped: \(error.code)", default: 0] += 1
        try fleet.crash()
        _ = try fleet.settle()
    }
}

extension SimulatedFleet {
    /// Nothing that was asked for is still being done.
    var isAtRest: Bool {
        (world.fleet.rollout?.rollout.stage.isOver ?? true) && world.trading.halts.isEmpty
            && world.bots.allSatisfy { $0.instance.commandID == nil }
    }
}
