/// How much of each of a bot's eight limits is used. **Source** <doc:ProductRules#Headroom>.

import Store

/// One limit: what it allows, what is used of it now.
public struct LimitHeadroom: Sendable, Equatable, Codable {
    public var name: RiskLimitName
    /// In the limit's own unit; nil where nothing was measured yet.
    public var used: RiskLimitValue?
    public var limit: RiskLimitValue
    /// The limit differs from the default.
    public var isCustom: Bool

    /// `used / limit`; may exceed 1. Nil where nothing was measured.
    public var share: Rate? {
        switch (used, limit) {
        case (.count(let used), .count(let limit)) where limit > 0:
            .share(used, of: limit)
        case (.percent(let used), .percent(let limit)) where limit.isPositive:
            Money(raw: used.raw).share(of: Money(raw: limit.raw))
        default: nil
        }
    }

    /// The same use under another limit: what an edit would leave.
    public func under(_ limit: RiskLimitValue) -> LimitHeadroom {
        var other = self
        other.limit = limit
        return other
    }

    /// Nothing is left of it.
    public var isReached: Bool { share.map { $0 >= .percent(100) } ?? false }
}

/// What is measured against the limits of one bot.
struct LimitUse {
    var bot: Bot
    var positions: [PositionRow]
    var equity: Money?
    /// Worst slippage of today's entries, a share of the decision price; nil without entries.
    var worstSlippage: Rate?
    /// Errors of the exchange within ``RiskLimits/errorWindow``.
    var apiErrors: Int

    /// The eight limits in the order of ``RiskLimitName``.
    func headroom(of limits: RiskLimits) -> [LimitHeadroom] {
        RiskLimitName.limits.map { name in
            let limit = name.value(in: limits)
            return LimitHeadroom(
                name: name, used: used(of: name), limit: limit, isCustom: limit != name.standard)
        }
    }

    private func used(of name: RiskLimitName) -> RiskLimitValue? {
        switch name {
        case .maxPositionsPerAsset: .count(mostOfOneSymbol)
        case .maxPositionsTotal: .count(positions.count)
        case .maxLossPerTrade: worstLoss.map { .percent($0) }
        case .dailyLoss: dayLoss.map { .percent($0) }
        case .consecutiveLosses: .count(bot.consecutiveLosses)
        case .maxLeverage: .count(positions.map(\.position.leverage).max() ?? 0)
        case .maxSlippage: worstSlippage.map { .percent(max($0, .zero)) }
        case .apiErrors: .count(apiErrors)
        case .dailyLossFlatten, .consecutiveLossCooldown: nil
        }
    }

    private var mostOfOneSymbol: Int {
        Dictionary(grouping: positions, by: \.position.symbol).values.map(\.count).max() ?? 0
    }

    /// Loss of the worst open position as a share of equity; zero when none loses.
    private var worstLoss: Rate? {
        guard let equity, equity.isPositive else { return nil }
        let worst = positions.compactMap(\.unrealised).min() ?? .zero
        return (-min(worst, .zero)).share(of: equity)
    }

    /// Loss of the day so far as a share of its first equity; zero in profit.
    private var dayLoss: Rate? {
        guard let start = bot.dayStartEquity, start.isPositive, let equity else { return nil }
        return max(start - equity, .zero).share(of: start)
    }
}
