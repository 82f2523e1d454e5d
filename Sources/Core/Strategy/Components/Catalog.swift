/// Every component that a template may use, by name.

import Store

/// In the order in which people see them: by category, exits last.
public enum Catalog {
    static let types: [any Component.Type] = [
        EMACross.self, MACDSignal.self, SupertrendSignal.self, ADXComponent.self,
        DonchianBreakout.self, HigherTimeframeTrend.self, RSIComponent.self,
        StochasticSignal.self, RateOfChangeSignal.self, BollingerReversion.self,
        ZScoreSignal.self, VWAPDeviation.self, ATRBreakout.self, KeltnerSqueeze.self,
        ATRGate.self, VolatilityRegime.self, VolumeSpike.self, OBVTrend.self, FundingRate.self,
        OpenInterestDivergence.self, OrderBookImbalance.self, SpreadCheck.self,
        DistanceGuard.self, MinimumMove.self, CooldownGuard.self,
        HardStopLoss.self, TakeProfit.self, TrailingStop.self, BreakEvenStop.self,
        ChandelierExit.self, ATRStop.self, VolatilityExit.self, TimeStop.self,
        SignalFlipExit.self,
    ]

    /// What each of them is.
    public static let components: [ComponentKind] = types.map { $0.kind }

    /// The component with a name or an alias, in any case of letters.
    public static func kind(named name: String) -> ComponentKind? {
        index(of: name).map { components[$0] }
    }

    /// The names for a role, as an error lists them.
    static func names(in role: ComponentRole) -> String {
        components.filter { $0.roles.contains(role) }.map(\.name).joined(separator: ", ")
    }

    /// - Throws: ``TemplateError``.
    static func make(_ setting: ComponentSetting) throws(TemplateError) -> any Component {
        guard let index = index(of: setting.kind.name) else {
            preconditionFailure("\(setting.kind.name) is not in the catalog")
        }
        return try types[index].init(setting)
    }

    private static func index(of name: String) -> Int? {
        indices[name] ?? indices[name.lowercased()]
    }

    /// Where each name and alias leads, as written and in small letters.
    private static let indices: [String: Int] = {
        var indices: [String: Int] = [:]
        for (index, kind) in components.enumerated() {
            for name in [kind.name] + kind.aliases {
                indices[name] = indices[name] ?? index
                indices[name.lowercased()] = indices[name.lowercased()] ?? index
            }
        }
        return indices
    }()
}
