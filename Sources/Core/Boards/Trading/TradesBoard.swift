/// Closed trades with the names of their bots, newest first.

import Store

/// One closed trade. **Source** <doc:ProductRules#Trades>.
public struct TradeRow: PageRow {
    public var trade: Trade
    public var botLabel: String
    public var exchange: String
    public var environment: TradingEnvironment
    public var grid: SymbolGrid?

    public init(
        trade: Trade, botLabel: String, exchange: String, environment: TradingEnvironment
    ) {
        self.trade = trade
        self.botLabel = botLabel
        self.exchange = exchange
        self.environment = environment
    }

    public var id: ID<Trade> { trade.id }
    public var held: Span { trade.closedAt - trade.openedAt }
}

/// Newest first.
public typealias TradesBoard = Page<TradeRow>

extension TradesBoard {
    /// Won and lost of the rows shown, apart by environment, live first.
    public var records: [(environment: TradingEnvironment, record: TradeRecord)] {
        EnvironmentOrder.all.compactMap { environment in
            let own = rows.filter { $0.environment == environment }.map(\.trade)
            return own.isEmpty ? nil : (environment, TradeRecord(of: own))
        }
    }

    /// - Parameter span: by the time at which a trade was closed.
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, _ span: PageSpan<Trade>
    ) throws(StoreError) -> TradesBoard {
        let names = try BotNames.load(db)
        let grids = try db.grids()
        return try span.page(now: names.now, id: \.id, at: \.closedAt) {
            last, count throws(StoreError) in
            try db.trades(of: bot, before: last, since: span.since, limit: count)
        } _: { trade in
            let key = names.key(of: trade.botID)
            var row = TradeRow(
                trade: trade, botLabel: names.label(of: trade.botID),
                exchange: key?.exchange ?? "", environment: key?.environment ?? .paper)
            row.grid = grids[InstrumentID(trade.symbol, on: key?.venue ?? .simulated)]
            return row
        }
    }
}
