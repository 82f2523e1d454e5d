/// Ages and what is left, in words and in the cells that a table has for them.
import Store
import Testing

@Suite struct SpanTextTests {
    @Test(arguments: [
        (Span.seconds(0), "0s"), (.seconds(59), "59s"), (.minutes(59), "59m"),
        (.minutes(62), "1h02m"), (.minutes(1439), "23h59m"), (.hours(27), "1d03h"),
        (.days(100), "100d00h"), (Span(milliseconds: -5), "0s"),
    ])
    func anAgeNamesTwoUnitsAtMost(span: Span, text: String) {
        #expect(span.ageText == text)
    }

    /// Hashes would stand there just when something is old.
    @Test(arguments: 4...7) func anAgeFitsItsCells(width: Int) {
        for minutes in stride(from: Int64(0), to: 60 * 24 * 999, by: 7) {
            let age = Span.minutes(minutes)
            let text = age.ageText(within: width)
            #expect(text.utf8.count <= width)
            #expect(age.ageText.hasPrefix(text))
        }
    }

    @Test func whatIsLeftCountsMinutesAndSeconds() {
        #expect(Span.seconds(42).countdownText == "42s")
        #expect(Span.seconds(1798).countdownText == "29:58")
        #expect(Span.minutes(75).countdownText == "1h15m")
    }
}
