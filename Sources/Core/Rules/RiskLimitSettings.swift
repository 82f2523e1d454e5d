/// Risk limits read by name and set from text, all of the values or none.

import Store

extension RiskLimitName {
    /// The value that `limits` gives this name.
    public func value(in limits: RiskLimits) -> RiskLimitValue {
        switch self {
        case .maxPositionsPerAsset: .count(limits.maxPositionsPerAsset)
        case .maxPositionsTotal: .count(limits.maxPositionsTotal)
        case .maxLossPerTrade: .percent(limits.maxLossPerTrade)
        case .dailyLoss: .percent(limits.dailyLoss)
        case .dailyLossFlatten: .flag(limits.dailyLossFlattens)
        case .consecutiveLosses: .count(limits.consecutiveLosses)
        case .consecutiveLossCooldown: .count(limits.consecutiveLossCooldownMinutes)
        case .maxLeverage: .count(limits.maxLeverage)
        case .maxSlippage: .percent(limits.maxSlippage)
        case .apiErrors: .count(limits.apiErrors)
        }
    }

    /// `1 to 20`, `0.1 to 50 %`, `true or false`.
    public var rangeText: String {
        guard let range else { return "true or false" }
        let isPercent = if case .percent = range.least { true } else { false }
        return "\(range.least.text) to \(range.most.text)" + (isPercent ? " %" : "")
    }

    /// Reads a value as it is typed; percent limits in percent.
    /// - Throws: ``Refusal/badValue(name:value:expected:)``,
    ///   ``Refusal/badNumber(name:_:range:)``.
    public func parse(_ text: String) throws(Refusal) -> RiskLimitValue {
        do throws(NumberError) {
            switch (range?.least, range?.most) {
            case (.count(let least)?, .count(let most)?):
                return .count(try WholeNumber.parse(text, in: least...most))
            case (.percent(let least)?, .percent(let most)?):
                return .percent(try Self.percent(text, in: least...most))
            default: break
            }
        } catch { throw .badNumber(name: rawValue, error, range: rangeText) }
        guard text == "true" || text == "false" else {
            throw .badValue(name: rawValue, value: text, expected: "true or false")
        }
        return .flag(text == "true")
    }

    private static func percent(
        _ text: String, in range: ClosedRange<Rate>
    ) throws(NumberError) -> Rate {
        let typed = try Rate.parse(unsigned: text, orZero: range.lowerBound.isZero)
        guard typed.raw % 100 == 0 else { throw .tooManyDecimals(text, allowed: 6) }
        let value = Rate(raw: typed.raw / 100)
        if value > range.upperBound { throw .outOfRange(text) }
        if value < range.lowerBound { throw .tooSmall(text) }
        return value
    }
}

extension RiskLimits {
    /// These limits with some set from text, in the order given.
    /// - Throws: ``Refusal`` for the first unknown name or unlawful value; nothing half-applied.
    public func setting(_ settings: [LimitSetting]) throws(Refusal) -> RiskLimits {
        var limits = self
        for setting in settings {
            guard let name = RiskLimitName(rawValue: setting.name) else {
                throw .unknownLimit(
                    setting.name, known: RiskLimitName.allCases.map(\.rawValue))
            }
            limits.put(try name.parse(setting.value), name)
        }
        return limits
    }

    private mutating func put(_ value: RiskLimitValue, _ name: RiskLimitName) {
        switch (name, value) {
        case (.maxPositionsPerAsset, .count(let count)): maxPositionsPerAsset = count
        case (.maxPositionsTotal, .count(let count)): maxPositionsTotal = count
        case (.maxLossPerTrade, .percent(let rate)): maxLossPerTrade = rate
        case (.dailyLoss, .percent(let rate)): dailyLoss = rate
        case (.dailyLossFlatten, .flag(let flag)): dailyLossFlattens = flag
        case (.consecutiveLosses, .count(let count)): consecutiveLosses = count
        case (.consecutiveLossCooldown, .count(let count)):
            consecutiveLossCooldownMinutes = count
        case (.maxLeverage, .count(let count)): maxLeverage = count
        case (.maxSlippage, .percent(let rate)): maxSlippage = rate
        case (.apiErrors, .count(let count)): apiErrors = count
        default: preconditionFailure("\(name.rawValue) was parsed as another kind of value")
        }
    }
}

extension RiskLimits {
    /// What differs in other limits, as `max_leverage=5` before and `max_leverage=3` after.
    func differences(to other: RiskLimits) -> (before: String, after: String) {
        let changed = RiskLimitName.allCases.filter { $0.value(in: self) != $0.value(in: other) }
        let words = { (limits: RiskLimits) in
            changed.map { "\($0.rawValue)=\($0.value(in: limits).text)" }.joined(separator: " ")
        }
        return (words(self), words(other))
    }
}
