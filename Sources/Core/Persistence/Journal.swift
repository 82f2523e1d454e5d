/// What the world wants remembered since the last commit.
import Store

/// Rows to write in one transaction: changed entities once, as they are now; new facts in order.
public struct Journal {
    /// What is kept; a replay has no backend and keeps only its results.
    public struct Scope: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Bots, positions, accounts, marks, decisions: the state to resume from.
        public static let state = Scope(rawValue: 1)
        public static let orders = Scope(rawValue: 2)
        public static let trades = Scope(rawValue: 4)
        public static let activity = Scope(rawValue: 8)
        public static let equity = Scope(rawValue: 16)
        public static let candles = Scope(rawValue: 32)
        /// A record of every decision, for `why`.
        public static let decisions = Scope(rawValue: 64)
        public static let everything = Scope(rawValue: 127)
        /// The same records as ``DecisionRuns``, in memory: a replay has no store for them.
        public static let decisionRuns = Scope(rawValue: 128)
        /// Records of decisions, in either place.
        static let anyDecisions = Scope(rawValue: 64 | 128)
        public static let replay: Scope = [.orders, .trades, .equity, .decisionRuns]
    }

    let scope: Scope
    var bots: Set<ID<Bot>> = []
    var positions: Set<ID<Position>> = []
    var closedPositions: Set<ID<Position>> = []
    var accounts: Set<ID<APIKey>> = []
    /// Bots whose instance changed.
    var instances: Set<ID<Bot>> = []
    /// Bots whose link or configuration changed.
    var links: Set<ID<Bot>> = []
    /// The newest update in cohorts has gone on.
    var hasRollout = false
    var deployments: [Deployment] = []
    var ledger: [LedgerEntry] = []
    /// The alarm changed, though no money moved.
    var hasBilling = false
    var marks: Set<Int> = []
    /// Bots and symbols whose last decision changed; its text is made when it is written.
    var decisions: Set<DecisionKey> = []
    var decisionLog = DecisionLog()
    /// Orders that are not over, as they are now; those that are over, as they ended.
    var openOrders: [ID<Order>: Order] = [:]
    var endedOrders: [Order] = []
    var fills: [Fill] = []
    var trades: [Trade] = []
    var activities: [Activity] = []
    var notices: [Notice] = []
    /// Kinds of alerts whose reason is gone.
    var endedNotices: [String] = []
    var equity: [EquityPoint] = []
    var candles: [(symbol: Int, candle: Candle)] = []
    var commands: [ID<CommandRecord>: CommandRecord] = [:]

    init(scope: Scope) { self.scope = scope }

    /// Room for what so many candles may bring, so that lists are not copied as they grow. Memory
    /// that nothing is written to costs nothing.
    mutating func reserve(candles: Int) {
        let trades = min(candles / 32, 1 << 16)
        endedOrders.reserveCapacity(2 * trades)
        fills.reserveCapacity(2 * trades)
        self.trades.reserveCapacity(trades)
        HugePages.ask(for: &endedOrders)
        HugePages.ask(for: &fills)
        HugePages.ask(for: &self.trades)
    }

    /// Nothing happened that must be written before it is shown.
    var isEmpty: Bool {
        bots.isEmpty && positions.isEmpty && closedPositions.isEmpty && accounts.isEmpty
            && marks.isEmpty && decisions.isEmpty && decisionLog.entries.isEmpty
            && openOrders.isEmpty && endedOrders.isEmpty && fills.isEmpty && trades.isEmpty
            && activities.isEmpty && notices.isEmpty && endedNotices.isEmpty && equity.isEmpty
            && candles.isEmpty && commands.isEmpty && instances.isEmpty && links.isEmpty
            && !hasRollout
            && deployments.isEmpty && ledger.isEmpty && !hasBilling
    }

    /// Somebody goes on from here: a replay only counts what came of it.
    @inline(__always) var keepsState: Bool { scope.contains(.state) }

    mutating func add(_ activity: Activity) {
        if scope.contains(.activity) { activities.append(activity) }
    }

    mutating func note(_ order: consuming Order) {
        guard scope.contains(.orders) else { return }
        guard order.status.isOpen else {
            if !openOrders.isEmpty { openOrders.removeValue(forKey: order.id) }
            return endedOrders.append(order)
        }
        if keepsState { openOrders[order.id] = order }
    }

    /// Every order that changed, in the order of the ids.
    var orders: [Order] { (endedOrders + openOrders.values).sorted { $0.id < $1.id } }

    @inline(__always) mutating func touch(bot: ID<Bot>) {
        if scope.contains(.state) { bots.insert(bot) }
    }

    mutating func touch(instance bot: ID<Bot>) {
        if scope.contains(.state) { instances.insert(bot) }
    }

    mutating func touch(link bot: ID<Bot>) {
        if scope.contains(.state) { links.insert(bot) }
    }

    @inline(__always) mutating func touch(position: ID<Position>) {
        if scope.contains(.state) { positions.insert(position) }
    }

    @inline(__always) mutating func touch(account: ID<APIKey>) {
        if scope.contains(.state) { accounts.insert(account) }
    }
}

/// A bot and one of its symbols.
struct DecisionKey: Hashable, Comparable {
    let bot: ID<Bot>
    let symbol: Int
    static func < (left: Self, right: Self) -> Bool {
        left.bot == right.bot ? left.symbol < right.symbol : left.bot < right.bot
    }
}
