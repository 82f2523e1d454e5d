/// The risk limits by name: what each is called, its unit, its range, how text sets it.

import Store

/// Names as the command line uses them. **Source** <doc:CommandLine#Names-of-the-risk-limits>.
public enum RiskLimitName: String, Sendable, CaseIterable, Codable {
    case maxPositionsPerAsset = "max_positions_per_asset"
    case maxPositionsTotal = "max_positions_total"
    case maxLossPerTrade = "max_loss_per_trade_pct"
    case dailyLoss = "daily_loss_pct"
    case dailyLossFlatten = "daily_loss_flatten"
    case consecutiveLosses = "consecutive_losses"
    case consecutiveLossCooldown = "consecutive_loss_cooldown_min"
    case maxLeverage = "max_leverage"
    case maxSlippage = "max_slippage_pct"
    case apiErrors = "api_errors_5min"

    /// The eight limits proper; the other two names are settings of a limit.
    public static let limits: [RiskLimitName] = allCases.filter {
        $0 != .dailyLossFlatten && $0 != .consecutiveLossCooldown
    }
}

/// The three headings under which limits are shown. **Source** <doc:ProductRules#Risk-limits>.
public enum RiskLimitCategory: String, Sendable, CaseIterable {
    case position, loss, execution
    public var title: String {
        switch self {
        case .position: "Position limits"
        case .loss: "Loss limits"
        case .execution: "Execution safety"
        }
    }
}

/// The value of a limit in its own unit.
public enum RiskLimitValue: Sendable, Hashable, Codable {
    case count(Int)
    /// A share; shown and typed in percent.
    case percent(Rate)
    case flag(Bool)

    /// As it is typed: `5`, `0.5`, `true`.
    public var text: String {
        switch self {
        case .count(let value): String(value)
        case .percent(let rate): rate.percentText
        case .flag(let value): value ? "true" : "false"
        }
    }
}

extension RiskLimitName {
    /// A number that a bot at work fills: to have all of it is no trouble.
    public var isQuota: Bool {
        switch self {
        case .maxPositionsPerAsset, .maxPositionsTotal, .maxLeverage: true
        default: false
        }
    }

    public var title: String {
        switch self {
        case .maxPositionsPerAsset: "Max positions per asset"
        case .maxPositionsTotal: "Max positions total"
        case .maxLossPerTrade: "Max loss per trade"
        case .dailyLoss: "Daily loss kill switch"
        case .dailyLossFlatten: "Kill switch also closes all"
        case .consecutiveLosses: "Consecutive-loss pause"
        case .consecutiveLossCooldown: "Cool-down of that pause"
        case .maxLeverage: "Max leverage"
        case .maxSlippage: "Max slippage"
        case .apiErrors: "API errors \(RiskLimits.errorWindowWords)"
        }
    }

    /// What a value counts; empty for a flag.
    public var unit: String {
        switch self {
        case .maxPositionsPerAsset, .maxPositionsTotal: "positions"
        case .maxLossPerTrade: "% of equity"
        case .dailyLoss: "% of day-start equity"
        case .dailyLossFlatten: ""
        case .consecutiveLosses: "losses"
        case .consecutiveLossCooldown: "min"
        case .maxLeverage: "x"
        case .maxSlippage: "%"
        case .apiErrors: "errors"
        }
    }

    public var category: RiskLimitCategory {
        switch self {
        case .maxPositionsPerAsset, .maxPositionsTotal: .position
        case .maxLossPerTrade, .dailyLoss, .dailyLossFlatten, .consecutiveLosses,
            .consecutiveLossCooldown:
            .loss
        case .maxLeverage, .maxSlippage, .apiErrors: .execution
        }
    }

    /// Least and largest lawful value; nil for a flag. **Source** <doc:ProductRules#Risk-limits>.
    public var range: (least: RiskLimitValue, most: RiskLimitValue)? {
        switch self {
        case .maxPositionsPerAsset: (.count(1), .count(20))
        case .maxPositionsTotal: (.count(1), .count(100))
        case .maxLossPerTrade: (.percent(.basisPoints(10)), .percent(.percent(50)))
        case .dailyLoss: (.percent(.basisPoints(50)), .percent(.percent(50)))
        case .dailyLossFlatten: nil
        case .consecutiveLosses: (.count(1), .count(50))
        case .consecutiveLossCooldown: (.count(0), .count(1440))
        case .maxLeverage: (.count(1), .count(100))
        case .maxSlippage: (.percent(.basisPoints(1)), .percent(.percent(5)))
        case .apiErrors: (.count(1), .count(100))
        }
    }

    /// The value in force where nothing was set.
    public var standard: RiskLimitValue { value(in: RiskLimits()) }

    /// What happens when it is reached.
    public var effect: String {
        switch self {
        case .maxPositionsPerAsset: "entries of that asset wait until one closes"
        case .maxPositionsTotal: "entries wait until one closes"
        case .maxLossPerTrade: "that position is closed at market"
        case .dailyLoss: "paused until a person resumes with a reason"
        case .dailyLossFlatten: "closes every position when the kill switch trips"
        case .consecutiveLosses: "paused for the cool-down"
        case .consecutiveLossCooldown: "0: until a person resumes"
        case .maxLeverage: "the entry is refused"
        case .maxSlippage: "the entry is not sent, or cut there"
        case .apiErrors: "paused, with an alert; Error at three times as many"
        }
    }
}
