/// The seeded market: one history for each seed, restored to the bit, lively within bounds.
import Store
import Testing

@testable import Core

@Suite struct MarketModelTests {
    private static let start = Instant(year: 2026, month: 3, day: 2)

    private func market(
        _ symbol: String = "BTC-PERP", seed: UInt64 = 1, step: Span = .seconds(5)
    ) -> MarketModel {
        let listing = MarketListing.named(symbol) ?? MarketListing.all[0]
        return MarketModel(
            listing, dice: Randomness(seed: seed), start: Self.start, step: step)
    }

    private func candles(_ model: inout MarketModel, days: Int64) -> [Candle] {
        let end = Self.start + .days(days)
        var candles: [Candle] = []
        while model.nextAt <= end {
            if case .candle(let candle) = model.next().event { candles.append(candle) }
        }
        return candles
    }

    @Test func theSameSeedGivesTheSamePath() {
        var first = market()
        var second = market()
        var other = market(seed: 2)
        let path = (0..<20_000).map { _ in first.next() }
        #expect(path == (0..<20_000).map { _ in second.next() })
        #expect(path != (0..<20_000).map { _ in other.next() })
    }

    @Test func symbolsOfOneSeedGoTheirOwnWays() {
        var listing = MarketListing.all[0]
        listing.instrument.id.symbol = "TWIN-PERP"
        var twin = MarketModel(listing, dice: Randomness(seed: 1), start: Self.start)
        var first = market()
        #expect((0..<100).map { _ in first.next() } != (0..<100).map { _ in twin.next() })
    }

    @Test(arguments: [0, 1, 11, 12, 13, 14, 9_999, 40_000])
    func aRestoredMarketGoesOnExactly(_ events: Int) throws {
        var model = market("SOL-PERP", seed: 9)
        for _ in 0..<events { _ = model.next() }
        var restored = try #require(
            MarketModel(instrument: model.listing.instrument, state: model.state))
        #expect(restored == model)
        for _ in 0..<5_000 { #expect(restored.next() == model.next()) }
        #expect(restored.state == model.state)
        #expect(restored.book == model.book)
        #expect(restored.fundingRate == model.fundingRate)
        #expect(restored.openInterest == model.openInterest)
    }

    /// Enough, and not too often, for a signal that asks for 3 % in twelve candles of an hour.
    @Test(arguments: [1, 2, 3]) func openInterestGrowsAndShrinks(_ seed: UInt64) {
        var model = market(seed: seed, step: .seconds(60))
        var hourly: [Double] = []
        while hourly.count < 24 * 60 {
            guard case .candle = model.next().event else { continue }
            if model.nextAt.milliseconds % 3_600_000 == 0 { hourly.append(model.openInterest) }
        }
        let changes = (12..<hourly.count).map { hourly[$0] / hourly[$0 - 12] - 1 }
        #expect(hourly.allSatisfy { $0 > 0 })
        #expect(changes.contains { $0 >= 0.03 } && changes.contains { $0 <= -0.03 })
        #expect(changes.contains { $0.magnitude < 0.03 })
    }

    @Test func aDamagedStateIsRefused() {
        let model = market()
        let words = model.state.split(separator: " ").map(String.init)
        let instrument = model.listing.instrument
        for index in words.indices {
            var cut = words
            cut.remove(at: index)
            #expect(MarketModel(instrument: instrument, state: cut.joined(separator: " ")) == nil)
        }
        #expect(MarketModel(instrument: instrument, state: model.state + " 1") == nil)
        #expect(MarketModel(instrument: instrument, state: "") == nil)
    }

