/// Money of two currencies is never one number: not in a sum, on a board, or in a preview.
import TestKit
import Testing

@testable import Core
@testable import Store

@Suite struct CurrencySumsTests {
    private static func currency(_ code: String) throws -> Currency {
        try #require(Currency(code))
    }

    @Test func eachCurrencyHasItsOwnSum() throws {
        let btc = try Self.currency("BTC")
        var sums = CurrencySums(.units(5), in: .usdt)
        sums.add(.units(2), in: btc)
        sums.add(.units(3), in: .usdt)
        #expect(sums.parts.map(\.currency) == [btc, .usdt])
        #expect(sums[.usdt] == .units(8) && sums[btc] == .units(2))
        #expect(sums.only == nil && sums.usual == nil)
        #expect(sums.words { $0.text(decimals: 1) } == "2.0 BTC, 8.0 USDT")
        sums.add(-.units(2), in: btc)
        #expect(sums == CurrencySums(.units(8), in: .usdt) && sums.only == .units(8))
        #expect(sums.words { $0.text(decimals: 1) } == "8.0")
        #expect(CurrencySums().only == .zero && CurrencySums().usual == .zero)
        #expect(CurrencySums(.units(1), in: btc).words { $0.text(decimals: 0) } == "1 BTC")
    }

    /// The order in which they come changes nothing.
    @Test func theOrderOfAddingDoesNotMatter() throws {
        var dice = Randomness(seed: 3)
        let codes = try ["ETH", "BTC", "USDT", "USDC"].map(Self.currency)
        let amounts = (0..<40).map { _ in
            (Money(raw: Int64(dice.integer(in: -9...9))), codes[dice.integer(in: 0...3)])
        }
        var (first, second) = (CurrencySums(), CurrencySums())
        for (amount, currency) in amounts { first.add(amount, in: currency) }
        for (amount, currency) in amounts.reversed() { second.add(amount, in: currency) }
        #expect(first == second)
        #expect(first.parts.map(\.currency) == first.parts.map(\.currency).sorted())
        #expect(first.parts.allSatisfy { !$0.amount.isZero })
    }

    // MARK: Boards

    /// One of the two paper accounts of the fixture settles in bitcoin.
    private func mixed() throws -> BoardReader {
        let database = try FleetFixture.database()
        try database.connection.execute(
            "UPDATE venue_accounts SET currency = 'BTC' WHERE key_id = 2")
        return BoardReader(over: database, owner: FleetFixture.owner)
    }

    @Test func aBoardShowsALineForEachCurrency() throws {
        let plain = BoardReader(over: try FleetFixture.database(), owner: FleetFixture.owner)
        let (before, after) = (try plain.fleet(), try mixed().fleet())
        #expect(before.figures.map(\.title) == ["LIVE", "PAPER"])
        #expect(after.figures.map(\.title) == ["LIVE", "PAPER BTC", "PAPER USDT"])
        let paper = after.figures.filter { $0.environment == .paper }
        #expect(paper.map(\.bots).reduce(0, +) == before.figures[1].bots)
        #expect(paper.map(\.openPositions).reduce(0, +) == before.figures[1].openPositions)
        // The two of them make what was one sum before, and neither is it.
        #expect(paper[0].equity + paper[1].equity == before.figures[1].equity)
        #expect(paper.allSatisfy { $0.equity != before.figures[1].equity })
    }

    @Test func jsonNamesCurrenciesOnlyWhereTheyDiffer() throws {
        let plain = BoardReader(over: try FleetFixture.database(), owner: FleetFixture.owner)
        #expect(!(try plain.fleet().figuresJSON.description.contains("currency")))
        #expect(!(try plain.fleet().json.description.contains("currency")))
        let mixed = try mixed().fleet()
        let paper = mixed.figuresJSON["by_environment"]?["paper"]
        #expect(paper?["by_currency"]?["BTC"]?["currency"]?.text == "BTC")
        #expect(paper?["by_currency"]?["USDT"]?["bots"] != nil)
        #expect(mixed.json.description.contains(#""currency":"BTC""#))
    }

    @Test func analyticsAreApartToo() throws {
        let sections = try mixed().analytics().sections.filter { $0.environment == .paper }
        #expect(Set(sections.map(\.title)).isSuperset(of: ["PAPER", "PAPER BTC"]))
    }

    // MARK: Previews

    /// Each currency has a tolerance of its own: a rise in one does not make up for a fall in
    /// another.
    @Test func aPreviewIsVoidWhenOneCurrencyHasMoved() throws {
        let btc = try Self.currency("BTC")
        func refusal(_ dollars: Int64, _ coins: Int64) throws -> Refusal? {
            var shown = PreviewRulesTests.content
            shown.notional = CurrencySums(.units(1000), in: .usdt)
            shown.notional.add(.units(1000), in: btc)
            var found = shown
            found.notional = CurrencySums(.units(dollars), in: .usdt)
            found.notional.add(.units(coins), in: btc)
            let person = CommandSamples.person(.owner)
            let preview = PreviewRules.make(shown, for: person, dice: 1, at: FleetFixture.now)
            do throws(Refusal) {
                try PreviewRules.confirm(
                    .token(preview.token), of: found, labels: [], preview: preview, by: person,
                    at: FleetFixture.now)
            } catch { return error }
            return nil
        }
        #expect(try refusal(1000, 1000) == nil && refusal(1010, 990) == nil)
        #expect(try refusal(1020, 980) != nil && refusal(1000, 1020) != nil)
        #expect(try refusal(2000, 0) != nil && refusal(0, 1000) != nil)
    }

    @Test func aPreviewOfTwoCurrenciesComesBackFromJSON() throws {
        var sums = CurrencySums(.units(7), in: .usdt)
        sums.add(Money(raw: 5), in: try Self.currency("BTC"))
        for one in [sums, CurrencySums(.units(7), in: .usdt), CurrencySums()] {
            #expect(CurrencySums(one.json) == one)
        }
        #expect(CurrencySums(.units(7), in: .usdt).json == .string("7"))
        #expect(CurrencySums(.string("seven")) == nil)
    }
}
