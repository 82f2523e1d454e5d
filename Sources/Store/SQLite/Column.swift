/// How values and records stand in columns: whole numbers, real numbers or text.

/// A value that fills exactly one column.
protocol Column {
    /// For a record that is only asked for its columns.
    static var blank: Self { get }
    func bind(to statement: Statement)
    init(from statement: Statement) throws(StoreError)
}

extension Int64: Column {
    static var blank: Self { 0 }
    func bind(to statement: Statement) { statement.putInteger(self) }
    init(from statement: Statement) { self = statement.takeInteger() }
}

extension Int: Column {
    static var blank: Self { 0 }
    func bind(to statement: Statement) { statement.putInteger(Int64(self)) }
    init(from statement: Statement) { self = Int(statement.takeInteger()) }
}

extension Bool: Column {
    static var blank: Self { false }
    func bind(to statement: Statement) { statement.putInteger(self ? 1 : 0) }
    init(from statement: Statement) { self = statement.takeInteger() != 0 }
}

extension Double: Column {
    static var blank: Self { 0 }
    func bind(to statement: Statement) { statement.putReal(self) }
    init(from statement: Statement) { self = statement.takeReal() }
}

extension String: Column {
    static var blank: Self { "" }
    func bind(to statement: Statement) { statement.putText(self) }
    init(from statement: Statement) { self = statement.takeText() }
}

extension Optional: Column where Wrapped: Column {
    static var blank: Self { .none }
    func bind(to statement: Statement) {
        switch self {
        case .some(let value): value.bind(to: statement)
        case .none: statement.putNull()
        }
    }
    init(from statement: Statement) throws(StoreError) {
        if statement.nextIsNull {
            statement.skip()
            self = .none
        } else {
            self = .some(try Wrapped(from: statement))
        }
    }
}

extension ID: Column {
    static var blank: Self { Self(0) }
    func bind(to statement: Statement) { statement.putInteger(number) }
    init(from statement: Statement) { self.init(statement.takeInteger()) }
    /// For a record that has no number yet: null, so that the table gives the next.
    var orNext: Int64? { number == 0 ? nil : number }
}

extension Instant: Column {
    static var blank: Self { Self(milliseconds: 0) }
    func bind(to statement: Statement) { statement.putInteger(milliseconds) }
    init(from statement: Statement) { self.init(milliseconds: statement.takeInteger()) }
}

extension Column where Self: FixedPoint {
    static var blank: Self { Self(raw: 0) }
    func bind(to statement: Statement) { statement.putInteger(raw) }
    init(from statement: Statement) { self.init(raw: statement.takeInteger()) }
}
extension Price: Column {}
extension Quantity: Column {}
extension Money: Column {}
extension Rate: Column {}

extension Currency: Column {
    static var blank: Self { .usdt }
    func bind(to statement: Statement) { statement.putText(code) }
    init(from statement: Statement) throws(StoreError) {
        let text = statement.takeText()
        guard let currency = Currency(text) else {
            throw .damaged(what: "no currency in column \(statement.takenColumnName)")
        }
        self = currency
    }
}

extension CurrencySums: Column {
    static var blank: Self { Self() }
    func bind(to statement: Statement) { statement.putText(stored) }
    init(from statement: Statement) throws(StoreError) {
        guard let sums = CurrencySums(stored: statement.takeText()) else {
            throw .damaged(what: "no sums in column \(statement.takenColumnName)")
        }
        self = sums
    }
}

/// Words that the disk knows; an unknown one is refused, never guessed.
/// **Source** <doc:SafetyRules#Unknown-words>.
extension Column where Self: RawRepresentable<String> & CaseIterable {
    static var blank: Self { allCases[allCases.startIndex] }
    func bind(to statement: Statement) { statement.putText(rawValue) }
    init(from statement: Statement) throws(StoreError) {
        let word = statement.takeText()
        guard let value = Self(rawValue: word) else {
            throw .damaged(what: "a word in column \(statement.takenColumnName) is unknown")
        }
        self = value
    }
}
extension BotState: Column {}
extension PauseCause: Column {}
extension ComputeJob: Column {}
extension JobPhase: Column {}
extension RolloutStage: Column {}
extension RolloutResult: Column {}
extension LedgerKind: Column {}
extension ActivityKind: Column {}
extension Severity: Column {}
extension CommandOutcome: Column {}
extension Side: Column {}
extension OrderSide: Column {}
extension OrderKind: Column {}
extension OrderPurpose: Column {}
extension OrderStatus: Column {}
extension TradingEnvironment: Column {}
extension ContractType: Column {}
extension WorkspaceRole: Column {}
extension TicketCategory: Column {}
extension TicketPriority: Column {}
extension TicketStatus: Column {}
extension Template.Kind: Column {}
