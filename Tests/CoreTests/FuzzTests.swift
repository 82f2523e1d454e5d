/// Random templates, candles, limits and instruments in a process of their own: no trap, and the
/// one that is planted is found.
import Foundation
import Store
import TestKit
import Testing

@testable import Core

/// `FUZZ_INPUTS` makes it longer, `FUZZ_SEED` makes it another.
@Suite(.serialized) struct FuzzTests {
    /// Writes each seed before it is played, so that it is known where a trap ended the process.
    private static func play(_ seeds: ClosedRange<UInt64>) {
        let path = "/tmp/plutarc-fuzz-test-\(getpid()).csv"
        var run = FuzzRun(path: path)
        for seed in seeds {
            let line = Array("\(seed)\n".utf8)
            _ = write(2, line, line.count)
            run.play(FuzzInput(seed: seed))
        }
        unlink(path)
        print("\(run.tally)")
    }

    private static func last(_ output: [UInt8]) -> UInt64? {
        String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { UInt64($0) }
            .last
    }

    @Test func noInputTraps() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let environment = ProcessInfo.processInfo.environment
            let first = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
            let count = environment["FUZZ_INPUTS"].flatMap { UInt64($0) } ?? 3000
            FuzzTests.play(first...first + count - 1)
        }
        guard result?.exitStatus != .exitCode(0) else { return }
        let seed = try #require(Self.last(result?.standardErrorContent ?? []))
        Issue.record("\(FuzzInput(seed: seed).description)")
    }

    /// The overflow that once ended every start: a target ten times as far as prices go.
    @Test(.timeLimit(.minutes(1))) func theTargetWithoutItsBoundIsFound() async throws {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            TakeProfit.isBounded = false
            FuzzTests.play(1...1_000_000)
        }
        let seed = try #require(Self.last(result?.standardErrorContent ?? []))
        #expect(FuzzInput(seed: seed).template.contains("[exit Take Profit]"))
    }

    /// Most inputs come through the doors, and bots trade on them: the rest is worth nothing.
    @Test func inputsAreTradedOn() throws {
        let scratch = Scratch("plutarc-fuzz")
        var run = FuzzRun(path: scratch.path + "/fuzz.csv")
        for seed in 1...400 { run.play(FuzzInput(seed: UInt64(seed))) }
        #expect(run.tally.refused * 2 < run.tally.inputs)
        #expect(run.tally.trades > 10)
        #expect(FuzzInput(seed: 5).description == FuzzInput(seed: 5).description)
    }
}
