/// Reading and saving the balance and the ledger behind it.

extension BillingAccount: Stored {
    static let table = RecordTable("billing_account", of: BillingAccount.self)

    init(_ row: inout some ColumnVisitor<BillingAccount>) throws(StoreError) {
        _ = try row("id", .key) { _ in 1 }
        balance = try row("balance") { $0.balance }
        alarm = try row("alarm") { $0.alarm }
    }
}

extension LedgerEntry: Stored {
    static let table = RecordTable("ledger", of: LedgerEntry.self)

    init(_ row: inout some ColumnVisitor<LedgerEntry>) throws(StoreError) {
        id = try row.numbered("id") { $0.id }
        at = try row("at") { $0.at }
        kind = try row("kind") { $0.kind }
        amount = try row("amount") { $0.amount }
        botID = try row("bot_id") { $0.botID }
        seconds = try row("seconds") { $0.seconds }
        detail = try row("detail") { $0.detail }
    }
}

private enum Queries {
    static let account = BillingAccount.table.select("WHERE id = 1")
    static let since = LedgerEntry.table.select("WHERE at >= ?1 ORDER BY id DESC LIMIT ?2")
    static let usage = Query(
        """
        SELECT bot_id, -sum(amount), sum(seconds) FROM ledger
        WHERE kind = 'usage' AND at >= ?1 GROUP BY bot_id ORDER BY bot_id
        """)
    static let sum = Query("SELECT coalesce(sum(amount), 0) FROM ledger")
}

extension Reading {
    /// Nil for a home that is not charged.
    public func billingAccount() throws(StoreError) -> BillingAccount? {
        try first(Queries.account)
    }

    /// **Order** newest first.
    public func ledger(since: Instant, limit: Int) throws(StoreError) -> [LedgerEntry] {
        try all(Queries.since) { row in
            row.put(since)
            row.put(limit)
        }
    }

    /// What each bot has used since an instant, as booked; bots without usage are absent.
    public func usage(
        since: Instant
    ) throws(StoreError) -> [ID<Bot>: (amount: Money, seconds: Int64)] {
        var sums: [ID<Bot>: (amount: Money, seconds: Int64)] = [:]
        try each(Queries.usage, { $0.put(since) }) { row throws(StoreError) in
            let bot: ID<Bot> = try row.value()
            sums[bot] = (try row.value(), try row.value())
        }
        return sums
    }

    /// What all rows of the ledger add up to.
    public func ledgerSum() throws(StoreError) -> Money { try value(Queries.sum) ?? .zero }
}

extension Writing {
    public func save(_ account: BillingAccount) throws(StoreError) { try put(account) }

    /// Adds a row; rows are never changed.
    @discardableResult
    public func insert(_ entry: LedgerEntry) throws(StoreError) -> ID<LedgerEntry> {
        ID(try add(entry))
    }
}
