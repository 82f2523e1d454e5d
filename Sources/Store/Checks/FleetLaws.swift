/// Rows that other rows rest on, where no key of the schema says so: without them rules would be
/// looser than somebody has set them, or positions out of reach.

/// Each law returns one sentence for each row that is missing.
enum FleetLaws {
    static let all = [
        positions, orders, venuePositions, instruments, limits, accounts, oneAccount, currencies,
        symbols, instances, links, billing, owner,
    ]

    private static let positions = Query(
        "SELECT printf('positions: position-%d: there is no market %s', id, symbol)",
        "FROM positions AS p WHERE NOT EXISTS (SELECT 1 FROM markets AS m JOIN api_keys AS k",
        "USING (exchange, environment) WHERE k.id = p.key_id AND m.symbol = p.symbol) ORDER BY id")
    private static let orders = Query(
        "SELECT printf('orders: order-%d: there is no market %s', id, symbol)",
        "FROM orders AS o WHERE status IN ('intent', 'sent', 'unknown', 'open')",
        "AND NOT EXISTS (SELECT 1 FROM markets AS m JOIN api_keys AS k",
        "USING (exchange, environment) WHERE k.id = o.key_id AND m.symbol = o.symbol) ORDER BY id")
    private static let venuePositions = Query(
        "SELECT printf('venue_positions: key-%d: there is no market %s', key_id, symbol)",
        "FROM venue_positions AS p WHERE NOT EXISTS (SELECT 1 FROM markets AS m",
        "JOIN api_keys AS k USING (exchange, environment)",
        "WHERE k.id = p.key_id AND m.symbol = p.symbol) ORDER BY key_id, symbol")
    /// Of the simulated exchange, whose markets this program makes; what another one does not list
    /// is said on the boards.
    private static let instruments = Query(
        "SELECT printf('key_instruments: key-%d: there is no market %s', key_id, symbol)",
        "FROM key_instruments AS i WHERE NOT EXISTS (SELECT 1 FROM markets AS m",
        "JOIN api_keys AS k USING (exchange, environment)",
        "WHERE k.id = i.key_id AND m.symbol = i.symbol) AND EXISTS (SELECT 1 FROM api_keys AS k",
        "WHERE k.id = i.key_id AND k.exchange = 'simulated') ORDER BY key_id, symbol")

    /// Without their row the defaults would count.
    private static let limits = Query(
        "SELECT printf('risk_limits: %s: version %d is in force, version %d is the newest',",
        "label, limits_version, newest) FROM (SELECT id, label, limits_version, coalesce(",
        "(SELECT max(version) FROM risk_limits WHERE bot_id = bots.id), 0) AS newest FROM bots)",
        "WHERE limits_version <> newest ORDER BY id")
    private static let accounts = Query(
        "SELECT printf('venue_accounts: %s: its key has no account', bots.label) FROM bots",
        "JOIN api_keys AS k ON k.id = key_id WHERE k.environment = 'paper'",
        "AND key_id NOT IN (SELECT key_id FROM venue_accounts) ORDER BY bots.id")
    /// A key trades in one currency.
    private static let oneAccount = Query(
        "SELECT printf('venue_accounts: key-%d: it has %d accounts, not one', key_id, count(*))",
        "FROM venue_accounts GROUP BY key_id HAVING count(*) > 1 ORDER BY key_id")
    /// What is earned there would be added to money of another kind.
    private static let currencies = Query(
        "SELECT printf('venue_accounts: key-%d: %s settles in %s, its account is in %s',",
        "p.key_id, p.symbol, m.settlement, a.currency) FROM venue_positions AS p",
        "JOIN api_keys AS k ON k.id = p.key_id JOIN venue_accounts AS a ON a.key_id = p.key_id",
        "JOIN markets AS m ON m.exchange = k.exchange AND m.environment = k.environment",
        "AND m.symbol = p.symbol WHERE m.settlement <> a.currency ORDER BY p.key_id, p.symbol")
    private static let symbols = Query(
        "SELECT printf('key_instruments: %s: its key trades nothing', label) FROM bots",
        "WHERE key_id IS NOT NULL AND key_id NOT IN (SELECT key_id FROM key_instruments)",
        "ORDER BY id")

    /// An upgrade leaves the table empty until the engine commits; then every bot has its row.
    private static let instances = Query(
        "SELECT printf('instances: %s: its row is missing', label) FROM bots",
        "WHERE id NOT IN (SELECT bot_id FROM instances) AND (EXISTS (SELECT 1 FROM instances)",
        "OR EXISTS (SELECT 1 FROM bots WHERE evaluating_since IS NOT NULL)) ORDER BY id")
    private static let links = Query(
        "SELECT printf('links: %s: its row is missing', label) FROM bots",
        "WHERE id NOT IN (SELECT bot_id FROM links) AND (EXISTS (SELECT 1 FROM links)",
        "OR EXISTS (SELECT 1 FROM bots WHERE evaluating_since IS NOT NULL)) ORDER BY id")

    private static let billing = Query(
        "SELECT printf('billing_account: it has %d rows, not one', rows)",
        "FROM (SELECT count(*) AS rows FROM billing_account) WHERE rows <> 1")
    private static let owner = Query(
        "SELECT 'members: nobody is the owner'",
        "WHERE NOT EXISTS (SELECT 1 FROM members WHERE role = 'owner')")

    /// Versions that bots run and that are not stored; a system template need not be.
    static let templates = Query(
        "SELECT label, template_name, template_version FROM bots",
        "WHERE template_name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM templates AS t",
        "WHERE t.name = template_name AND t.version = template_version) ORDER BY id")
}

extension Reading {
    /// What is missing of a whole fleet, one sentence each.
    /// - Parameter systemTemplates: names of those that come with the program.
    public func fleetProblems(
        systemTemplates: Set<String>
    ) throws(StoreError) -> [String] {
        var problems: [String] = []
        for law in FleetLaws.all {
            try each(law) { row throws(StoreError) in problems.append(row.takeText()) }
        }
        try each(FleetLaws.templates) { row throws(StoreError) in
            let (bot, name, version) = (row.takeText(), row.takeText(), row.takeInteger())
            guard !systemTemplates.contains(name) else { return }
            problems.append("templates: \(bot): its template \(name) v\(version) is missing")
        }
        return problems
    }
}
