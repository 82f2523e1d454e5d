/// The same seed in another process: the same history, and a violation at the same step.
import Foundation
import TestKit
import Testing

@testable import Core

@Suite struct AnotherProcessTests {
    /// Set in the other process only: the file that its history goes to.
    private static let asked = ProcessInfo.processInfo.environment["PLUTARC_HISTORY"]

    /// A clean seed by its digest, and one with a safeguard off by the words that people are shown.
    private static func history() throws -> String {
        var broken = SimulationPlan(days: 2, bots: 10)
        broken.disarmed = [.positionsPerAsset]
        let found = try Simulation.run(seed: 1, broken).violations
        let clean = try Simulation.run(seed: 7, SimulationPlan(days: 1, bots: 10))
        return "clean \(clean.digest) \(clean.violations.count); broken \(found)"
    }

    /// Dictionaries of another process stand in another order: that must reach nothing.
    @Test(.enabled(if: asked == nil)) func theSameSeedIsTheSameInAnotherProcess() throws {
        let here = try Self.history()
        #expect(here.contains("seed 1 step "), "there is something to find again")
        let (hash, there) = try Self.historyOfAnotherProcess()
        #expect(hash != "\("a word".hashValue)", "it hashes as this one does")
        #expect(there == here)
    }

    /// The half that the other process runs.
    @Test(.enabled(if: asked != nil)) func tellsItsHistory() throws {
        let text = "\("a word".hashValue)\n\(try Self.history())"
        try text.write(toFile: #require(Self.asked), atomically: true, encoding: .utf8)
    }

    /// Not an exit test: that one waits for ever beside any child that nobody has reaped.
    private static func historyOfAnotherProcess() throws -> (hash: String, text: String) {
        let scratch = Scratch("plutarc-history")
        let file = scratch.path + "/history"
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        other.arguments = ["--testing-library", "swift-testing", "--filter", "tellsItsHistory"]
        other.environment = ProcessInfo.processInfo.environment
            .merging(["PLUTARC_HISTORY": file]) { $1 }
        other.standardOutput = FileHandle.nullDevice
        other.standardError = FileHandle.nullDevice
        try other.run()
        other.waitUntilExit()
        let text = try withExtendedLifetime(scratch) {
            try String(contentsOfFile: file, encoding: .utf8)
        }
        let words = text.split(separator: "\n", maxSplits: 1)
        return (String(try #require(words.first)), String(try #require(words.last)))
    }
}
