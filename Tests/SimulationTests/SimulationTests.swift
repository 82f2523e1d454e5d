/// A hundred seeds of eight bots for three days: what must hold holds at every commit.
import Foundation
import Store
import Testing

@testable import Core

@Suite(.serialized) struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment

    /// `SIM_SEED=n` runs that one alone; `SIM_RUNS=n` runs n instead of a hundred.
    private static var seeds: [UInt64] {
        if let seed = environment["SIM_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        return (0..<(environment["SIM_RUNS"].flatMap { UInt64($0) } ?? 100)).map { $0 }
    }

    private static var isWhole: Bool { seeds.count >= 100 }

    @Test func everyInvariantHoldsOverAHundredSeeds() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let results = try await withThrowingTaskGroup(of: SimulationResult.self) { group in
            for seed in Self.seeds { group.addTask { try Simulation.run(seed: seed) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var tally = SimulationTally()
        for result in results.sorted(by: { $0.seed < $1.seed }) {
            tally.add(result.tally)
            for words in result.violations { Issue.record("\(words)") }
        }
        print("simulation: \(results.count) seeds in \(clock.now - start)\n\(tally.text)")
        guard Self.isWhole else { return }
        checkThatItHappened(tally)
    }

    /// A zero means that the rule was never put to the test.
    private func checkThatItHappened(_ tally: SimulationTally) {
        for limit in RiskLimitName.limits {
            #expect(tally.limits[limit.rawValue, default: 0] > 0, "\(limit.rawValue) never tripped")
        }
        let rules = [SystemTemplates.trendFollower, SystemTemplates.meanReverter]
            .flatMap(\.components).filter { $0.role == .exit }.map(\.name)
        for rule in Set(rules).sorted() {
            #expect(tally.exits[rule, default: 0] > 0, "\(rule) never closed a position")
        }
        for reason in ["close", "close_all"] {
            #expect(tally.exits[reason, default: 0] > 0, "\(reason) never closed a position")
        }
        #expect(tally.partialEntries > 0)
    }

    @Test func theSameSeedGivesTheSameHistory() throws {
        for seed in [UInt64(3), 12] {
            let first = try Simulation.run(seed: seed)
            let second = try Simulation.run(seed: seed)
            #expect(first.tally.entries > 0)
            #expect(first.digest == second.digest, "seed \(seed)")
        }
        #expect(try Simulation.run(seed: 1).digest != Simulation.run(seed: 2).digest)
    }
}
