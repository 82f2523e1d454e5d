/// Closed trades with the names of their bots, newest first.

import Store

/// One closed trade. **Source** <doc:ProductRules#Trades>.
public struct TradeRow: Sendable, Equatable {
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

    public var held: Span { trade.closedAt - trade.openedAt }
}

public struct TradesBoard: Sendable, Equatable {
    public var now: Instant
    /// Newest first.
    public var rows: [TradeRow]

    /// Won and lost of the rows shown, apart by environment, live first.
    public var records: [(environment: TradingEnvironment, record: TradeRecord)] {
        EnvironmentOrder.all.compactMap { environment in
            let own = rows.filter { $0.environment == environment }.map(\.trade)
            return own.isEmpty ? nil : (environment, TradeRecord(of: own))
        }
    }

    /// - Parameters:
    ///   - bot: only this bot's trades.
    ///   - since: closed at or after this time.
    ///   - limit: at most so many.
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil, since: Instant? = nil, limit: Int = 100
    ) throws(StoreError) -> TradesBoard {
        let names = try BotNames.load(db)
        let grids = try db.grids()
        let rows = try db.trades(of: bot, since: since, limit: limit).map { trade in
            var row = TradeRow(
                trade: trade, botLabel: names.label(of: trade.botID),
                exchange: names.key(of: trade.botID)?.exchange ?? "",
                environment: names.key(of: trade.botID)?.environment ?? .paper)
            row.grid = grids[trade.symbol]
            return row
        }
        return TradesBoard(now: names.now, rows: rows)
    }
}
