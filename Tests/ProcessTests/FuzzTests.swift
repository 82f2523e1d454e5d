/// Random templates, candles, limits and instruments in a process of their own: no trap, and the
/// one that is planted is found.
import Core
import Foundation
import TestKit
import Testing

/// `FUZZ_INPUTS` makes it longer, `FUZZ_SEED` makes it another. The worker is a child of the
/// program's own: the library's exit tests wait for ever where some other child is not reaped.
@Suite(.serialized) struct FuzzTests {
    private static func trapped(
        _ first: String, _ count: String, unbounded: Bool = false
    ) throws -> [Int64] {
        var environment = ["SWIFT_BACKTRACE": "enable=no"]
        if unbounded { environment["PLUTARC_FUZZ_UNBOUNDED"] = "1" }
        let answer = try Program.run(
            ["bench", "fuzz", first, "--qty", count, "--json"], environment: environment,
            within: 600)
        let document = try answer.document()
        let seeds = try #require(document["trapped"]?.elements)
        #expect(answer.status == (seeds.isEmpty ? 0 : 1), "\(answer.errors)")
        return seeds.compactMap(\.integer)
    }

    @Test func noInputTraps() throws {
        let environment = ProcessInfo.processInfo.environment
        let seeds = try Self.trapped(
            environment["FUZZ_SEED"] ?? "1", environment["FUZZ_INPUTS"] ?? "3000")
        for seed in seeds { Issue.record("\(FuzzInput(seed: UInt64(seed)).description)") }
    }

    /// The overflow that once ended every start: a target ten times as far as prices go.
    @Test func theTargetWithoutItsBoundIsFound() throws {
        let seeds = try Self.trapped("1", "1500", unbounded: true)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            #expect(FuzzInput(seed: UInt64(seed)).template.contains("[exit Take Profit]"))
        }
    }
}
