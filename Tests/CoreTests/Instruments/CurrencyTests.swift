/// Codes of currencies are text that comes back, in the order of the alphabet.
import Core
import Store
import Testing

@Suite struct CurrencyTests {
    @Test(arguments: ["USDT", "BTC", "A", "USDC1234", "1INCH"])
    func codesComeBack(_ code: String) throws {
        let currency = try #require(Currency(code))
        #expect(currency.code == code && currency.description == code)
        #expect(try JSON.parse(JSON(of: currency).description).decoded(Currency.self) == currency)
    }

    @Test(arguments: ["", "usdt", "US T", "USDT-PERP", "ABCDEFGHI", "€", "U\u{0}"])
    func whatIsNoCodeIsRefused(_ text: String) {
        #expect(Currency(text) == nil)
        #expect(throws: (any Error).self) { try JSON.string(text).decoded(Currency.self) }
    }

    @Test func theyStandInTheOrderOfTheAlphabet() {
        let codes = ["1INCH", "A", "AB", "BTC", "ETH", "USD", "USDC", "USDT", "XBT"]
        #expect(codes.compactMap { Currency($0) }.sorted().map(\.code) == codes)
        #expect(Currency("USDT") == .usdt)
    }

    /// Two exchanges, or two environments of one, may list one name.
    @Test func anInstrumentIsKnownByAllThree() {
        let ids = [
            InstrumentID("BTC-PERP", on: .simulated),
            InstrumentID("BTC-PERP", on: VenueName("bybit", .testnet)),
            InstrumentID("BTC-PERP", on: VenueName("bybit", .live)),
            InstrumentID("ETH-PERP", on: VenueName("bybit", .live)),
        ]
        #expect(Set(ids).count == 4)
        #expect(ids[1].description == "BTC-PERP on bybit testnet")
    }
}
