/// A tape gives back the very rows that went in, whatever they look like.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct CandleTapeTests {
    private let scratch = Scratch("tape")

    /// The rows of a file as its reader gives them, and as a survey's copy does.
    private func both(_ text: String) throws -> (read: [Candle], copied: [Candle], torn: Bool) {
        let path = scratch.write("rows.csv", text)
        let file = try CandleFile(path)
        var read: [Candle] = []
        while let candle = try file.next() { read.append(candle) }
        let tape = CandleTape()
        _ = try CandleSurvey(path, copy: tape)
        var copied: [Candle] = []
        while let candle = tape.next() { copied.append(candle) }
        #expect(tape.row == copied.count)
        return (read, copied, tape.isTorn)
    }

    @Test func plainRowsComeBackOverManyBlocks() throws {
        let rows = try both(SyntheticBars.csv(50_000))
        #expect(rows.copied == rows.read && !rows.torn && rows.read.count == 50_000)
    }

    @Test func gapsJumpsAndFinerDecimalsComeBack() throws {
        let rows = try both(
            """
            open_time_ms,open,high,low,close,volume
            60000,10,12,9,11,5
            120000,11,12,9,11.5,5
            180000,11.25,12,9,11.0000000001,0.00000001
            3600000,11,900000000,0.0000000001,12,92000000000
            3660000,1,1,1,1,0
            3720000,32768,32768,1,1,0
            3780000,1e0,2.5,1,2,3.000000004
            3840000,2,2.5,1,2,3

            """)
        #expect(rows.copied == rows.read && rows.read.count == 8)
    }

    @Test func seededMarketsComeBack() throws {
        let rows = try both(ReplayFixture.text(ReplayFixture.standard))
        #expect(rows.copied == rows.read && rows.copied == ReplayFixture.standard)
    }

    @Test func aTapeThatIsTooLongIsTorn() {
        let tape = CandleTape()
        var candle = ReplayFixture.standard[0]
        // No row is plain: the distances never agree.
        for index in 0..<320_000 where !tape.isTorn {
            candle.openTime = Instant(milliseconds: Int64(index * index) * 1000)
            tape.append(candle, priceDecimals: 10, volumeDecimals: 8)
        }
        #expect(tape.isTorn)
        #expect(tape.next() == nil)
    }
}
