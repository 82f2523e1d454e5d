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
    ///   ``Refusal/outOfRange(name:value:range:)``.
    public func parse(_ text: String) throws(Refusal) -> RiskLimitValue {
        let value = try read(text)
        guard let range, !Self.contains(range, value) else { return value }
        throw .outOfRange(name: rawValue, value: text, range: rangeText)
    }

    private func read(_ text: String) throws(Refusal) -> RiskLimitValue {
        switch standard {
        case .flag:
            guard text == "true" || text == "false" else { throw bad(text, "true or false") }
            return .flag(text == "true")
        case .count:
            guard let value = Int(text), text.first != "+" else {
                throw bad(text, "a whole number without a plus sign, as 3")
            }
            return .count(value)
        case .percent:
            let expected = "a number in percent with at most 6 decimals, as 2.5"
            guard let typed = try? Rate.parse(text), typed.raw % 100 == 0, text.first != "+" else {
                throw bad(text, expected)
            }
            return .percent(Rate(raw: typed.raw / 100))
        }
    }

    private func bad(_ text: String, _ expected: String) -> Refusal {
        .badValue(name: rawValue, value: text, expected: expected)
    }

    private static func contains(
        _ range: (least: RiskLimitValue, most: RiskLimitValue), _ value: RiskLimitValue
    ) -> Bool {
        switch (range.least, range.most, value) {
        case (.count(let least), .count(let most), .count(let value)):
            (least...most).contains(value)
        case (.percent(let least), .percent(let most), .percent(let value)):
            (least...most).contains(value)
        default: false
        }
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
