/// Shares that a text names as parts of a whole: percent, basis points.
import Store
import Testing

@Suite struct ShareTextTests {
    @Test func partsOfAWholeAreReadToTheNearest() {
        #expect(Rate("2.5", of: 100) == .basisPoints(250))
        #expect(Rate("1000", of: 100) == .percent(1000))
        #expect(Rate("5", of: 10_000) == .basisPoints(5) && Rate("-0.01", of: 100)?.raw == -10_000)
        #expect(Rate("0.00000149", of: 100)?.raw == 1 && Rate("0.0000015", of: 100)?.raw == 2)
        // Digits beyond the scale, whatever they are, do not turn the rounding.
        #expect(Rate("0.000001499999999999", of: 100)?.raw == 1)
        #expect(Rate("33.333333333333333333333", of: 100)?.raw == 33_333_333)
    }

    @Test(arguments: ["", "x", "1.2.3", "1e3", "1.123456789x", "99999999999999", "--1"])
    func whatIsNoNumberOfTheRangeIsRefused(_ text: String) {
        #expect(Rate(text, of: 100) == nil)
    }

    /// Percent in text and back, as templates write it.
    @Test func everyShareIsReadBackFromItsPercent() {
        for raw: Int64 in [1, 99, 10_000, 10_001, 33_333_333, 123_456_789, 1_000_000_000] {
            #expect(Rate(Rate(raw: raw).percentText, of: 100) == Rate(raw: raw))
        }
    }
}
