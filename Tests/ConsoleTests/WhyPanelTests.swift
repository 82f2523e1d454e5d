/// W on the bot page: why the newest candle brought no entry, and the candles before it.
import Core
import Store
import TestKit
import Testing

@testable import Console

@Suite struct WhyPanelTests {
    private func journey() throws -> Journey {
        var journey = try Journey(Size(100, 36), at: .bot(ID(1), .template))
        // The tab opens on what is held; the record is of the first symbol.
        try journey.run("l W")
        return journey
    }

    @Test func theNewestCandleWithItsFirstBlocker() throws {
        let journey = try journey()
        #expect(journey.overlay == "why")
        #expect(journey.text.contains("filter ADX / DMI blocks: 1.2 ATR"))
        #expect(journey.text.contains(">> filter  ADX / DMI"))
        #expect(journey.text.contains(" > guard   Distance from moving"))
        #expect(journey.text.contains("newest"))
    }

    @Test func stepsBackAndForth() throws {
        var journey = try journey()
        try journey.run("<")
        #expect(journey.text.contains("entered long") && !journey.text.contains("  newest"))
        try journey.run("<")
        #expect(journey.text.contains("does not exceed 0.5"))
        try journey.run("<")
        #expect(journey.text.contains("does not exceed 0.5"), "there is no older one")
        try journey.run("> > >")
        #expect(journey.text.contains("filter ADX / DMI blocks"))
        try journey.run("< < G")
        #expect(journey.text.contains("filter ADX / DMI blocks"))
        try journey.run("<esc>")
        #expect(journey.overlay.isEmpty && journey.place == "bot")
    }

    @Test func aBotWithoutARecordSaysSo() throws {
        var journey = try Journey(at: .bot(ID(2), .template))
        try journey.run("W")
        #expect(journey.text.contains("No decision is on record yet."))
    }

    @Test func everySizeIsDrawn() throws {
        for (columns, rows) in [(1, 1), (20, 5), (40, 12), (80, 24), (200, 60)] {
            var journey = try journey()
            try journey.resize(columns, rows)
            _ = journey.frame()
        }
    }
}
