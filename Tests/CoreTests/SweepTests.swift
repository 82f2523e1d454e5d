/// Sweeps: what may be typed, which combinations run, and that shares add up to the whole.

import Store
import TestKit
import Testing

@testable import Core

@Suite struct SweepTests {
    private let scratch = Scratch("sweep")
    private let trend = SystemTemplates.all[0]

    private func error(_ texts: String...) -> SweepError? {
        do throws(SweepError) {
            _ = try SweepGrid(texts, of: trend)
            return nil
        } catch { return error }
    }

    @Test(arguments: ["threshold=+0.4..0.5", "threshold=0.4..+0.5"])
    func aPlusSignHasItsWords(_ text: String) {
        #expect(error(text)?.headline.contains("begins with a plus sign") == true)
    }

    @Test func valuesRunFromOneEndToTheOther() throws {
        #expect(try SweepParameter(parsing: "a b.c=5..15:5").values == ["5", "10", "15"])
        let spaced = try SweepParameter(parsing: " x = 0.4 .. 0.6 : 0.1")
        #expect(spaced.values == ["0.4", "0.5", "0.6"])
        #expect(try SweepParameter(parsing: "x=1..3").values == ["1", "2", "3"])
        #expect(try SweepParameter(parsing: "x=1..4:2").values == ["1", "3"])
        #expect(try SweepParameter(parsing: "x=-1..0:0.5").values == ["-1", "-0.5", "0"])
        #expect(try SweepParameter(parsing: "x=7..7:3").values == ["7"])
    }

    @Test(arguments: [
        "fast", "=1..2", "x=1", "x=1..", "x=a..3", "x=3..1", "x=1..3:0", "x=1..3:-1", "x=1..2:1:1",
        "x=1..5000", "x=1..2:0.0000000001", "x=9999999999..9999999999",
    ])
    func whatIsNoRangeIsRefused(_ text: String) {
        #expect(throws: SweepError.self) { try SweepParameter(parsing: text) }
    }

    @Test func namesMeanPlacesOfTheTemplate() throws {
        #expect(try SweepTarget("EMA Cross.fast", in: trend) == .parameter(0, key: "fast"))
        #expect(try SweepTarget("ema cross.weight", in: trend) == .weight(0))
        #expect(try SweepTarget("ADX.min", in: trend) == .parameter(4, key: "min"))
        #expect(try SweepTarget("filter ADX / DMI.max", in: trend) == .parameter(4, key: "max"))
        #expect(try SweepTarget("threshold", in: trend) == .threshold)
        #expect(try SweepTarget("leverage", in: trend) == .leverage)
        var twice = trend
        twice.components.append(ComponentSpec("ADX / DMI", .signal))
        #expect(try SweepTarget("signal ADX.min", in: twice) == .parameter(10, key: "min"))
        #expect(throws: SweepError.self) { try SweepTarget("ADX.min", in: twice) }
    }

    @Test func mistakesNameWhatThereIs() {
        #expect(error("EMA Cros.fast=1..2")?.remedy.contains("signal EMA Cross") == true)
        #expect(error("EMA Cross.quick=1..2")?.remedy == "Known here: fast, slow, weight.")
        #expect(error("ADX.weight=1..2")?.headline.contains("no number \"weight\"") == true)
        #expect(error("EMA Cross.on=1..2") != nil, "a word is no number")
        #expect(error("speed=1..2") != nil)
        #expect(error("threshold=0..1", "threshold=0..1")?.headline.contains("twice") == true)
        #expect(error("threshold=0..1", "leverage=1..2", "warm_up=1..2") != nil)
        #expect(error("threshold=0..1:0.001", "leverage=1..100") != nil, "too many")
        #expect(error("threshold=2..3")?.headline.contains("out of range") == true)
        #expect(error() != nil)
    }

    @Test func lawlessCombinationsAreLeftOut() throws {
        let grid = try SweepGrid(
            ["EMA Cross.fast=10..30:10", "EMA Cross.slow=15..25:10"], of: trend)
        #expect(grid.runs.map(\.values) == [["10", "15"], ["10", "25"], ["20", "25"]])
        #expect(grid.skipped.count == 3)
        #expect(grid.skipped.allSatisfy { $0.reason.contains("not below slow") })
        #expect(grid.runs[1].template.components[0].parameters["slow"] == "25")
        let fractions = try SweepGrid(["EMA Cross.fast=9..10:0.5"], of: trend)
        #expect(fractions.runs.count == 2 && fractions.skipped.count == 1)
    }

    private func file() -> String {
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (index, bar) in StrategyCandles.walk(1500, seed: 8, step: 0.01).enumerated() {
            let prices = [bar.open, bar.high, bar.low, bar.close].map { $0.text(decimals: 2) }
            text += "\(1_769_904_000_000 + index * 3_600_000),\(prices.joined(separator: ",")),50\n"
        }
        return scratch.write("walk.csv", text)
    }

    private func outcomes(_ shares: Int, _ grid: SweepGrid) throws -> [SweepOutcome] {
        let request = ReplayRequest(file: file(), template: trend)
        var all: [SweepOutcome] = []
        for index in 0..<shares {
            try SweepShare(index: index, of: shares).run(grid, request) { all.append($0) }
        }
        return all
    }

    @Test func sharesAddUpAndEachIsAPlainReplay() throws {
        let grid = try SweepGrid(["EMA Cross.fast=4..12:4", "threshold=0.3..0.5:0.2"], of: trend)
        let whole = SweepOutcome.ranked(try outcomes(1, grid))
        let shared = SweepOutcome.ranked(try outcomes(4, grid))
        #expect(whole.count == 6 && whole == shared)
        #expect(Set(whole.map(\.net)).count > 1, "parameters matter")
        #expect(zip(whole, whole.dropFirst()).allSatisfy { $0.net >= $1.net })
        var request = ReplayRequest(file: file(), template: grid.runs[whole[0].run].template)
        request.symbol = "WALK"
        let plain = try World.replaying(request).replay()
        #expect(plain.performance.net == whole[0].net && plain.trades.count == whole[0].trades)
        #expect(plain.trades.count > 0)
    }

    @Test func anOutcomeTravelsAsALine() throws {
        let grid = try SweepGrid(["threshold=0.5..0.9:0.4"], of: trend)
        for outcome in try outcomes(1, grid) {
            #expect(SweepOutcome(line: outcome.line.description) == outcome)
        }
        #expect(SweepOutcome(line: "{\"message\":\"no\"}") == nil)
        #expect(SweepOutcome(line: "noise") == nil)
    }

    @Test func sharesAreReadStrictly() {
        #expect(SweepShare(text: "1/2") == SweepShare(index: 1, of: 2))
        for text in ["2/2", "-1/2", "1", "a/b", "1/2/3", ""] {
            #expect(SweepShare(text: text) == nil, "\(text)")
        }
    }
}
