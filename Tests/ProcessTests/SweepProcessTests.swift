/// The real program sweeps with real workers: the same figures as a plain replay, each way to fail.

import Core
import Foundation
import TestKit
import Testing

@Suite struct SweepProcessTests {
    private let scratch = Scratch("sweep-process")

    /// A saw-tooth with a drift: enough for a trend follower to trade.
    private func candles() -> String {
        var text = "open_time_ms,open,high,low,close,volume\n"
        var price = 10_000
        for hour in 0..<900 {
            let open = price
            price += (hour / 60 % 2 == 0 ? 35 : -33) + (hour * 7919 % 41) - 20
            let (high, low) = (max(open, price) + 15, min(open, price) - 15)
            text += "\(1_769_904_000_000 + hour * 3_600_000),\(open),\(high),\(low),\(price),50\n"
        }
        return scratch.write("saw.csv", text)
    }

    private func replay(_ file: String, _ more: String...) throws -> Answer {
        try Program.run(
            ["replay", "--candles", file, "--template", "Trend Follower"] + more)
    }

    @Test func everyRunIsThePlainReplayOfItsTemplate() throws {
        let file = candles()
        let swept = try replay(
            file, "--json", "--sweep", "EMA Cross.fast=5..9:2", "threshold=0.5..0.6:0.1")
        #expect(swept.status == 0, "\(swept.errors)")
        let document = try swept.document()
        let runs = try #require(document["runs"]?.elements)
        #expect(runs.count == 6)
        let standard = runs.first {
            $0["values"]?["EMA Cross.fast"]?.integer == 9
                && $0["values"]?["threshold"] == .number("0.5")
        }
        let plain = try replay(file, "--json").document()
        #expect(try #require(standard)["net"] == plain["kpi"]?["net"])
        #expect(standard?["trades"] == plain["kpi"]?["trades"])
        #expect(standard?["max_drawdown"] == plain["kpi"]?["max_drawdown"])
        let nets = runs.compactMap { $0["net"]?.text.flatMap(Double.init) }
        #expect(nets == nets.sorted(by: >))
        #expect(try replay(file, "--sweep", "threshold=0.5..0.6:0.1").output.contains("RANK"))
    }

    @Test func whatAWorkerComplainsOfIsSaidOnce() throws {
        let broken = scratch.write(
            "broken.csv", "open_time_ms,open,high,low,close,volume\n1,x,2,3,4,5\n")
        let answer = try replay(broken, "--json", "--sweep", "threshold=0.4..0.6:0.1")
        try answer.expectDocument(2, code: "bad_file")
        #expect(answer.output.contains("2"), "the line")
        let missing = try replay("/nonexistent.csv", "--json", "--sweep", "threshold=0..1")
        try missing.expectDocument(2, code: "usage")
        try replay(candles(), "--json", "--sweep", "nonsense=1..2").expectDocument(
            2, code: "usage")
    }

    @Test func aStreamIsRefused() throws {
        let answer = try replay("/dev/null", "--sweep", "threshold=0.4..0.6:0.1")
        answer.expect(2, saying: "can be read only once")
    }
}
