/// What random inputs are worth: most are read, and traded on.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct FuzzInputTests {
    /// Most inputs come through the doors, and bots trade on them: the rest is worth nothing.
    @Test func inputsAreTradedOn() throws {
        let scratch = Scratch("plutarc-fuzz")
        var run = FuzzRun(path: scratch.path + "/fuzz.csv")
        for seed in 1...400 { run.play(FuzzInput(seed: UInt64(seed))) }
        #expect(run.tally.refused * 2 < run.tally.inputs)
        #expect(run.tally.traded * 3 > run.tally.inputs, "\(run.tally)")
        #expect(FuzzInput(seed: 5).description == FuzzInput(seed: 5).description)
    }
}
