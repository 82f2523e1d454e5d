/// The slow side of a seeded market: regime, volatility clusters, funding and liquidity.
import Store

/// Moves once a minute; between two minutes the market only steps. Numbers are + − × ÷ √ alone,
/// so that every machine plays the same history.
struct MarketTemper: Sendable, Equatable {
    enum Regime: Int, Sendable {
        case falling = -1
        case ranging = 0
        case rising = 1
    }

    var regime: Regime = .ranging
    /// Drift of a trend, in hourly deviations an hour.
    var strength = 0.0
    var minutesLeft = 0
    /// Clusters of volatility: a multiple of the usual variance, 1 on average.
    var variance = 1.0
    /// Where a ranging market is pulled to.
    var anchor: Double
    /// A day's average, which funding is measured against.
    var average: Double
    /// Per eight hours, as a share.
    var funding = 0.0001
    /// Minutes of a liquidity crunch that are left; 0 in calm markets.
    var crunchMinutes = 0
    /// (ask − bid) / price.
    var spread: Double
    /// Quote value on one level.
    var levelValue: Double
    /// Distance of levels as a share of the price.
    var levelDistance = 0.0001
    /// (bids − asks) / both.
    var imbalance = 0.0

    init(_ listing: MarketListing) {
        anchor = listing.startPrice.double
        average = anchor
        spread = listing.spreadBasisPoints * 0.0001
        levelValue = listing.levelValue
    }

    /// Deviation of one minute's return in usual times: a year has 525,600 minutes.
    static func minuteDeviation(_ listing: MarketListing) -> Double {
        listing.volatility / 724.98
    }

    /// One minute later. `level` moves when a jump falls into the minute.
    mutating func passMinute(
        _ listing: MarketListing, level: inout Double, minuteReturn: Double,
        dice: inout Randomness
    ) {
        passRegime(listing, level, &dice)
        // Clusters fade over half a day: a pull of 1/700 a minute, and noise that keeps
        // the deviation of the variance near 0.6.
        variance += (1 - variance) / 700 + 0.032 * variance.squareRoot() * dice.normal()
        variance = min(max(variance, 0.2), 8)
        let jumped = passJump(listing, &level, &dice)
        let span = regime == .ranging ? 1200.0 : 360.0
        anchor += (level - anchor) / span
        passFunding(level, &dice)
        let deviation = Self.minuteDeviation(listing) * variance.squareRoot()
        let isWild = minuteReturn * minuteReturn > 14 * deviation * deviation
        passLiquidity(listing, stress: jumped ? 2 : isWild ? 1 : 0, &dice)
    }

    /// Trends of 20 hours to three days, ranges of 15 hours to two days; far from the start price
    /// the way back is likelier, so that years stay in bounds.
    private mutating func passRegime(
        _ listing: MarketListing, _ level: Double, _ dice: inout Randomness
    ) {
        minutesLeft -= 1
        guard minutesLeft <= 0 else { return }
        if regime != .ranging, dice.chance(7, in: 10) {
            regime = .ranging
            minutesLeft = dice.integer(in: 900...2880)
            anchor = level
            return
        }
        let away = level / listing.startPrice.double - 1
        let up = min(max(0.5 - 0.9 * away, 0.08), 0.92)
        regime = dice.uniform() < up ? .rising : .falling
        strength = 0.2 + 0.22 * dice.uniform()
        minutesLeft = dice.integer(in: 1200...4320)
    }

    /// About one jump in two days, and the restless hours after it.
    private mutating func passJump(
        _ listing: MarketListing, _ level: inout Double, _ dice: inout Randomness
    ) -> Bool {
        guard dice.chance(1, in: 2880) else { return false }
        let size = listing.volatility * (0.012 + 0.03 * dice.uniform())
        level *= dice.chance(1, in: 2) ? 1 + size : 1 - size
        variance = min(variance + 1.5, 8)
        return true
    }

    /// Funding follows the premium over the day's average: crowded trends pay.
    private mutating func passFunding(_ level: Double, _ dice: inout Randomness) {
        average += (level - average) / 1440
        let target = 0.0001 + 0.009 * (level / average - 1)
        funding += (target - funding) / 60 + 0.000_004 * dice.normal()
        funding = min(max(funding, -0.003), 0.003)
    }

    /// Spread and depth breathe with volatility; now and then, most of all under stress, makers
    /// step back for some minutes and 1,000 of quote currency moves the price by half a percent.
    private mutating func passLiquidity(
        _ listing: MarketListing, stress: Int, _ dice: inout Randomness
    ) {
        imbalance = 0.9 * imbalance + 0.1 * dice.normal() + 0.01 * Double(regime.rawValue)
        imbalance = min(max(imbalance, -0.7), 0.7)
        crunchMinutes = max(0, crunchMinutes - 1)
        let odds = stress == 2 ? 1200 : stress == 1 ? 300 : 1
        if crunchMinutes == 0, dice.chance(odds, in: 2400) {
            crunchMinutes = dice.integer(in: 2...12)
        }
        let breath = dice.uniform()
        guard crunchMinutes == 0 else {
            spread = 0.004 + 0.005 * breath
            levelValue = 60 + 80 * dice.uniform()
            levelDistance = 0.0008
            return
        }
        let width = 0.5 + 0.5 * variance.squareRoot() + 0.4 * breath
        spread = listing.spreadBasisPoints * 0.0001 * width
        levelValue = listing.levelValue * (0.4 + dice.uniform()) / variance.squareRoot()
        levelDistance = 0.0001
    }

    /// Open contracts in base units: crowds that pay for a trend build positions, restless hours
    /// close some. Follows from what is saved, and takes no dice of its own.
    func openInterest(_ listing: MarketListing) -> Double {
        let usual = listing.dailyValue / (10 * listing.startPrice.double)
        return usual * (1 + 200 * funding.magnitude) * (1.06 - 0.03 * min(variance, 4))
    }

    /// Variance by the hour of the day in UTC, 1 on average: quiet Asian mornings, busy afternoons.
    private static let hours: [Double] = [
        0.85, 0.85, 0.80, 0.75, 0.75, 0.75, 0.80, 0.90, 1.05, 1.05, 1.00, 0.95,
        1.05, 1.45, 1.65, 1.55, 1.35, 1.15, 1.10, 1.05, 1.00, 0.95, 0.90, 0.90,
    ]

    /// How restless the market is at an hour, as a multiple of variance; weekends are quieter.
    static func season(at now: Instant) -> Double {
        let hour = Int(now.inDay.milliseconds / 3_600_000)
        return hours[hour] * (now.weekday >= 5 ? 0.75 : 1.05)
    }
}
