/// The sums that must hold: wallets, positions, trades, orders, the audit's chain, the balance.

extension Reading {
    /// The sentences of the ledgers that do not add up.
    func ledgerProblems(
        _ extent: InspectionExtent, schema: Int
    ) throws(StoreError) -> [String] {
        var problems = try rangeProblems()
        var laws = extent == .whole ? LedgerLaws.all : LedgerLaws.quick
        laws.insert(schema >= 10 ? LedgerLaws.wallets : LedgerLaws.earlyWallets, at: 0)
        if extent == .whole, schema >= 3 { laws.append(LedgerLaws.balance) }
        for law in laws {
            try each(law) { row throws(StoreError) in problems.append(row.takeText()) }
        }
        return problems
    }
}

/// Each query returns one sentence for each row that breaks its law.
private enum LedgerLaws {
    static let all = [
        openPositions, closedPositions, tradesMissing, nets, orderFills, auditGaps, auditChain,
        auditEnd,
    ]
    /// Those that read few rows of a history.
    static let quick = [openPositions, auditEnd]

    static let wallets = Query(
        "SELECT printf('key-%d: wallet is not deposits + realised - fees - funding', key_id)",
        "FROM venue_accounts WHERE wallet <> deposits + realised - fees - funding + adjustments",
        "ORDER BY key_id, currency")
    /// Of files in which no exchange has moved anything besides.
    static let earlyWallets = Query(
        "SELECT printf('key-%d: wallet is not deposits + realised - fees - funding', key_id)",
        "FROM venue_accounts WHERE wallet <> deposits + realised - fees - funding",
        "ORDER BY key_id")

    private static let openPositions = Query(
        "SELECT printf('position-%d: quantity is not the sum of its fills', p.id)",
        "FROM positions AS p WHERE quantity <>",
        "(SELECT coalesce(sum(CASE WHEN (f.side = 'buy') = (p.side = 'long')",
        "THEN f.quantity ELSE -f.quantity END), 0) FROM fills AS f WHERE f.position_id = p.id)",
        "ORDER BY p.id")

    private static let closedPositions = Query(
        "SELECT printf('position-%d: closed, but its fills leave something open', position_id)",
        "FROM fills WHERE position_id NOT IN (SELECT id FROM positions) GROUP BY position_id",
        "HAVING sum(CASE side WHEN 'buy' THEN quantity ELSE -quantity END) <> 0",
        "ORDER BY position_id")

    private static let tradesMissing = Query(
        "SELECT DISTINCT printf('position-%d: closed without a trade', position_id)",
        "FROM fills WHERE position_id NOT IN (SELECT id FROM positions)",
        "AND position_id NOT IN (SELECT position_id FROM trades) ORDER BY position_id")

    private static let nets = Query(
        "SELECT printf('trade-%d: net is not gross - fees - funding', id)",
        "FROM trades WHERE net <> gross - fees - funding ORDER BY id")

    private static let orderFills = Query(
        "SELECT printf('order-%d: filled is not the sum of its fills', o.id)",
        "FROM orders AS o WHERE filled <>",
        "(SELECT coalesce(sum(quantity), 0) FROM fills WHERE order_id = o.id) ORDER BY o.id")

    private static let auditGaps = Query(
        "SELECT printf('audit-%d: rows before it are missing', id) FROM",
        "(SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM audit)",
        "WHERE id <> before + 1 ORDER BY id")

    private static let auditChain = Query(
        "SELECT printf('audit-%d: does not name the hash of the row before', id) FROM",
        "(SELECT id, previous_hash,",
        "lag(hash, 1, printf('%064d', 0)) OVER (ORDER BY id) AS before FROM audit)",
        "WHERE previous_hash <> before ORDER BY id")

    static let balance = Query(
        "SELECT printf('billing: the balance is not the sum of the ledger') FROM billing_account",
        "WHERE balance <> (SELECT coalesce(sum(amount), 0) FROM ledger)")

    private static let auditEnd = Query(
        "SELECT printf('audit: ends at %d, its head says %d', last, sequence) FROM audit_head,",
        "(SELECT coalesce(max(id), 0) AS last FROM audit) WHERE last <> sequence")
}
