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
            world.openAccount(ID(id), deposit: .units(10_000))
            try world.add(
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

    /// Recorded candles, for the templates that can be built from them.
    static func recorded(_ file: String, days: Int64) throws -> GoldenRun {
        let path = Shared.files("market-data/candles", ending: "\(file).csv").first?.path ?? ""
        let market = Market(
            try RecordedMarket(path: path, symbol: ReplayRequest.symbol(of: path)))
        let templates = SystemTemplates.all.filter {
            CandleAggregator.canBuild($0.timeframe, from: market.candleSpan)
        }
        return try GoldenRun(file, templates, [market], days: days)
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
