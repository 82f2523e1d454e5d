/// By what positions are sorted and found.
import Core
import Store

enum PositionOrder: String, CaseIterable, Sendable {
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

    /// Ties are broken by id, so that rows never jump about.
    func sorted(_ rows: [PositionRow], isDescending: Bool) -> [PositionRow] {
        rows.sorted { left, right in
            let order = compare(left, right)
            if order != 0 { return isDescending ? order > 0 : order < 0 }
            return left.id < right.id
        }
    }

    private func compare(_ left: PositionRow, _ right: PositionRow) -> Int {
        switch self {
        case .profit: Self.order(left.unrealised?.raw ?? 0, right.unrealised?.raw ?? 0)
        case .bot: Self.order(left.botLabel, right.botLabel)
        case .symbol: Self.order(left.position.symbol, right.position.symbol)
        case .side: Self.order(left.position.side.rawValue, right.position.side.rawValue)
        case .notional: Self.order(left.notional?.raw ?? 0, right.notional?.raw ?? 0)
        case .leverage: Self.order(left.position.leverage, right.position.leverage)
        // The older, the greater.
        case .age: Self.order(right.position.openedAt, left.position.openedAt)
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}
