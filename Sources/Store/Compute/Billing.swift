/// Prepaid money for compute: a balance, and the ledger that adds up to it.

/// What a row of the ledger is. **Source** <doc:ProductRules#Billing>.
public enum LedgerKind: String, Sendable, CaseIterable, Codable {
    case topUp = "top_up"
    case usage, refund
}

/// One row of the ledger; written once, never changed.
public struct LedgerEntry: Sendable, Equatable, Identified, Codable {
    public static let idPrefix = "ledger"
    /// 0 until it is written.
    public var id: ID<LedgerEntry>
    public var at: Instant
    public var kind: LedgerKind
    /// USD; negative for usage.
    public var amount: Money
    /// Whose usage; nil for payments.
    public var botID: ID<Bot>?
    /// Seconds of usage; 0 for payments.
    public var seconds: Int64
    public var detail: String

    public init(
        id: ID<LedgerEntry> = ID(0), at: Instant, kind: LedgerKind, amount: Money,
        botID: ID<Bot>? = nil, seconds: Int64 = 0, detail: String
    ) {
        self.id = id
        self.at = at
        self.kind = kind
        self.amount = amount
        self.botID = botID
        self.seconds = seconds
        self.detail = detail
    }
}

/// The workspace's own account; one row. A home without one is not charged.
public struct BillingAccount: Sendable, Equatable {
    /// USD; always the sum of the ledger.
    public var balance: Money
    /// Alarms given since the balance was last ample: 0 none, 1 at 24 h, 2 at 6 h, 3 at 1 h,
    /// 4 paused, 5 wound down.
    public var alarm: Int

    public init(balance: Money, alarm: Int = 0) {
        self.balance = balance
        self.alarm = alarm
    }
}
