/// Several positions on one asset: their trades bring exactly what the account gains.
import Store
import TestKit
import Testing

@testable import Core

@Suite struct ManyPositionsTests {
    /// Prices and sizes whose products have more digits than money has.
    private static func rows(_ seed: UInt64) -> [(Double, Double, Double, Double)] {
        var dice = Randomness(seed: seed)
        var price = 1.2345678
        return (0..<600).map { _ in
            let open = price
            price *= 1 + Double(dice.integer(in: -150...150)) / 10_000
            price = max((price * 1e8).rounded() / 1e8, 0.1)
            let high = max(open, price) + 0.00000007
            let low = min(open, price) - 0.00000003
            return (open, high, low, price)
        }
    }

    private static func price(_ value: Double) -> String { Price(nearest: value).description }

    private func run(_ seed: UInt64, leverage: Int) throws -> ReplayResult {
        let scratch = Scratch("plutarc-many")
        var text = "open_time_ms,open,high,low,close,volume\n"
        for (index, row) in Self.rows(seed).enumerated() {
            text +=
                "\(1_767_225_600_000 + index * 60_000),"
                + [row.0, row.1, row.2, row.3].map(Self.price).joined(separator: ",")
                + ",12345.678\n"
        }
        var template = WorldBench.follower
        template.sizing = .equityShare(.percent(7))
        template.leverage = leverage
        var request = ReplayRequest(
            file: scratch.write("M.csv", text), template: template,
            limits: RiskLimits(
                maxPositionsPerAsset: 20, maxPositionsTotal: 100, maxLossPerTrade: .percent(50),
                dailyLoss: .percent(50), consecutiveLosses: 50, maxLeverage: 50,
                maxSlippage: .percent(5)))
        request.lot = Quantity(raw: 1)
        return try World.replaying(request).replay()
    }

    @Test(arguments: [(1, 3), (2, 3), (3, 50), (4, 40), (5, 10)] as [(UInt64, Int)])
    func netsSumToTheChangeOfTheWallet(_ seed: UInt64, _ leverage: Int) throws {
        let result = try run(seed, leverage: leverage)
        #expect(result.trades.count > 20)
        let nets = result.trades.reduce(Money.zero) { $0 + $1.net }
        // What is open has paid its fees and its funding already.
        let paid = result.open.reduce(Money.zero) {
            $0 + $1.position.fees + $1.position.funding
        }
        let gained = result.account.wallet - result.account.deposits
        let parts = result.open.count
        if parts == 0 {
            #expect(gained == nets)
        } else {
            // The exchange nets what is open: each part is told so that they make the whole.
            let open = result.open.reduce(Money.zero) { $0 + $1.unrealised }
            #expect(result.finalEquity - result.account.deposits == nets - paid + open)
        }
    }

    /// Bought in three parts at three prices, sold in two.
    @Test func anAccountThatIsFlatHasGainedWhatItsFillsBrought() {
        var account = PaperAccount(
            money: VenueAccount(keyID: ID(1), deposits: .units(100), wallet: .units(100)))
        let instrument = Instrument(
            symbol: "X", tick: Price(raw: 1), lot: Quantity(raw: 1),
            minimumQuantity: Quantity(raw: 1))
        let buys: [(Int64, Int64)] = [
            (333_333_333, 12_345_678_901), (77_777_777, 12_399_999_997),
            (100_000_001, 12_000_000_003),
        ]
        var spent = Money.zero
        for (quantity, price) in buys {
            let (quantity, price) = (Quantity(raw: quantity), Price(raw: price))
            _ = account.apply(
                symbol: 0, side: .buy, quantity: quantity, price: price, leverage: 3,
                instrument: instrument)
            spent += quantity.value(at: price)
        }
        let sold = Price(raw: 12_500_000_001)
        var earned = Money.zero
        let parts = [Quantity(raw: 123_456_789), Quantity(raw: 387_654_322)]
        for part in parts {
            _ = account.apply(
                symbol: 0, side: .sell, quantity: part, price: sold, leverage: 3,
                instrument: instrument)
            earned += part.value(at: sold)
        }
        #expect(account.positions.isEmpty)
        #expect(account.money.realised == earned - spent)
    }

    @Test func theCostOfAPositionOutlivesARestart() {
        var venue = PaperVenue(instruments: [WorldBench.instrument("X")])
        venue.deposit(.units(1000), to: ID(1))
        let held = VenuePosition(
            keyID: ID(1), symbol: "X", side: .long, quantity: WorldBench.quantity(3),
            entryPrice: WorldBench.price(10), leverage: 3, liquidationPrice: WorldBench.price(7),
            cost: Money(raw: 300_000_000_001))
        venue.restore(
            accounts: [], positions: [held], orders: [], nextFillNumber: 1)
        #expect(venue.positions(ID(1)) == [held])
    }
}
