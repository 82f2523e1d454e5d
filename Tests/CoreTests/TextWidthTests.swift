/// Cells of texts, against known values and against the C library, and cutting, padding, wrapping.
import Core
import Foundation
import Testing

@Suite struct TextWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("é", 1), ("한글", 4), ("ｱ", 1),
        ("Ａ", 2), ("😀", 2), ("—", 1), ("\u{1112}\u{1161}\u{11AB}", 2), ("🇩🇪", 2), ("ñ漢x", 4),
    ])
    func knownWidths(_ text: String, _ cells: Int) {
        #expect(TextWidth.of(text) == cells)
    }

    @Test func everyScalarAgreesWithTheCLibrary() throws {
        typealias Width = @convention(c) (Int32) -> Int32
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: Width.self)
        try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
        defer { setlocale(LC_CTYPE, "C") }
        var wrong: [String] = []
        for value in UInt32(0xA0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let expected = wcwidth(Int32(value))
            if expected >= 0, Int(expected) != TextWidth.of(scalar) {
                wrong.append(String(value, radix: 16))
            }
        }
        // Another C library knows other new scalars; the bulk has to agree.
        #expect(wrong.count < 400, "\(wrong.prefix(40))")
    }

    @Test func truncationIsVisibleAndFits() {
        #expect(TextWidth.truncated("abcdef", to: 4) == "abc~")
        #expect(TextWidth.truncated("abcd", to: 4) == "abcd")
        #expect(TextWidth.truncated("漢字漢", to: 4) == "漢~")
        #expect(TextWidth.truncated("abc", to: 0) == "")
        #expect(TextWidth.truncated("🇩🇪🇫🇷", to: 3) == "🇩🇪~")
    }

    /// A `~` at a figure would say that it is old; half a figure would be another one.
    @Test func noFigureStandsAtACut() {
        let prose = "SELL 0.286 ETH: ADX 24.6, (3) 5% 3x"
        #expect(TextWidth.truncated(prose, to: 9) == "SELL ~")
        #expect(TextWidth.truncated(prose, to: 11) == "SELL ~")
        #expect(TextWidth.truncated(prose, to: 12) == "SELL 0.286 ~")
        #expect(TextWidth.truncated(prose, to: 26) == "SELL 0.286 ETH: ADX ~")
        for cells in 1..<prose.count {
            let cut = TextWidth.truncated(prose, to: cells)
            #expect(cut.wholeMatch(of: /.*[0-9.,%)]~/) == nil, "\(cut)")
        }
        #expect(TextWidth.truncated("order rejected 3x: margin", to: 17) == "order rejected ~")
        #expect(TextWidth.truncated("btc-trend-017", to: 12) == "btc-trend-0~")
    }

    @Test func paddingFillsExactly() {
        #expect(TextWidth.padded("ab", to: 5) == "ab   ")
        #expect(TextWidth.padded("ab", to: 5, .right) == "   ab")
        #expect(TextWidth.padded("ab", to: 5, .centre) == " ab  ")
        #expect(TextWidth.padded("漢字漢", to: 4) == "漢~ ")
    }

    @Test func wrappingBreaksAtBlanksAndKeepsLines() {
        #expect(TextWidth.wrapped("one two three", to: 7) == ["one two", "three"])
        #expect(TextWidth.wrapped("abcdefgh ij", to: 3) == ["abc", "def", "gh", "ij"])
        #expect(TextWidth.wrapped("a\n\nb", to: 9) == ["a", "", "b"])
        #expect(TextWidth.wrapped("", to: 9) == [""])
        #expect(TextWidth.wrapped("漢字", to: 1) == ["漢", "字"])
    }

    @Test func anInstantBreaksBetweenDateAndClock() {
        let instant = "2026-12-01T00:49:16.250Z"
        for cells in 13...23 {
            let lines = TextWidth.wrapped("engine: \(instant)", to: cells)
            #expect(lines.suffix(2) == ["2026-12-01T", "00:49:16.250Z"], "\(cells)")
        }
        #expect(TextWidth.wrapped(instant, to: 24) == [instant])
        let other = TextWidth.wrapped("2026-12-01X00:49", to: 13)
        #expect(other == ["2026-12-01X00", ":49"], "the anti-test: no instant, no such place")
    }

    @Test func wrappedLinesNeverExceedTheWidth() {
        let text = "The quick 漢字かな brown fox_jumps_over_the_lazy_dog 😀😀😀 e\u{301}nd"
        for cells in 2...30 {
            for line in TextWidth.wrapped(text, to: cells) {
                #expect(TextWidth.of(line) <= cells)
            }
        }
    }
}
