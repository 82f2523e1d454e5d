/// Worlds in which every system template trades, with all that was decided in them.

import Foundation
import Store
import TestKit

@testable import Core

/// One world with one bot for each of some templates, run to its end.
struct GoldenRun {
    let name: String
    let templates: [Template]
    private let world: World

    private init(_ name: String, _ templates: [Template], _ markets: [Market], days: Int64) throws {
        self.name = name
        self.templates = templates
        let start = markets.compactMap(\.nextAt).min() ?? Instant(milliseconds: 0)
        world = World(
            settings: WorldSettings(
                generation: "0000", latency: .seconds(0), keepsHouse: false,
                snapshotEvery: .hours(1)),
            markets: markets, at: start, journal: [.replay, .decisions])
        for (index, template) in templates.enumerated() {
            let id = Int64(index + 1)
            world.trading.openAccount(ID(id), deposit: .units(10_000))
            try world.fleet.add(
                Bot(
                    id: ID(id), label: "golden-\(id)", keyID: ID(id), templateName: template.name,
                    templateVersion: template.version, createdAt: start),
                limits: RiskLimits(), template: template, symbols: markets.map(\.instrument.symbol))
        }
        for day in 1...days { world.advance(to: start + .days(day)) }
    }

    /// The seeded market, which offers a book, funding and open interest.
    /// - Parameter step: from print to print; a longer one gives more uneven volumes, sooner.
    static func seeded(
        days: Int64, seed: UInt64 = 8, step: Span = .seconds(5)
    ) throws -> GoldenRun {
        let start = Instant(year: 2026, month: 3, day: 2)
        let dice = Randomness(seed: seed).fork(named: "market")
        let markets = MarketListing.all.prefix(2).map { listing in
            Market(
                MarketModel(
                    listing, dice: dice.fork(named: listing.instrument.symbol), start: start,
                    step: step))
        }
        return try GoldenRun("seeded market", SystemTemplates.all, Array(markets), days: days)
    }

    /// Candles of a file that the project makes itself, for the templates that can be built from
    /// them. A file has no book, no funding and no open interest.
    /// - Parameters:
    ///   - place: of the listing among all.
    ///   - volatility: instead of the listing's own.
    static func candles(
        _ timeframe: Timeframe, days: Int64, seed: UInt64, place: Int, volatility: Double? = nil
    ) throws -> GoldenRun {
        var listing = MarketListing.all[place]
        if let volatility { listing.volatility = volatility }
        let rows = ReplayFixture.play(seed: seed, days: days, to: timeframe, listing: listing)
        let symbol = listing.instrument.symbol
        let name = "\(symbol)-\(timeframe.rawValue)"
        let fixture = ReplayFixture(rows, name: name)
        let market = Market(try RecordedMarket(path: fixture.file, symbol: name))
        let templates = SystemTemplates.all.filter {
            CandleAggregator.canBuild($0.timeframe, from: market.candleSpan)
        }
        return try GoldenRun("candles of \(name), seed \(seed)", templates, [market], days: days)
    }

    func decisions(of template: Template) throws -> [(entry: DecisionLog.Entry, bytes: [UInt8])] {
        guard let bot = bot(of: template) else { return [] }
        let log = world.journal.decisionLog
        return log.entries.filter { $0.bot == bot }.map { ($0, log.facts(of: $0)) }
    }

    func trades(of template: Template) -> [Trade] {
        guard let bot = bot(of: template) else { return [] }
        return world.journal.trades.filter { $0.botID == bot }
    }

    private func bot(of template: Template) -> ID<Bot>? {
        templates.firstIndex { $0.name == template.name }.map { ID(Int64($0 + 1)) }
    }
}
