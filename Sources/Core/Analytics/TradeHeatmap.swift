/// When trades were closed and what they brought: hour by weekday in UTC.

import Store

/// How many, and what they brought on average. **Source** <doc:ProductRules#Figures>.
public struct TradeHeatmap: Sendable, Equatable, Codable {
    public struct Cell: Sendable, Equatable, Codable {
        public var trades = 0
        public var net = Money.zero

        /// Nil without trades.
        public var mean: Money? { trades > 0 ? net.divided(by: Int64(trades)) : nil }
    }

    /// Seven days from Monday, 24 hours each.
    public private(set) var cells: [Cell]

    public init(_ trades: some Sequence<Trade>) {
        cells = Array(repeating: Cell(), count: 7 * 24)
        for trade in trades {
            let place = Self.place(trade.closedAt.weekday, Self.hour(of: trade.closedAt))
            cells[place].trades += 1
            cells[place].net += trade.net
        }
    }

    /// - Throws: for any other count of cells: each hour has one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        cells = try container.decode([Cell].self, forKey: .cells)
        guard cells.count == 7 * 24 else {
            throw DecodingError.dataCorruptedError(
                forKey: .cells, in: container, debugDescription: "one for each hour is needed")
        }
    }

    /// - Parameters:
    ///   - weekday: 0 for Monday ... 6 for Sunday.
    ///   - hour: 0 ... 23.
    public func cell(weekday: Int, hour: Int) -> Cell { cells[Self.place(weekday, hour)] }

    private static func place(_ weekday: Int, _ hour: Int) -> Int { weekday * 24 + hour }

    private static func hour(of instant: Instant) -> Int {
        Int(instant.inDay.milliseconds / 3_600_000)
    }
}
