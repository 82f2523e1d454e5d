/// Whether the file is whole and its ledgers add up: what `plutarc check` asks of the store.

extension Database {
    /// Everything that is wrong, in words; empty when all is well. **Order** file, then schema,
    /// then ledgers. The hashes of the audit chain are verified elsewhere.
    public func check() throws(StoreError) -> [String] {
        let damage = try quickCheck().map { "the file is damaged: \($0)" }
        do throws(StoreError) {
            return try read { db throws(StoreError) in
                try damage + db.orphanProblems() + db.schemaProblems() + db.ledgerProblems()
            }
        } catch {
            // A file this broken cannot be read further; what was found is told.
            guard case .damaged(let what) = error, !damage.isEmpty else { throw error }
            return damage + ["the ledgers cannot be read: \(what)"]
        }
    }
}

extension Reading {
    fileprivate func orphanProblems() throws(StoreError) -> [String] {
        var problems: [String] = []
        try each(Laws.orphans) { row throws(StoreError) in
            let (table, parent, count) = (row.takeText(), row.takeText(), row.takeInteger())
            problems.append("\(table): \(count) rows name a row of \(parent) that is not there")
        }
        return problems
    }

    /// Tables, triggers and indexes that this program's schema has and the file does not, and
    /// those that stand there otherwise.
    fileprivate func schemaProblems() throws(StoreError) -> [String] {
        let expected = try Database.memory().read { db throws(StoreError) in
            try db.schemaObjects()
        }
        let found = try schemaObjects()
        var problems: [String] = []
        for (name, sql) in expected.sorted(by: { $0.key < $1.key }) {
            if let other = found[name] {
                if other != sql { problems.append("schema: \(name) was changed by other hands") }
            } else {
                problems.append("schema: \(name) is missing")
            }
        }
        for name in found.keys.sorted() where expected[name] == nil {
            problems.append("schema: \(name) was added by other hands")
        }
        return problems
    }

    private func schemaObjects() throws(StoreError) -> [String: String] {
        var objects: [String: String] = [:]
        try each(Laws.objects) { row throws(StoreError) in
            let name = row.takeText()
            objects[name] = row.takeText()
        }
        return objects
    }

    fileprivate func ledgerProblems() throws(StoreError) -> [String] {
        var problems: [String] = []
        for law in Laws.ledgers {
            try each(law) { row throws(StoreError) in problems.append(row.takeText()) }
        }
        return problems
    }
}

/// Each ledger query returns one sentence for each row that breaks its law.
private enum Laws {
    static let orphans = Query(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check",
        "GROUP BY 1, 2 ORDER BY 1, 2")
    static let objects = Query(
        "SELECT type || ' ' || name, sql FROM sqlite_master",
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")

    static let ledgers = [
        wallets, openPositions, closedPositions, tradesMissing, nets, orderFills, auditGaps,
        auditLinks, auditEnd, balance,
    ]

    private static let wallets = Query(
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

    private static let auditLinks = Query(
        "SELECT printf('audit-%d: does not name the hash of the row before', id) FROM",
        "(SELECT id, previous_hash,",
        "lag(hash, 1, printf('%064d', 0)) OVER (ORDER BY id) AS before FROM audit)",
        "WHERE previous_hash <> before ORDER BY id")

    private static let balance = Query(
        "SELECT printf('billing: the balance is not the sum of the ledger') FROM billing_account",
        "WHERE balance <> (SELECT coalesce(sum(amount), 0) FROM ledger)")

    private static let auditEnd = Query(
        "SELECT printf('audit: ends at %d, its head says %d', last, sequence) FROM audit_head,",
        "(SELECT coalesce(max(id), 0) AS last FROM audit) WHERE last <> sequence")
}
