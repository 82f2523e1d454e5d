/// The risk limits that an entry meets, all of them asked at once for the decision record.

import Store

/// In the order in which the risk gate asks them. The raw value is the name people see.
/// **Source** <doc:ProductRules#Risk-limits>.
public enum EntryLimit: String, Sendable, CaseIterable {
    case maxPositionsPerAsset = "max_positions_per_asset"
    case maxPositionsTotal = "max_positions_total"
    /// The exchange nets a symbol: two sides at once would end each other.
    case oppositePosition = "opposite_position"
    case maxLeverage = "max_leverage"
    /// The equity does not buy one lot, or risk sizing finds no stop.
    case size
    /// The order is worth less than its exchange takes.
    case minimumNotional = "min_notional"
    case maxSlippage = "max_slippage_pct"

    /// It keeps a bot at work from more of the same; the others tell of a bot set up wrongly, or of
    /// a bad market.
    public var isOrdinary: Bool {
        switch self {
        case .maxPositionsPerAsset, .maxPositionsTotal, .oppositePosition: true
        case .maxLeverage, .size, .minimumNotional, .maxSlippage: false
        }
    }

    /// What it means, for people.
    public var title: String {
        switch self {
        case .maxPositionsPerAsset: "positions on this asset"
        case .maxPositionsTotal: "positions in all"
        case .oppositePosition: "opposite position"
        case .maxLeverage: "leverage"
        case .size: "size of the order"
        case .minimumNotional: "value of the order"
        case .maxSlippage: "expected slippage"
        }
    }
}

/// Several of them as bits; the places are on disk and never change.
struct EntryLimits: OptionSet, Sendable, Equatable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ limit: EntryLimit) {
        switch limit {
        case .maxPositionsPerAsset: rawValue = 1
        case .maxPositionsTotal: rawValue = 2
        case .maxLeverage: rawValue = 4
        case .size: rawValue = 8
        case .maxSlippage: rawValue = 16
        case .oppositePosition: rawValue = 32
        case .minimumNotional: rawValue = 64
        }
    }

    var all: [EntryLimit] { EntryLimit.allCases.filter { contains(EntryLimits($0)) } }
}
