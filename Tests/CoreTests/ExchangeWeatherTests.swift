/// Outages of the simulated exchange: seeded, restored, long enough to matter, off when off.
import Core
import Store
import Testing

@Suite struct ExchangeWeatherTests {
    private static let start = Instant(year: 2026, month: 3, day: 2)

    private func weather(_ climate: VenueWeather.Climate, seed: UInt64 = 1) -> VenueWeather {
        VenueWeather(climate, dice: Randomness(seed: seed), start: Self.start)
    }

    @Test func fairWeatherNeverFails() {
        var fair = weather(.fair)
        for minute in 0..<10_000 {
            #expect(fair.answer(at: Self.start + .minutes(Int64(minute))) == nil)
        }
    }

    @Test func theSameSeedBringsTheSameStormsAndAStateGoesOn() throws {
        var first = weather(.changeable)
        var second = weather(.changeable)
        for minute in 0..<6_000 {
            let now = Self.start + .minutes(Int64(minute))
            #expect(first.answer(at: now) == second.answer(at: now))
        }
        var restored = try #require(VenueWeather(.changeable, state: first.state))
        #expect(restored == first)
        for minute in 6_000..<20_000 {
            let now = Self.start + .minutes(Int64(minute))
            #expect(first.answer(at: now) == restored.answer(at: now))
        }
        #expect(VenueWeather(.changeable, state: "1:2:3:4 5 6") == nil)
        #expect(VenueWeather(.changeable, state: "") == nil)
    }

    @Test func stormsGiveTenErrorsInFiveMinutesToAPollingClient() {
        var worst = 0
        var kinds: Set<VenueFailure> = []
        for seed in UInt64(1)...5 {
            var storms = weather(.changeable, seed: seed)
            var failures: [Instant] = []
            // A poll each 30 s, tried again up to three times.
            for poll in 0..<2880 * 14 {
                let now = Self.start + .seconds(Int64(poll) * 30)
                for _ in 0..<3 {
                    guard let failure = storms.answer(at: now) else { break }
                    kinds.insert(failure)
                    failures.append(now)
                }
                failures.removeAll { now - $0 > .minutes(5) }
                worst = max(worst, failures.count)
            }
        }
        #expect(worst >= 10)
        #expect(kinds.count == 3)
    }

    @Test func calmTimesAreTheRule() {
        var storms = weather(.changeable, seed: 3)
        let failed = (0..<50_000).count {
            storms.answer(at: Self.start + .minutes(Int64($0))) != nil
        }
        #expect(failed > 10 && failed < 1000)
    }

    @Test func everyRefusalAndFailureSaysWhatToDo() {
        let reasons: [VenueRejection] = [
            .unknownAccount, .unknownOrder, .quantityOffLot(lot: .zero),
            .quantityTooSmall(minimum: .zero), .notionalTooSmall(minimum: .zero),
            .priceOffTick(tick: .zero), .leverageOutOfRange(maximum: 5),
            .insufficientMargin(needed: .units(2), available: .units(1)), .nothingToReduce,
        ]
        #expect(Set(reasons.map(\.headline)).count == reasons.count)
        #expect(reasons.allSatisfy { !$0.remedy.isEmpty })
        #expect(Set(VenueFailure.allCases.map(\.headline)).count == 3)
    }
}

extension VenueWeather.Climate {
    /// A storm every second day or so, and a stray failure in two thousand answers.
    fileprivate static let changeable = VenueWeather.Climate(
        calmMinutes: 2880, strayPerTenThousand: 5)
}
