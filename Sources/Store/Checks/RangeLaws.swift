/// Rows that stand alone, and numbers that are counted on from: what a start would trap on.

/// What no counter, no instant and no grid of prices ever comes near; a sum of two still fits.
/// Each law returns one sentence for each row that breaks it.
enum RangeLaws {
    /// - Parameter tables: of the file: an older one has not all of them.
    static func laws(of tables: [String]) -> [Query] {
        all.filter { tables.contains($0.table.description) }.map(\.query)
    }

    private static let all: [(table: StaticString, query: Query)] = [
        ("engine_epoch", oneEpoch), ("engine_epoch", epochs), ("audit_head", oneHead),
        ("audit_head", heads), ("workspace", clocks), ("markets", grids), ("bots", bots),
        ("positions", positions), ("orders", orders), ("templates", templates),
        ("risk_limits", limits), ("instances", instances), ("links", links),
        ("members", newRows),
    ]

    private static let oneEpoch = Query(
        "SELECT printf('engine_epoch: it has %d rows, not one', rows)",
        "FROM (SELECT count(*) AS rows FROM engine_epoch) WHERE rows <> 1")
    private static let oneHead = Query(
        "SELECT printf('audit_head: it has %d rows, not one', rows)",
        "FROM (SELECT count(*) AS rows FROM audit_head) WHERE rows <> 1")

    private static let epochs = Query(
        "SELECT printf('engine_epoch: %d is out of range', epoch) FROM engine_epoch",
        "WHERE epoch NOT BETWEEN 0 AND 9007199254740992")
    private static let heads = Query(
        "SELECT printf('audit_head: %d is out of range', sequence) FROM audit_head",
        "WHERE sequence NOT BETWEEN 0 AND 9007199254740992")
    private static let clocks = Query(
        "SELECT printf('workspace: clock %d is out of range', clock) FROM workspace",
        "WHERE clock NOT BETWEEN -9007199254740992 AND 9007199254740992")
    private static let grids = Query(
        "SELECT printf('markets: %s: a number of the contract is out of range', symbol)",
        "FROM markets WHERE max(tick, lot, minimum_quantity, maintenance_margin, maker_fee,",
        "taker_fee, -maker_fee, -taker_fee) > 9007199254740992",
        // More than all that is traded: eight digits after the point.
        "OR max(maker_fee, taker_fee, -maker_fee, -taker_fee) > 100000000 ORDER BY symbol")

    private static let bots = Query(
        "SELECT printf('bot-%d: a number of its row is out of range', id) FROM bots",
        "WHERE id > 9007199254740992 OR max(order_sequence, consecutive_losses,",
        "coalesce(limits_version, 0), coalesce(template_version, 0)) > 9007199254740992",
        "ORDER BY id")
    private static let positions = Query(
        "SELECT printf('position-%d: a number of its row is out of range', id) FROM positions",
        "WHERE id > 9007199254740992 OR candles_held > 9007199254740992 ORDER BY id")
    private static let orders = Query(
        "SELECT printf('order-%d: its id is out of range', id) FROM orders",
        "WHERE id > 9007199254740992 ORDER BY id")
    private static let templates = Query(
        "SELECT printf('templates: version %d is out of range', version) FROM templates",
        "WHERE version > 9007199254740992")
    private static let limits = Query(
        "SELECT printf('bot-%d: version %d of its limits is out of range', bot_id, version)",
        "FROM risk_limits WHERE version > 9007199254740992 ORDER BY bot_id")
    private static let instances = Query(
        "SELECT printf('bot-%d: the number of its job is out of range', bot_id) FROM instances",
        "WHERE job_number > 9007199254740992 ORDER BY bot_id")
    private static let links = Query(
        "SELECT printf('bot-%d: a number of its link is out of range', bot_id) FROM links",
        "WHERE max(wanted, queued) > 9007199254740992 ORDER BY bot_id")
    /// Where rows number themselves: after the last number no row can be added.
    private static let newRows = Query(
        "SELECT printf('%s: its last id is out of range', name) FROM sqlite_sequence",
        "WHERE seq > 9007199254740992 ORDER BY name")
}

extension Reading {
    func rangeProblems() throws(StoreError) -> [String] {
        var problems: [String] = []
        for law in RangeLaws.laws(of: try tableNames()) {
            try each(law) { row throws(StoreError) in problems.append(row.takeText()) }
        }
        return problems
    }
}
