/// The figures of a fleet in one environment and currency: neither are ever summed together.

import Store

/// Sums over all bots whose keys trade in one environment and settle in one currency.
/// **Source** <doc:ProductRules#Figures>.
public struct FleetFigures: Sendable, Equatable, Codable {
    public var environment: TradingEnvironment
    public var currency: Currency
    /// Others are shown beside it, or it is not the usual one.
    public var namesCurrency = false
    public var bots: Int
    public var equity: Money
    /// Net of fees and funding, of trades closed since midnight UTC.
    public var realisedToday: Money
    /// Sum of ``BotRow/pnlToday``.
    public var pnlToday: Money
    public var unrealised: Money
    public var openPositions: Int
    /// Sum of the notionals of longs, at mark.
    public var longNotional: Money
    public var shortNotional: Money
    /// Of the trades closed within its ``TradeRecord/period``.
    public var record: TradeRecord
    /// At least one open position has no mark: unrealised and notionals leave it out.
    public var isIncomplete: Bool

    public var grossNotional: Money { longNotional + shortNotional }
    public var netNotional: Money { longNotional - shortNotional }

    /// `LIVE`; where its currency has to be named, `LIVE BTC`.
    public var title: String {
        namesCurrency ? "\(environment.badge) \(currency)" : environment.badge
    }

    public init(environment: TradingEnvironment, currency: Currency = .usdt) {
        self.environment = environment
        self.currency = currency
        bots = 0
        equity = .zero
        realisedToday = .zero
        pnlToday = .zero
        unrealised = .zero
        openPositions = 0
        longNotional = .zero
        shortNotional = .zero
        record = TradeRecord()
        isIncomplete = false
    }

    mutating func add(_ row: BotRow, _ record: TradeRecord) {
        self.record = self.record + record
        // What it has earned in a currency of before is no equity of this one.
        guard row.currency == currency else { return }
        bots += 1
        equity += row.equity ?? .zero
        realisedToday += row.realisedToday ?? .zero
        pnlToday += row.pnlToday ?? .zero
    }

    /// One more open position; without a mark it is counted and not summed.
    public mutating func add(_ position: PositionRow) {
        openPositions += 1
        guard let unrealised = position.unrealised, let notional = position.notional else {
            isIncomplete = true
            return
        }
        self.unrealised += unrealised
        switch position.position.side {
        case .long: longNotional += notional
        case .short: shortNotional += notional
        }
    }
}

extension [FleetFigures] {
    /// Names currencies in each environment where that is needed.
    func named() -> [FleetFigures] {
        map { one in
            var figures = one
            figures.namesCurrency = contains {
                $0.environment == one.environment && $0.currency != .usdt
            }
            return figures
        }
    }
}

/// Won and lost trades and their sums. **Source** <doc:ProductRules#Figures>.
public struct TradeRecord: Sendable, Equatable, Codable {
    public var trades: Int
    /// Net profit above zero.
    public var wins: Int
    /// Sum of the net profits of the trades that won.
    public var grossProfit: Money
    /// Sum of the net losses of the others, as a positive number.
    public var grossLoss: Money

    /// How far back a record goes, and a report where nothing else is said.
    public static let period = Span.days(30)
    /// As people are told: `30 days`.
    public static let periodWords = "\(period.milliseconds / 86_400_000) days"

    public init(
        trades: Int = 0, wins: Int = 0, grossProfit: Money = .zero, grossLoss: Money = .zero
    ) {
        self.trades = trades
        self.wins = wins
        self.grossProfit = grossProfit
        self.grossLoss = grossLoss
    }

    public init(of trades: some Sequence<Trade>) {
        self.init()
        for trade in trades {
            self.trades += 1
            if trade.net.isPositive {
                wins += 1
                grossProfit += trade.net
            } else {
                grossLoss -= trade.net
            }
        }
    }

    public var net: Money { grossProfit - grossLoss }

    /// Share of the trades that won; nil without trades.
    public var winRate: Rate? { .share(wins, of: trades) }

    /// Gross profit over gross loss; nil while nothing was lost, or beyond what a rate can hold.
    public var profitFactor: Rate? { .factor(grossProfit, over: grossLoss) }

    public static func + (left: TradeRecord, right: TradeRecord) -> TradeRecord {
        TradeRecord(
            trades: left.trades + right.trades, wins: left.wins + right.wins,
            grossProfit: left.grossProfit + right.grossProfit,
            grossLoss: left.grossLoss + right.grossLoss)
    }
}
