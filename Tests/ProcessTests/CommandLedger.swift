/// What must hold of commands after any crash: nothing acknowledged is lost, nothing is doubled.

import Core
import Store

/// Compares what clients were told with what the home holds.
/// **Source** <doc:SafetyRules#One-command-for-one-key>.
struct CommandLedger {
    let home: TrialHome
    /// Rows up to these were there before.
    let firstCommand: Int
    let firstAudit: Int

    /// Notes what a home holds before the load begins.
    init(_ home: TrialHome) throws {
        self.home = home
        firstCommand = try home.count("SELECT coalesce(max(id), 0) FROM commands")
        firstAudit = try home.count("SELECT coalesce(max(id), 0) FROM audit")
    }

    /// For a home that held nothing before.
    init(ofNew home: TrialHome) {
        self.home = home
        (firstCommand, firstAudit) = (0, 0)
    }

    /// Everything that is wrong, in words; empty when all is well.
    func problems(_ sent: [String: Sent]) throws -> [String] {
        try broken(sent) + unfinished() + unaudited() + doubled() + limits() + drifted()
    }

    /// Acknowledged means there, under one id, with the outcome that was told.
    private func broken(_ sent: [String: Sent]) throws -> [String] {
        let rows = try home.rows(
            "SELECT idempotency_key, id, verb, outcome FROM commands ORDER BY id")
        // A request for several bots is several commands: `key`, then `key`, 0x1F and a number.
        let stored = Dictionary(grouping: rows) { row in
            String((row[0] ?? "").prefix { $0 != "\u{1F}" })
        }
        var problems: [String] = []
        for (key, one) in sent.sorted(by: { $0.key < $1.key }) {
            let found = stored[key] ?? []
            if one.ids.count > 1 { problems.append("\(key) has two ids: \(one.ids.sorted())") }
            guard one.isAcknowledged else { continue }
            guard found.count == one.parts, let row = found.first(where: { $0[0] == key }) else {
                problems.append("\(key) was acknowledged, and there are \(found.count) of it")
                continue
            }
            if let id = one.ids.first, row[1] != String(id) {
                problems.append("\(key) was acknowledged as \(id) and is \(row[1] ?? "")")
            }
            if row[2] != one.request.verb { problems.append("\(key) is another verb") }
            let outcomes = found.compactMap { $0[3] }
            let worst = outcomes.first { $0 != "done" } ?? "done"
            if let told = one.outcome?.rawValue, told != worst {
                problems.append("\(key): \(told) was told, \(outcomes) is there")
            }
        }
        return problems
    }

    private func unfinished() throws -> [String] {
        try sentences(
            """
            SELECT printf('command-%d (%s) is still %s', id, verb, outcome) FROM commands
            WHERE outcome IN ('queued', 'running')
            """)
    }

    /// One audit row when a command is taken, one more when a close ends; no others. What was
    /// refused has at least one for each verb: runs of refusals are folded.
    private func unaudited() throws -> [String] {
        try sentences(
            """
            WITH wanted AS (
                SELECT verb, target, count(*) + sum(
                    verb IN ('close', 'close-all') AND outcome IN ('done', 'failed')) AS n
                FROM commands WHERE id > \(firstCommand) AND outcome <> 'refused'
                AND (changed = 1 OR (verb NOT IN ('pause', 'resume')
                    AND finished_at IS NOT started_at))
                GROUP BY verb, target
            ), found AS (
                SELECT verb, target, count(*) AS n FROM audit
                WHERE id > \(firstAudit) AND outcome NOT IN ('refused', 'unchanged')
                GROUP BY verb, target
            )
            SELECT printf('%s %s: %d audit rows are due, %d are there', w.verb, w.target, w.n,
                coalesce(f.n, 0))
            FROM wanted AS w LEFT JOIN found AS f USING (verb, target)
            WHERE w.n IS NOT f.n
            UNION ALL
            SELECT printf('audit of %s %s without a command', f.verb, f.target)
            FROM found AS f LEFT JOIN wanted AS w USING (verb, target) WHERE w.n IS NULL
            UNION ALL
            SELECT DISTINCT printf('%s was refused, and no audit row says so', verb)
            FROM commands WHERE id > \(firstCommand) AND outcome = 'refused'
            AND (verb, actor_uid) NOT IN (
                SELECT verb, uid FROM audit WHERE id > \(firstAudit) AND outcome = 'refused')
            """)
    }

    /// Every text of the load is its own.
    private func doubled() throws -> [String] {
        try sentences(
            """
            SELECT printf('%d messages say "%s"', count(*), body) FROM ticket_messages
            WHERE body LIKE 'load %' GROUP BY body HAVING count(*) > 1
            UNION ALL
            SELECT printf('%d notes say "%s"', count(*), body) FROM internal_notes
            WHERE body LIKE 'load %' GROUP BY body HAVING count(*) > 1
            UNION ALL
            SELECT printf('%d tickets are called "%s"', count(*), subject) FROM tickets
            WHERE subject LIKE 'load %' GROUP BY subject HAVING count(*) > 1
            UNION ALL
            SELECT printf('order %s stands %d times', client_order_id, count(*)) FROM orders
            GROUP BY client_order_id HAVING count(*) > 1
            """)
    }

    /// Each done setting of limits made one version.
    private func limits() throws -> [String] {
        let set = try home.count(
            """
            SELECT count(*) FROM commands
            WHERE verb IN ('risk-set', 'risk-reset') AND outcome = 'done' AND changed = 1
            """)
        let versions = try home.count("SELECT count(*) FROM risk_limits")
        return set == versions ? [] : ["\(set) settings of limits made \(versions) versions"]
    }

    /// Book and exchange agree, where no order is on its way, and nobody has seen them differ.
    private func drifted() throws -> [String] {
        try sentences(
            """
            WITH book AS (
                SELECT key_id, symbol, sum(iif(side = 'long', quantity, -quantity)) AS n
                FROM positions GROUP BY key_id, symbol
            ), venue AS (
                SELECT key_id, symbol, iif(side = 'long', quantity, -quantity) AS n
                FROM venue_positions
            )
            SELECT printf('key-%d %s: book %d, exchange %d', key_id, symbol, b.n,
                coalesce(v.n, 0))
            FROM book AS b LEFT JOIN venue AS v USING (key_id, symbol) WHERE b.n IS NOT v.n
            UNION ALL
            SELECT printf('key-%d %s: only the exchange holds %d', key_id, symbol, v.n)
            FROM venue AS v LEFT JOIN book AS b USING (key_id, symbol) WHERE b.n IS NULL
            UNION ALL
            SELECT printf('%s: %s', kind, message) FROM notices WHERE kind = 'drift'
            """)
    }

    private func sentences(_ sql: String) throws -> [String] {
        try home.rows(sql).compactMap { $0.first ?? nil }
    }
}
