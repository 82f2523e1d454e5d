/// A running bot: its record, limits, strategies and what it holds.
import Store

/// The state of one bot between events. It performs nothing; the world acts for it.
final class BotMachine {
    var record: Bot
    var limits: RiskLimits
    /// Its template, built once for each symbol of its key; empty while unarmed.
    var traded: [TradedSymbol] = []
    /// Open positions, oldest first.
    var held: [BookedPosition] = [] {
        didSet { single = held.count == 1 ? .passUnretained(held[0]) : nil }
    }
    /// The open position where there is only one, without counting references to it: every price
    /// asks for it.
    private(set) var single: Unmanaged<BookedPosition>?
    /// Orders whose end is not known yet, oldest first.
    var orders: [Order] = []
    /// What its entries on the way knew when they were decided, until they fill; oldest first.
    var entryContexts: [(order: ID<Order>, context: EntryContext)] = []
    var template: Template?
    /// Set on the bot; nil: its template's are in force.
    var ownSessions: [SessionWindow]?
    /// When the cause of its pause came, as long as this process has known it.
    var pausedAt: Instant?
    /// Where its key trades, or its last key did: what its symbols are names on.
    var venue = VenueName.simulated
    /// Symbols of its key, by index, in the order of the markets.
    var instruments: [Int] = []
    /// Where the account of its key stands at the exchange, once somebody has asked.
    var account: (key: ID<APIKey>, index: Int)?
    var apiErrors = ErrorWindow()
    /// Entries that the exchange refused or cancelled, by the reason in a word.
    var refusals: [String: Int] = [:]
    /// Of the account's equity since it was last written down; nil before it was seen.
    var drawdown: Drawdown?
    /// What stands behind it at its provider.
    var instance: Instance
    /// How it hears of its configuration.
    var link: BotLink
    /// A phase is under way in which no process of it runs.
    var isDown = false
    /// The last exchange answer showed the same positions as its own book.
    var isReconciled = true
    /// Engines have died at work on it: nothing looks at it until somebody restarts it.
    var isSetAside = false
    /// The engine before this one is among those: what was asked of the bot then may be why.
    var isSuspect = false
    /// What of its own rows cannot be read: it stays in Error until a person has put it right.
    var flaws = BotFlaws()
    /// What it starts from when it is taken back: closed candles, and when it last closed.
    var recalled: (past: Past, exits: [String: Instant])?
    /// They differ, and that was told once.
    var differenceIsTold = false

    init(record: Bot, limits: RiskLimits) {
        self.record = record
        self.limits = limits
        self.instance = Instance(botID: record.id)
        self.link = BotLink(botID: record.id)
    }

    var id: ID<Bot> { record.id }

    /// Whether its exit rules run now. **Source** <doc:ProductRules#Bot-states>.
    var runsExitRules: Bool { (isRunning || record.phase == .windingDown) && !isDown }

    /// Online, or out of the backend's sight and running on what it heard last.
    /// **Source** <doc:ProductRules#Lost-links>.
    var isRunning: Bool { record.phase == .online || runsUnseen }

    private var runsUnseen: Bool { record.phase == .offline && (link.isCut || link.isReturning) }

    var isHolding: Bool { !held.isEmpty }

    /// Shows every open position in a symbol, oldest first. The body must not open or close any.
    @inline(__always)
    func forEachHeld(in symbol: Int, _ body: (BookedPosition) -> Void) {
        guard let single else {
            for position in held where position.symbol == symbol { body(position) }
            return
        }
        single._withUnsafeGuaranteedRef { if $0.symbol == symbol { body($0) } }
    }

    /// In force for entries, sleep and wake alike; empty: it runs around the clock.
    var sessions: [SessionWindow] { ownSessions ?? template?.sessions ?? [] }

    var positions: [Position] { held.map(\.position) }

    func traded(_ symbol: Int) -> TradedSymbol? { traded.first { $0.symbol == symbol } }

    func traded(named symbol: String) -> TradedSymbol? {
        traded.first { $0.instrument.symbol == symbol }
    }

    func openPositions(symbol: String) -> Int { held.count { $0.position.symbol == symbol } }

    /// Whether an order that closes it is on its way.
    func isClosing(_ id: ID<Position>) -> Bool { orders.contains { $0.positionID == id } }

    func heldIndex(_ id: ID<Position>) -> Int? { held.firstIndex { $0.position.id == id } }

    /// Takes the equity of its account at one of the prices that the world sees.
    @inline(__always)
    func see(_ equity: Money) {
        if drawdown == nil { drawdown = Drawdown(from: equity) }
        guard drawdown?.see(equity) == true else { return }
        single?._withUnsafeGuaranteedRef { $0.forgetNews() }
    }

    /// An entry is over, or has filled.
    func forgetEntry(_ id: ID<Order>) {
        if !entryContexts.isEmpty { entryContexts.removeAll { $0.order == id } }
    }

    /// Why this bot may not open anything now, in a word; nil when it may.
    var entryBlocker: String? { entryBlocker(without: []) }

    func entryBlocker(without off: Switches<Safeguard>) -> String? {
        if !isRunning { return record.phase.rawValue }
        if !flaws.isEmpty { return "unreadable" }
        if link.isReturning { return "configuration on its way" }
        if record.isPaused, !off.contains(.pause) { return "paused" }
        if let job = instance.job, !off.contains(.overlay) { return job.rawValue }
        if isDown { return "no process" }
        if !record.isArmed { return "unarmed" }
        return isReconciled || off.contains(.reconcileFirst) ? nil : "not reconciled"
    }
}

/// Errors of the exchange within ``RiskLimits/errorWindow``.
/// **Source** <doc:ProductRules#Exchange-errors>.
struct ErrorWindow {
    private var instants: [Instant] = []

    /// Adds one error and tells how many the window holds.
    mutating func add(at now: Instant) -> Int {
        instants.append(now)
        return count(at: now)
    }

    mutating func count(at now: Instant) -> Int {
        if let first = instants.first, !Self.holds(first, at: now) {
            instants.removeAll { !Self.holds($0, at: now) }
        }
        return instants.count
    }

    /// Whether an error of that instant still counts.
    static func holds(_ error: Instant, at now: Instant) -> Bool {
        now - error < RiskLimits.errorWindow
    }

    mutating func clear() { instants.removeAll() }
}
