/// Laws that indicators keep whatever the prices are.

import Testing

@testable import Core

@Suite struct StrategyIndicatorTests {
    static let seeds: [UInt64] = [1, 7, 42, 20_260_310]

    /// The window of the last `count` numbers ending at an index, by the plain definition.
    private func window(_ values: [Double], _ end: Int, _ count: Int) -> ArraySlice<Double> {
        values[(end - count + 1)...end]
    }

    @Test(arguments: seeds) func oscillatorsStayWithinTheirBounds(_ seed: UInt64) {
        var strength = RelativeStrength(14)
        var stochastic = StochasticOscillator(14, smoothing: 3, signal: 3)
        var movement = DirectionalMovement(14)
        for bar in StrategyCandles.walk(3000, seed: seed) {
            strength.update(bar.close)
            stochastic.update(bar)
            movement.update(bar)
            for value in [strength.value, stochastic.k, stochastic.d].compactMap({ $0 }) {
                #expect((-1e-9...100 + 1e-9).contains(value))
            }
            if movement.isReady {
                #expect((0...100).contains(movement.current))
                #expect(movement.plusIndex >= 0 && movement.minusIndex >= 0)
            }
        }
        #expect(strength.value != nil && stochastic.k != nil && stochastic.d != nil)
        #expect(movement.isReady)
    }

    @Test(arguments: seeds) func averagesLieBetweenTheExtremesOfTheirWindow(_ seed: UInt64) throws {
        var mean = RollingMean(20)
        var channel = DonchianChannel(20)
        for bar in StrategyCandles.walk(2000, seed: seed) {
            mean.update(bar.close)
            channel.update(bar)
            guard let value = mean.value else { continue }
            #expect(value <= channel.upper && value >= channel.lower)
            #expect(bar.close <= channel.upper && bar.close >= channel.lower)
        }
        #expect(mean.value != nil)
    }

    @Test(arguments: seeds) func extremesEqualTheirDefinition(_ seed: UInt64) {
        let closes = StrategyCandles.walk(1500, seed: seed).map { ($0.close * 20).rounded() }
        var high = RollingExtreme.highest(17)
        var low = RollingExtreme.lowest(17)
        for index in closes.indices {
            high.update(closes[index])
            low.update(closes[index])
            guard index >= 16 else {
                #expect(high.value == nil && low.value == nil)
                continue
            }
            #expect(high.value == window(closes, index, 17).max())
            #expect(low.value == window(closes, index, 17).min())
        }
    }

    @Test func thirtyThousandTinyPricesKeepEightDigits() {
        let closes = StrategyCandles.walk(30_000, seed: 3, start: 5e-5, step: 0.0004).map(\.close)
        var moments = RollingMoments(20)
        var mean = RollingMean(20)
        for index in closes.indices {
            moments.update(closes[index])
            mean.update(closes[index])
            guard index >= 19, index % 7 == 0 else { continue }
            let slice = window(closes, index, 20)
            let exact = slice.reduce(0, +) / 20
            let variance = slice.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / 20
            let deviation = variance.squareRoot()
            #expect(abs((mean.value ?? 0) - exact) <= 1e-12 * exact)
            #expect(abs(moments.mean - exact) <= 1e-12 * exact)
            #expect(abs(moments.deviation - deviation) <= 1e-8 * deviation)
        }
    }

    @Test func deviationSurvivesAJumpOfThePriceLevel() {
        var moments = RollingMoments(20)
        var mean = RollingMean(20)
        var closes: [Double] = []
        for index in 0..<200 {
            let level = index % 63 < 31 ? 0.00005 : 60_000
            closes.append(level * (1 + Double(index % 5) * 1e-6))
            moments.update(closes[index])
            mean.update(closes[index])
            guard index >= 19 else { continue }
            let slice = window(closes, index, 20)
            let exact = slice.reduce(0, +) / 20
            let variance = slice.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / 20
            #expect(abs(moments.deviation - variance.squareRoot()) <= 1e-6 * variance.squareRoot())
            #expect(abs((mean.value ?? 0) - exact) <= 1e-12 * exact)
        }
    }

    @Test func aFlatPriceHasNoDeviation() {
        var moments = RollingMoments(20)
        for index in 0..<100 {
            moments.update(index < 30 ? Double(index) : 0.1)
            if index >= 50 { #expect(moments.significantDeviation == 0) }
        }
    }

    @Test(arguments: seeds) func scalingPricesScalesLevelsAndKeepsRatios(_ seed: UInt64) {
        let bars = StrategyCandles.walk(800, seed: seed)
        let factor = 1024.0
        var plain = (AverageTrueRange(14), RelativeStrength(14), Supertrend(10, multiple: 3))
        var scaled = plain
        for bar in bars {
            let larger = Bar(
                openTime: bar.openTime, open: bar.open * factor, high: bar.high * factor,
                low: bar.low * factor, close: bar.close * factor, volume: bar.volume)
            plain.0.update(bar)
            plain.1.update(bar.close)
            plain.2.update(bar)
            scaled.0.update(larger)
            scaled.1.update(larger.close)
            scaled.2.update(larger)
            #expect(scaled.0.value == plain.0.value.map { $0 * factor })
            #expect(scaled.1.value == plain.1.value)
            #expect(scaled.2.isUp == plain.2.isUp)
            #expect(scaled.2.value == plain.2.value.map { $0 * factor })
        }
    }

    @Test func shiftingPricesShiftsAveragesAndKeepsRanges() {
        var plain = (ExponentialAverage(12), AverageTrueRange(14))
        var shifted = plain
        for bar in StrategyCandles.walk(800, seed: 9) {
            let higher = Bar(
                openTime: bar.openTime, open: bar.open + 64, high: bar.high + 64,
                low: bar.low + 64, close: bar.close + 64, volume: bar.volume)
            plain.0.update(bar.close)
            plain.1.update(bar)
            shifted.0.update(higher.close)
            shifted.1.update(higher)
            if let value = plain.0.value, let other = shifted.0.value {
                #expect(abs(other - value - 64) < 1e-9)
            }
            if let value = plain.1.value, let other = shifted.1.value {
                #expect(abs(other - value) < 1e-9)
            }
        }
        #expect(plain.0.value != nil && shifted.0.value != nil)
        #expect(plain.1.value != nil && shifted.1.value != nil)
    }

    @Test func sessionAverageStartsAfreshAtMidnight() throws {
        var average = SessionAverage()
        average.update(StrategyCandles.bar(100, at: 1439))
        average.update(StrategyCandles.bar(200, at: 1440))
        #expect(average.value == 200)
        #expect(average.deviation == 0)
        average.update(StrategyCandles.bar(100, at: 1441, volume: 300))
        #expect(average.value == 125)
        #expect(abs(try #require(average.deviation) - 1875.0.squareRoot()) < 1e-9)
    }

    @Test func crossingIsToldOnItsCandleOnly() {
        var cross = CrossDetector()
        let votes = [-1.0, 1, 2, 0, 1, -1, -2].map { cross.update($0) }
        #expect(votes == [.neutral, .long, .neutral, .neutral, .long, .short, .neutral])
    }
}
