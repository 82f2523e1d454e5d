/// A bot on a seeded market whose book holds a single lot on each level.
import Store

@testable import Core

final class ThinBench {
    let world: World
    let bot: BotMachine

    init(limits: RiskLimits = RiskLimits(maxSlippage: .percent(5))) throws {
        let start = Instant(year: 2026, month: 3, day: 2)
        let lot = Quantity(raw: 10_000_000)
        var listing = MarketListing(
            instrument: Instrument(
                symbol: "THIN", tick: Price(raw: 10_000_000), lot: lot, minimumQuantity: lot,
                maxLeverage: 20),
            startPrice: Price(nearest: 100), volatility: 0.1)
        listing.levelValue = 1
        let template = WorldBench.follower
        world = World(
            settings: WorldSettings(generation: "t", keepsHouse: false),
            markets: [Market(MarketModel(listing, dice: Randomness(seed: 1), start: start))],
            at: start)
        world.trading.openAccount(ID(1), deposit: .units(10_000))
        try world.fleet.add(
            Bot(
                id: ID(1), label: "thin-1", keyID: ID(1), templateName: template.name,
                templateVersion: 1, createdAt: start),
            limits: limits, template: template, symbols: ["THIN"])
        bot = world.bots[0]
        world.advance(to: start + .seconds(30))
    }

    /// Enters whole while the book is away for a moment; one order takes fifty lots otherwise.
    func enter(_ side: Side, lots: Int64) throws {
        guard let price = world.markets[0].lastPrice else { return }
        world.trading.venue.trade(
            symbol: 0, price: price, book: nil, at: world.now)
        let lot = world.markets[0].instrument.lot
        world.trading.submit(
            OrderDraft(
                symbol: 0, side: side.opening, quantity: lot * lots, reduceOnly: false,
                purpose: .entry, decisionPrice: price, leverage: 3, reason: "entry"), for: bot)
        // The next print brings the book back.
        world.advance(to: world.now + .seconds(6))
    }
}
