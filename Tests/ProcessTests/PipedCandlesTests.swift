/// Candles from standard input: as from a file, and refused where they are read more than once.
import Core
import TestKit
import Testing

@Suite struct PipedCandlesTests {
    private let scratch = Scratch("plutarc-piped")

    @Test func standardInputIsAsGoodAsAFile() throws {
        let text = SyntheticBars.csv(3000)
        let file = scratch.write("bars.csv", text)
        let rest = ["--template", "Range Scalper", "--symbol", "S", "--json"]
        let whole = try Program.run(["replay", "--candles", file] + rest).document()
        #expect(whole["bars"]?.integer == 3000)
        for path in ["-", "/dev/stdin"] {
            let piped = try Program.run(["replay", "--candles", path] + rest, input: text)
                .document()
            for key in ["bars", "trades", "equity", "kpi", "open", "blocked"] {
                #expect(piped[key] == whole[key], "\(path): \(key)")
            }
        }
    }

    @Test func whatIsReadSeveralTimesIsAFile() throws {
        let text = SyntheticBars.csv(300)
        try Program.run(
            [
                "replay", "--candles", "-", "--template", "Range Scalper", "--sweep",
                "leverage=1..2",
            ], input: text
        ).expect(2, saying: "only once")
        try Program.run(["bench", "engine", "-"], input: text).expect(2, saying: "read twice")
    }
}