    @Test func printsComeEachStepAndACandleAfterTheMinutesLast() {
        var model = market(step: .seconds(20))
        let shape = (0..<9).map { _ -> String in
            let event = model.next()
            let second = (event.at - Self.start).milliseconds / 1000
            if case .candle = event.event { return "candle \(second)" }
            return "trade \(second)"
        }
        #expect(
            shape == [
                "trade 0", "trade 20", "trade 40", "trade 60", "candle 60", "trade 80", "trade 100",
                "trade 120", "candle 120",
            ])
    }

    @Test func candlesHoldThePrintsOfTheirMinute() {
        var model = market("XRP-PERP", seed: 3)
        let tick = model.listing.instrument.tick
        var prints: [Price] = []
        for _ in 0..<50_000 {
            switch model.next().event {
            case .trade(let price):
                #expect(price.raw % tick.raw == 0)
                prints.append(price)
            case .candle(let candle):
                #expect(candle.open == prints.first && candle.close == prints.last)
                #expect(candle.high == prints.max() && candle.low == prints.min())
                #expect(candle.volume.isPositive)
                prints = [candle.close]
            case .range: Issue.record("a seeded market has no ranges")
            }
        }
    }

    @Test func aStepThatDoesNotDivideAMinuteIsShortened() {
        #expect(market(step: .seconds(7)).step == .seconds(6))
        #expect(market(step: .seconds(90)).step == .seconds(60))
        #expect(market(step: .milliseconds(10)).step == .seconds(1))
    }

    @Test func theBookSurroundsThePrice() throws {
        var model = market("DOGE-PERP", seed: 5)
        #expect(model.book == nil && model.lastPrice == nil)
        for _ in 0..<50_000 {
            _ = model.next()
            let book = try #require(model.book)
            let price = try #require(model.lastPrice)
            let tick = model.listing.instrument.tick
            #expect(book.bid <= price && price <= book.ask && book.bid < book.ask)
            #expect(book.levelStep.isPositive && book.levelStep.raw % tick.raw == 0)
            #expect(book.bidDepth.isPositive && book.askDepth.isPositive)
        }
    }

    @Test func crunchesComeAndMoveAThousandByHalfAPercent() {
        var model = market("SOL-PERP", seed: 6)
        var crunched = 0
        var costly = 0
        while model.nextAt < Self.start + .days(10) {
            guard case .candle = model.next().event, model.temper.crunchMinutes > 0,
                let book = model.book, let price = model.lastPrice
            else { continue }
            crunched += 1
            let instrument = model.listing.instrument
            let quantity = Quantity(of: .units(1000), at: price)
                .rounded(to: instrument.lot, .down)
            let take = book.take(
                .buy, quantity, worst: nil, tick: instrument.tick, lot: instrument.lot)
            if let take, take.price.change(from: price) > .basisPoints(50) { costly += 1 }
        }
        #expect(crunched > 5 && crunched < 300)
        #expect(costly > crunched / 4)
    }

    @Test(arguments: MarketListing.all.map(\.instrument.symbol))
    func volatilityIsThatOfAPerpetual(_ symbol: String) {
        var model = market(symbol, seed: 11, step: .seconds(60))
        let minutes = candles(&model, days: 60)
        let closes = stride(from: 59, to: minutes.count, by: 60).map { minutes[$0].close.double }
        let returns = zip(closes, closes.dropFirst()).map { $1 / $0 - 1 }
        let variance = returns.map { $0 * $0 }.reduce(0, +) / Double(returns.count)
        let annual = (variance * 8760).squareRoot()
        #expect(annual > 0.40 && annual < 1.25, "\(symbol): \(annual)")
        // Clusters and jumps: hourly returns have fatter tails than the normal law's 3.
        let fourth = returns.map { $0 * $0 * $0 * $0 }.reduce(0, +) / Double(returns.count)
        #expect(fourth / variance / variance > 3.3)
    }

    @Test func yearsStayInBounds() {
        var model = market("AVAX-PERP", seed: 12, step: .seconds(60))
        let closes = candles(&model, days: 730).map(\.close.double)
        let start = model.listing.startPrice.double
        #expect(closes.allSatisfy { $0 > start / 8 && $0 < start * 8 })
        #expect((closes.max() ?? 0) > start * 1.1 && (closes.min() ?? start) < start * 0.9)
    }

    @Test func fundingFollowsTheTrendBothWays() {
        var model = market("LINK-PERP", seed: 13, step: .seconds(60))
        var rates: [Rate] = []
        while model.nextAt < Self.start + .days(60) {
            if case .candle = model.next().event { rates.append(model.fundingRate) }
        }
        #expect(rates.contains { $0 > Rate(raw: 50_000) })
        #expect(rates.contains { $0 < .zero })
        #expect(rates.allSatisfy { $0.magnitude <= Rate(raw: 300_000) })
    }

    @Test func theCatalogueIsLawful() {
        #expect(Set(MarketListing.all.map(\.instrument.symbol)).count == MarketListing.all.count)
        for listing in MarketListing.all {
            let instrument = listing.instrument
            #expect(listing.startPrice.raw % instrument.tick.raw == 0)
            // A tick is small change, and a lot a small part of a usual order.
            #expect(instrument.tick.change(from: listing.startPrice) < .zero)
            #expect(instrument.tick.raw * 2000 < listing.startPrice.raw)
            #expect(instrument.lot.value(at: listing.startPrice) < .units(200))
            #expect(MarketListing.named(instrument.symbol) == listing)
        }
        #expect(MarketListing.named("NONE") == nil)
    }

    @Test func aSavedMarketComesBackThroughItsRecord() throws {
        var market = Market(market("ETH-PERP", seed: 20))
        for _ in 0..<1000 { _ = market.next() }
        var restored = try Market(market.record)
        #expect(restored.record == market.record)
        #expect(restored.nextAt == market.nextAt && restored.spread == market.spread)
        for _ in 0..<1000 { #expect(restored.next() == market.next()) }
        var broken = market.record
        broken.state = "model1 nonsense"
        #expect(throws: FileError.self) { try Market(broken) }
    }
}
