/// The contracts that the simulated exchange lists, with the numbers of each market's model.
import Store

/// An instrument and the numbers that its seeded market starts from.
public struct MarketListing: Sendable, Equatable {
    public var instrument: Instrument
    public var startPrice: Price
    /// Diffusive part of a year's volatility; jumps, clusters and trends come on top.
    public var volatility: Double
    /// Usual spread in basis points.
    public var spreadBasisPoints: Double
    /// Quote value on one book level in calm hours.
    public var levelValue: Double
    /// Quote value traded in a day.
    public var dailyValue: Double

    public init(
        instrument: Instrument, startPrice: Price, volatility: Double = 0.6,
        spreadBasisPoints: Double = 2, levelValue: Double = 20_000,
        dailyValue: Double = 200_000_000
    ) {
        self.instrument = instrument
        self.startPrice = startPrice
        self.volatility = volatility
        self.spreadBasisPoints = spreadBasisPoints
        self.levelValue = levelValue
        self.dailyValue = dailyValue
    }

    /// Ten perpetuals, the most traded first. Ticks and lots as large venues list them.
    public static let all: [MarketListing] = [
        row("BTC-PERP", "95200", tick: "0.1", lot: "0.001", 100, 0.43, 0.8, 120_000, 12e9),
        row("ETH-PERP", "3150", tick: "0.01", lot: "0.001", 100, 0.52, 1.0, 90_000, 8e9),
        row("SOL-PERP", "182", tick: "0.01", lot: "0.1", 75, 0.66, 1.3, 45_000, 3e9),
        row("XRP-PERP", "2.21", tick: "0.0001", lot: "1", 75, 0.62, 1.5, 40_000, 2e9),
        row("DOGE-PERP", "0.2735", tick: "0.00001", lot: "10", 50, 0.70, 1.8, 30_000, 1.2e9),
        row("BNB-PERP", "648", tick: "0.01", lot: "0.01", 75, 0.46, 1.4, 35_000, 1e9),
        row("ADA-PERP", "0.8120", tick: "0.0001", lot: "1", 50, 0.64, 2.2, 25_000, 600e6),
        row("AVAX-PERP", "36.40", tick: "0.001", lot: "0.1", 50, 0.66, 2.4, 18_000, 450e6),
        row("LINK-PERP", "17.85", tick: "0.001", lot: "0.1", 50, 0.62, 2.2, 18_000, 420e6),
        row("LTC-PERP", "104.30", tick: "0.01", lot: "0.01", 50, 0.55, 2.6, 15_000, 350e6),
    ]

    /// The listing of a symbol; nil when it is not listed.
    public static func named(_ symbol: String) -> MarketListing? {
        all.first { $0.instrument.symbol == symbol }
    }

    private static func row(
        _ symbol: String, _ price: String, tick: String, lot: String, _ leverage: Int,
        _ volatility: Double, _ spread: Double, _ levelValue: Double, _ dailyValue: Double
    ) -> MarketListing {
        let lot: Quantity = number(lot)
        return MarketListing(
            instrument: Instrument(
                symbol: symbol, tick: number(tick), lot: lot, minimumQuantity: lot,
                maxLeverage: leverage),
            startPrice: number(price), volatility: volatility, spreadBasisPoints: spread,
            levelValue: levelValue, dailyValue: dailyValue)
    }

    /// A number of the table above, which is fixed text.
    private static func number<Value: FixedPoint>(_ text: String) -> Value {
        do throws(NumberError) {
            return try Value.parse(text)
        } catch {
            preconditionFailure("the listing table holds \(error.headline)")
        }
    }
}
