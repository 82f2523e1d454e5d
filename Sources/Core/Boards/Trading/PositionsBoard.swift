/// Every open position with its mark, its bot and what would close it.

import Store

/// One open position. **Source** <doc:ProductRules#Positions>.
public struct PositionRow: Sendable, Equatable, Codable {
    public var position: Position
    public var botLabel: String
    public var exchange: String
    public var environment: TradingEnvironment
    /// The last price of the symbol, with its age.
    public var mark: Mark?
    /// Names of the exit rules that watch it now: armed, and run by its bot.
    public var exitRules: [String]
    /// Its bot has exit rules and runs them, as far as is known.
    public var isWatched = true
    /// What its figures are asked of.
    public var contract: Contract
    /// What they are counted in.
    public var currency = Currency.usdt
    /// Decimals of its prices and sizes; nil where its market is not known.
    public var grid: SymbolGrid?

    public init(
        position: Position, botLabel: String, exchange: String, environment: TradingEnvironment,
        mark: Mark?, exitRules: [String] = [], contract: Contract = .plain
    ) {
        self.position = position
        self.botLabel = botLabel
        self.exchange = exchange
        self.environment = environment
        self.mark = mark
        self.exitRules = exitRules
        self.contract = contract
    }

    public var id: ID<Position> { position.id }
    /// `Hard Stop Loss, Time Stop`, `none armed`, or `unwatched` where nobody runs them.
    public var exitWords: String {
        guard isWatched else { return ExitStates.unwatched }
        return exitRules.isEmpty ? "none armed" : exitRules.joined(separator: ", ")
    }
    /// Profit of the open part at the mark, before fees; nil without a mark.
    public var unrealised: Money? { mark.map { position.unrealised(at: $0.price, on: contract) } }
    public var notional: Money? { mark.map { position.notional(at: $0.price, on: contract) } }
    public func age(now: Instant) -> Span { now - position.openedAt }
    /// To be shown as stale.
    public func isStale(now: Instant) -> Bool {
        mark.map { now - $0.at > Deadlines.mark } ?? true
    }
}

/// Open positions of all bots, or of one.
public struct PositionsBoard: Sendable, Equatable, Codable {
    /// World time at which it was read.
    public var now: Instant
    /// By bot label, then id.
    public var rows: [PositionRow]
    /// One an environment and currency that has positions, live first: those are summed apart.
    public var figures: [FleetFigures]

    init(now: Instant, rows: [PositionRow]) {
        self.now = now
        self.rows = rows.sorted { ($0.botLabel, $0.id) < ($1.botLabel, $1.id) }
        self.figures = EnvironmentOrder.all.flatMap { environment -> [FleetFigures] in
            let own = rows.filter { $0.environment == environment }
            return Set(own.map(\.currency)).sorted().map { currency in
                let own = own.filter { $0.currency == currency }
                var figures = FleetFigures(environment: environment, currency: currency)
                for row in own { figures.add(row) }
                figures.bots = Set(own.map(\.position.botID)).count
                return figures
            }
        }.named()
    }

    /// - Parameter bot: only this bot's positions.
    static func load(
        _ db: Reading, bot: ID<Bot>? = nil
    ) throws(StoreError) -> PositionsBoard {
        let facts = try FleetFacts.load(db)
        return PositionsBoard(now: facts.now, rows: try facts.watchedRows(db, of: bot))
    }
}

/// Environments by what is at stake.
enum EnvironmentOrder {
    static let all: [TradingEnvironment] = [.live, .testnet, .paper]
}
