/// The same seed in another process: the same history, and a violation at the same step.
import Foundation
import Testing

@testable import Core

@Suite struct AnotherProcessTests {
    /// A clean seed by its digest, and one with a guard off by the words that people are shown.
    private static func history() throws -> String {
        var broken = SimulationPlan(days: 2, bots: 10)
        broken.disarmed = [.positionsPerAsset]
        let found = try Simulation.run(seed: 1, broken).violations
        let clean = try Simulation.run(seed: 7, SimulationPlan(days: 1, bots: 10))
        return "clean \(clean.digest) \(clean.violations.count); broken \(found)"
    }

    /// Dictionaries of another process stand in another order: that must reach nothing.
    @Test func theSameSeedIsTheSameInAnotherProcess() async throws {
        let here = try Self.history()
        #expect(here.contains("seed 1 step "), "there is something to find again")
        let other = try await #require(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) {
            print("hash \("a word".hashValue);")
            print("<\(try Self.history())>")
        }
        let said = String(decoding: other.standardOutputContent, as: UTF8.self)
        #expect(!said.contains("hash \("a word".hashValue);"), "it hashes as this one does")
        #expect(said.contains("<\(here)>"), "there: \(said)\nhere: \(here)")
    }
}
