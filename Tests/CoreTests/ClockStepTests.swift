/// Small steps of the wall clock within one boot: each is believed, and all of them together count.

import Store
import Testing

@testable import Core

@Suite struct ClockStepTests {
    private static let signs: [Int64] = [1, -1]

    /// Two steps, with time between them: while the engine runs, or each over a start of it.
    private func trialAfterTwoSteps(
        of seconds: Int64, restarting: Bool, addUp: Bool = true
    ) throws -> ClockTrial {
        let trial = try ClockTrial()
        for _ in 0..<2 {
            trial.engine.desk.clock.stepsAddUp = addUp
            trial.pass(.minutes(3))
            try trial.turn()
            trial.set(.seconds(seconds))
            if restarting { try trial.start() } else { try trial.turn() }
        }
        return trial
    }

    @Test(arguments: signs, [true, false])
    func theyAddUp(sign: Int64, restarting: Bool) throws {
        let trial = try trialAfterTwoSteps(of: 40 * sign, restarting: restarting)
        #expect(try trial.isStopped)
        let alarm = try #require(try trial.alarms.first?.message)
        #expect(alarm.contains(sign > 0 ? "1m ahead of" : "1m behind"), "\(alarm)")
        // Time that passes changes nothing; one step back is within the minute again.
        trial.pass(.minutes(5))
        try trial.turn()
        #expect(try trial.isStopped)
        trial.set(.seconds(-40 * sign))
        try trial.turn()
        #expect(try !trial.isStopped)
        #expect(try trial.alarms.count == 1)
    }

    @Test(arguments: signs) func aMinuteInAllIsBelieved(sign: Int64) throws {
        let trial = try trialAfterTwoSteps(of: 30 * sign, restarting: true)
        #expect(try !trial.isStopped)
        trial.set(.milliseconds(sign))
        try trial.turn()
        #expect(try trial.isStopped)
    }

    @Test func stepsToAndFroCancelOut() throws {
        let trial = try ClockTrial()
        for step in 0..<10 {
            trial.pass(.minutes(2))
            trial.set(.seconds(step % 2 == 0 ? 40 : -40))
            try trial.turn()
            #expect(try !trial.isStopped)
        }
    }

    /// Slewing and sleep move both clocks.
    @Test func whatMovesBothClocksIsNoStep() throws {
        let trial = try ClockTrial()
        for _ in 0..<10 {
            trial.pass(.minutes(7) + .milliseconds(12_600), asleep: true)
            try trial.start()
            trial.pass(.minutes(1))
            try trial.turn()
        }
        #expect(try !trial.isStopped)
        #expect(trial.behind == .seconds(0))
    }

    /// What a person accepted is what later steps are held against.
    @Test func acceptanceBeginsAnew() throws {
        let trial = try trialAfterTwoSteps(of: 40, restarting: false)
        try trial.accept()
        trial.set(.seconds(40))
        try trial.start()
        #expect(try !trial.isStopped)
        trial.set(.seconds(40))
        try trial.start()
        #expect(try trial.isStopped)
    }

    /// Nothing tells how a clock was set while the machine was off.
    @Test func aBootBeginsAnew() throws {
        let trial = try ClockTrial()
        trial.set(.seconds(40))
        try trial.turn()
        try trial.reboot(after: .minutes(5))
        trial.set(.seconds(40))
        try trial.turn()
        #expect(try !trial.isStopped)
        trial.set(.seconds(40))
        try trial.turn()
        #expect(try trial.isStopped)
    }

    /// The tests of this file are deaf without the safeguard.
    @Test(arguments: signs) func heldAgainstTheOneBeforeNobodyNotices(sign: Int64) throws {
        let trial = try trialAfterTwoSteps(of: 40 * sign, restarting: false, addUp: false)
        #expect(try !trial.isStopped)
    }
}
