/// The eight hard limits of one bot.

/// Limits in force; the defaults when nothing was set. **Source** <doc:ProductRules#Risk-limits>.
public struct RiskLimits: Sendable, Equatable, Codable {
    /// **Range** 1...20.
    public var maxPositionsPerAsset: Int
    /// **Range** 1...100.
    public var maxPositionsTotal: Int
    /// Share of equity. **Range** 0.1...50 %.
    public var maxLossPerTrade: Rate
    /// Share of the day's first equity. **Range** 0.5...50 %.
    public var dailyLoss: Rate
    /// The kill switch also closes everything.
    public var dailyLossFlattens: Bool
    /// **Range** 1...50.
    public var consecutiveLosses: Int
    /// 0: until a person resumes. **Range** 0...1440.
    public var consecutiveLossCooldownMinutes: Int
    /// **Range** 1...100.
    public var maxLeverage: Int
    /// **Range** 0.01...5 %.
    public var maxSlippage: Rate
    /// Within ``errorWindow``. **Range** 1...100.
    public var apiErrors: Int

    /// How far back errors of the exchange count.
    public static let errorWindow = Span.minutes(5)
    /// As it is said of a count.
    public static let errorWindowWords = "in \(errorWindow.milliseconds / 60_000) min"

    public init(
        maxPositionsPerAsset: Int = 1, maxPositionsTotal: Int = 5,
        maxLossPerTrade: Rate = .percent(2), dailyLoss: Rate = .percent(5),
        dailyLossFlattens: Bool = false, consecutiveLosses: Int = 5,
        consecutiveLossCooldownMinutes: Int = 60, maxLeverage: Int = 5,
        maxSlippage: Rate = Rate(raw: 500_000), apiErrors: Int = 10
    ) {
        self.maxPositionsPerAsset = maxPositionsPerAsset
        self.maxPositionsTotal = maxPositionsTotal
        self.maxLossPerTrade = maxLossPerTrade
        self.dailyLoss = dailyLoss
        self.dailyLossFlattens = dailyLossFlattens
        self.consecutiveLosses = consecutiveLosses
        self.consecutiveLossCooldownMinutes = consecutiveLossCooldownMinutes
        self.maxLeverage = maxLeverage
        self.maxSlippage = maxSlippage
        self.apiErrors = apiErrors
    }
}
/// Limits as they were set, once.
public struct RiskLimitsVersion: Sendable, Equatable, Codable {
    public var botID: ID<Bot>
    /// 1 for the first change; 0 stands for the defaults.
    public var version: Int
    public var setAt: Instant
    public var setBy: String
    public var limits: RiskLimits

    public init(
        botID: ID<Bot>, version: Int, setAt: Instant, setBy: String, limits: RiskLimits
    ) {
        self.botID = botID
        self.version = version
        self.setAt = setAt
        self.setBy = setBy
        self.limits = limits
    }
}
