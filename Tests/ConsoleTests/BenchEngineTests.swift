/// `bench engine` does the common work, whole and with all its records.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct BenchEngineTests {
    private let scratch = Scratch("bench")

    private func measure(_ count: Int) throws -> JSON {
        let file = scratch.write("synth.csv", SyntheticBars.csv(count))
        let streams = CapturedStreams()
        let status = CommandDispatcher(actions: BenchCommand.actions).run(
            ["bench", "engine", file, "--qty", "1", "--label", "s", "--json"], streams: streams,
            environment: { _ in nil }
        ) { _ throws(CommandFailure) in .done }
        #expect(status == .done)
        return try JSON.parse(streams.out)
    }

    @Test func theFirstBarsAreThoseOfTheGenerator() {
        #expect(
            SyntheticBars.csv(3) == """
                ts_ms,open,high,low,close,volume
                1672531200000,29999.9,30044.0,29999.9,30043.9,464.17
                1672531260000,30044.0,30044.0,30008.8,30014.2,551.46
                1672531320000,30014.2,30014.2,29944.2,29944.2,91.86

                """)
    }

    /// As counted before the path was made fast, and by the same rules as the 17,504 of a million.
    @Test func twentyThousandBarsGiveTheTradesThatTheyMust() throws {
        let json = try measure(20_000)
        #expect(json["bars"]?.integer == 20_000)
        #expect(json["trades"]?.integer == 342 && json["stops"]?.integer == 182)
        #expect(json["orders"]?.integer == 684 && json["fills"]?.integer == 684)
        #expect(json["final_equity"]?.text == "989918.11992")
    }

    @Test func everyCandleHasADecisionRecord() throws {
        let json = try measure(3000)
        #expect(json["decisions"]?.integer == 3000)
        let bytes = try #require(json["decision_bytes"]?.integer)
        #expect(bytes > 1000 && bytes < 3000 * 24)
    }

    @Test func theMeasuresHaveTheirNames() throws {
        let json = try measure(500)
        #expect(json["bench"]?.text == "engine" && json["label"]?.text == "s")
        for name in ["run_s", "cpu_s", "read_cpu_s", "bars_per_cpu_s", "peak_rss_mb", "cores"] {
            #expect(json[name] != nil, "\(name)")
        }
    }
}
