/// By what positions are sorted and found.
import Core
import Store

enum PositionOrder: String, RowOrder {
    case profit, bot, symbol, side, notional, leverage, age

    var title: String {
        switch self {
        case .profit: "uPnL"
        case .bot: "bot"
        case .symbol: "symbol"
        case .side: "side"
        case .notional: "notional"
        case .leverage: "leverage"
        case .age: "age"
        }
    }

    var beginsDescending: Bool { self == .notional || self == .age }

    /// Ties are broken by id, so that rows never jump about.
    func sorted(
        _ rows: [PositionRow], isDescending: Bool, _ around: Surroundings
    ) -> [PositionRow] {
        rows.sorted { left, right in
            let order = compare(left, right)
            if order != 0 { return isDescending ? order > 0 : order < 0 }
            return left.id < right.id
        }
    }

    private func compare(_ left: PositionRow, _ right: PositionRow) -> Int {
        switch self {
        case .profit: Self.compare(left.unrealised?.raw ?? 0, right.unrealised?.raw ?? 0)
        case .bot: Self.compare(left.botLabel, right.botLabel)
        case .symbol: Self.compare(left.position.symbol, right.position.symbol)
        case .side: Self.compare(left.position.side.rawValue, right.position.side.rawValue)
        case .notional: Self.compare(left.notional?.raw ?? 0, right.notional?.raw ?? 0)
        case .leverage: Self.compare(left.position.leverage, right.position.leverage)
        // The older, the greater.
        case .age: Self.compare(right.position.openedAt, left.position.openedAt)
        }
    }
}
