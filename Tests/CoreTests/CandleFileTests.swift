/// Candle files: exact numbers, every kind of bad row named with its line, all shared files read.
import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite struct CandleFileTests {
    private let scratch = Scratch("candles")
    private static let header = "open_time_ms,open,high,low,close,volume\n"

    private func read(_ text: String) throws -> [Candle] {
        let file = try CandleFile(scratch.write("file.csv", text))
        var candles: [Candle] = []
        while let candle = try file.next() { candles.append(candle) }
        return candles
    }

    private func price(_ text: String) throws -> Price { try Price.parse(text) }

    @Test func rowsAreReadExactly() throws {
        let rows =
            "60000,0.0000533,1,0.00000001,0.1234567891,431401.97869504\n"
            + "120000,46319,46514.5,46150,46224,0\n"
        let candles = try read(Self.header + rows)
        #expect(
            candles == [
                Candle(
                    openTime: Instant(milliseconds: 60_000), open: try price("0.0000533"),
                    high: try price("1"), low: try price("0.00000001"),
                    close: try price("0.1234567891"),
                    volume: try Quantity.parse("431401.97869504")),
                Candle(
                    openTime: Instant(milliseconds: 120_000), open: try price("46319"),
                    high: try price("46514.5"), low: try price("46150"), close: try price("46224"),
                    volume: .zero),
            ])
    }

    @Test func theOtherHeaderCarriageReturnsAndBlankEndsAreFine() throws {
        let rows = "ts_ms,open,high,low,close,volume\r\n1,2,3,1,2,5\r\n2,2,3,1,2,5\r\n\r\n\n"
        #expect(try read(rows).count == 2)
        #expect(try read(Self.header + "1,2,3,1,2,5").count == 1)
        #expect(try read(Self.header).isEmpty)
    }

    @Test func theMarkOfASpreadsheetIsPassedOver() throws {
        #expect(try read("\u{FEFF}" + Self.header + "1,2,3,1,2,5\n").count == 1)
        #expect(try read("\u{FEFF}" + Self.header.replacing("\n", with: "\r\n")).isEmpty)
    }

    @Test(arguments: ["-9223372036854775803", "-1", "7258118400000"])
    func aFirstRowOutsideAllTimeIsRefused(_ time: String) throws {
        let error = try #require(throws: FileError.self) {
            try read(Self.header + "\(time),2,3,1,2,5\n")
        }
        #expect(error.line == 2)
        #expect(error.key == "open_time_ms")
    }

    /// One row between two others would make every candle a part of a longer one, and a replay
    /// end without a trade and without a word.
    @Test(arguments: [150, 400]) func aRowThatOverlapsIsNamed(_ place: Int) throws {
        var text = Self.header
        for row in 0..<600 {
            text += "\(row * 3_600_000),2,3,1,2,5\n"
            if row == place { text += "\(row * 3_600_000 + 1_800_000),2,3,1,2,5\n" }
        }
        let path = scratch.write("overlap.csv", text)
        let error = try #require(throws: FileError.self) { try CandleSurvey(path) }
        #expect(error.line == place + 3)
        #expect(error.problem.hasPrefix("only 30m after the row before"))
        let copied = try #require(throws: FileError.self) {
            try CandleSurvey(path, copy: CandleTape())
        }
        #expect(copied == error)
        let file = try CandleSurvey(
            scratch.write("right.csv", text.replacing(
                "\(place * 3_600_000 + 1_800_000),2,3,1,2,5\n", with: "")), copy: CandleTape())
        #expect(file.candleSpan == .hours(1))
    }

    @Test func volumeBeyondEightDecimalsIsRounded() throws {
        let candles = try read(
            Self.header + "1,2,3,1,2,0.123456785\n2,2,3,1,2,0.1234567849999\n3,2,3,1,2,1.5e-08\n"
                + "4,2,3,1,2,12345678901.123456789012\n")
        #expect(
            candles.map(\.volume.raw) == [12_345_679, 12_345_678, 2, 1_234_567_890_112_345_679])
    }

    @Test func exponentsAreReadExactly() throws {
        let candle = try #require(try read(Self.header + "1,5.3e-05,1E+2,0.53e-4,10e1,3e3\n").first)
        #expect(candle.open == (try price("0.000053")) && candle.low == candle.open)
        #expect(candle.high == (try price("100")) && candle.close == candle.high)
        #expect(candle.volume == (try Quantity.parse("3000")))
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        var row: String
        var column: String?
        var says: String
        var testDescription: String { row }
    }

    static let bad: [Bad] = [
        Bad(row: "60000,2,3,1,2,5", column: "open_time_ms", says: "not later than"),
        Bad(row: "59999,2,3,1,2,5", column: "open_time_ms", says: "not later than"),
        Bad(row: "x,2,3,1,2,5", column: "open_time_ms", says: "not a decimal number"),
        Bad(row: "1.5,2,3,1,2,5", column: "open_time_ms", says: "more than 0 decimals"),
        Bad(row: "99999,2,3,1,2", column: nil, says: "5 columns, expected 6"),
        Bad(row: "99999,2,3,1,2,5,6", column: nil, says: "7 columns, expected 6"),
        Bad(row: "99999", column: nil, says: "1 column,"),
        Bad(row: "99999,,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,abc,3,1,2,5", column: "open", says: "\"abc\""),
        Bad(row: "99999,--2,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,2 ,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,1.2.3,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,nan,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,0x10,3,1,2,5", column: "open", says: "not a decimal number"),
        Bad(row: "99999,0,3,0,2,5", column: "open", says: "\"0\" is zero"),
        Bad(row: "99999,+2,3,1,2,5", column: "open", says: "\"+2\" begins with a plus"),
        Bad(row: "+99999,2,3,1,2,5", column: "open_time_ms", says: "begins with a plus"),
        Bad(row: "99999,2,3,1,2,+5", column: "volume", says: "begins with a plus"),
        Bad(row: "99999,2,3,-1,2,5", column: "low", says: "\"-1\" is negative"),
        Bad(row: "99999,2,1.9,1,1.5,5", column: "high", says: "below 2"),
        Bad(row: "99999,2,3,1,3.1,5", column: "high", says: "below 3.1"),
        Bad(row: "99999,2,3,2.5,2.7,5", column: "low", says: "above 2"),
        Bad(row: "99999,2,3,1.5,1.4,5", column: "low", says: "above 1.4"),
        Bad(row: "99999,2,3,1,2,-5", column: "volume", says: "negative"),
        Bad(row: "99999,2,3,1,2,", column: "volume", says: "not a decimal number"),
        Bad(row: "99999,2.12345678901,3,1,2,5", column: "open", says: "more than 10 decimals"),
        Bad(row: "99999,2,99999999999,1,2,5", column: "high", says: "too large"),
        Bad(row: "99999,2,3,1,2,99999999999999999999", column: "volume", says: "too large"),
        Bad(
            row: "99999,2,3,1,2,1e-9223372036854775808", column: "volume",
            says: "not a decimal number"),
        Bad(row: "9223372036854775807,2,3,1,2,5", column: "open_time_ms", says: "1970 to 2199"),
        Bad(row: "1741564800000000,2,3,1,2,5", column: "open_time_ms", says: "1970 to 2199"),
        Bad(row: "-5,2,3,1,2,5", column: "open_time_ms", says: "1970 to 2199"),
        Bad(row: "\n99999,2,3,1,2,5", column: nil, says: "empty line"),
    ]

    @Test(arguments: bad) func aBadRowIsNamedWithItsLine(_ bad: Bad) throws {
        let error = try #require(throws: FileError.self) {
            try read(Self.header + "30000,2,3,1,2,5\n60000,2,3,1,2,5\n" + bad.row + "\n")
        }
        #expect(error.line == 4)
        #expect(error.key == bad.column)
        #expect(error.problem.contains(bad.says), "\(error.headline)")
        #expect(error.headline.contains("file.csv:4") && !error.remedy.isEmpty)
    }

    @Test(arguments: ["", "\n", "time,open,high,low,close,volume\n", "1,2,3,1,2,5\n"])
    func anotherHeaderIsRefused(_ text: String) throws {
        let error = try #require(throws: FileError.self) { try read(text) }
        #expect(error.line == 1)
    }

    @Test func aMissingFileAndAFolderAreRefused() throws {
        let missing = try #require(throws: FileError.self) {
            try CandleFile(scratch.path + "/none.csv")
        }
        #expect(missing.problem.contains("No such file"))
        #expect(throws: FileError.self) { try CandleFile(scratch.path) }
    }

    @Test func blocksJoinWithoutASeam() throws {
        // Rows of changing length, so that the 64 KiB blocks end at every place of a row.
        var text = Self.header
        for row in 1...20_000 {
            text += "\(row * 60_000),\(row).5,\(row + 1),\(row),\(row).25,\(row % 977).125\n"
        }
        let candles = try read(text)
        #expect(candles.count == 20_000)
        for (index, candle) in candles.enumerated() {
            let row = Int64(index + 1)
            if candle.open.raw != row * 10_000_000_000 + 5_000_000_000
                || candle.volume.raw != row % 977 * 100_000_000 + 12_500_000
            {
                Issue.record("row \(row) reads \(candle)")
                break
            }
        }
    }

    @Test func aLineWithoutEndIsRefused() throws {
        let error = try #require(throws: FileError.self) {
            try read(Self.header + String(repeating: "1", count: 70_000))
        }
        #expect(error.line == 2)
    }

    @Test func theSurveyFindsGridAndTimeframe() throws {
        let survey = try CandleSurvey(
            scratch.write(
                "survey.csv",
                Self.header
                    + "0,46319.0,46514,46150,46224,0.5\n600000,46319,46514.25,46150,46224,1\n"
                    + "900000,46319,46514,46150,46224,1.0625\n"))
        #expect(survey.rows == 3)
        #expect(survey.candleSpan == .minutes(5))
        #expect(survey.first == Instant(milliseconds: 0))
        #expect(survey.last == Instant(milliseconds: 900_000))
        #expect(survey.tick == (try price("0.01")))
        // The volume's 0.0001 would be worth 4.6: too coarse a lot.
        #expect(survey.lot == (try Quantity.parse("0.00001")))
        let instrument = survey.instrument(symbol: "X")
        #expect(instrument.tick == survey.tick && instrument.minimumQuantity == survey.lot)
    }

    /// Not the file is at fault where the range has no candles.
    @Test func aRangeOutsideOfTheDataSaysSo() throws {
        let rows = (10...20).map { "\($0 * 3_600_000),2,3,1,2,5" }.joined(separator: "\n")
        let path = scratch.write("range.csv", Self.header + rows + "\n")
        let hour = { (number: Int64) in Instant(milliseconds: number * 3_600_000) }
        func headline(from: Instant?, to: Instant?) -> String? {
            let template = SystemTemplates.all[0]
            let request = ReplayRequest(file: path, template: template, from: from, to: to)
            do throws(ReplayError) { _ = try request.market() } catch { return error.headline }
            return nil
        }
        #expect(
            headline(from: nil, to: hour(5))
                == "\(path): the range ends at \(hour(5)), before the data begins at \(hour(10))")
        #expect(
            headline(from: nil, to: hour(10))
                == "\(path): the range ends at \(hour(10)), at the opening of the first candle")
        #expect(
            headline(from: nil, to: hour(11))
                == "\(path): the range ends at \(hour(11)), after one candle: "
                + "the data begins at \(hour(10))")
        #expect(
            headline(from: hour(21), to: nil)
                == "\(path): the range begins at \(hour(21)), after the last candle of the data, "
                + "which opens at \(hour(20))")
        #expect(headline(from: hour(20), to: nil) == nil)
        #expect(headline(from: nil, to: hour(12)) == nil)
    }

    @Test func aFileOfOneRowHasNoTimeframe() throws {
        let path = scratch.write("one.csv", Self.header + "0,2,3,1,2,5\n")
        let error = try #require(throws: FileError.self) { try CandleSurvey(path) }
        #expect(error.problem.contains("fewer than two"))
    }

    @Test(.enabled(if: Shared.isThere, "no ../shared and no $PLUTARC_SHARED"))
    func everySharedFileIsRead() throws {
        let files = Shared.files("market-data/candles", ending: ".csv")
        #expect(!files.isEmpty)
        for url in files {
            let survey = try CandleSurvey(url.path)
            let lines = try String(contentsOf: url, encoding: .utf8)
                .split(separator: "\n").count
            #expect(survey.rows == lines - 1, "\(url.lastPathComponent)")
            // Where a file's name ends with a timeframe, it is its own.
            let name = url.deletingPathExtension().lastPathComponent
            guard let minutes = Int64(name.split(separator: "-").last?.dropLast() ?? "") else {
                continue
            }
            let unit: Span = name.hasSuffix("h") ? .hours(1) : .minutes(1)
            #expect(survey.candleSpan == unit * minutes, "\(name)")
        }
    }

    @Test(.enabled(if: Shared.isThere, "no ../shared and no $PLUTARC_SHARED"))
    func everySharedRowReadsAsItsTextSays() throws {
        #expect(!Shared.files("market-data/candles", ending: ".csv").isEmpty)
        for url in Shared.files("market-data/candles", ending: ".csv") {
            let file = try CandleFile(url.path)
            let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            for line in lines.dropFirst().prefix(500) {
                let words = line.split(separator: ",")
                let candle = try #require(try file.next())
                let expected = try words[1...4].map { try Price.parse($0) }
                #expect(candle.openTime.milliseconds == Int64(words[0]))
                #expect([candle.open, candle.high, candle.low, candle.close] == expected)
                #expect(abs(candle.volume.double - (Double(words[5]) ?? -1)) < 1e-6)
            }
        }
    }
}
