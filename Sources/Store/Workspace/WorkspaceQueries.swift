/// Reading and saving the home's own facts, and claiming the right to write orders.

extension Workspace: Stored {
    static let table = RecordTable(
        "workspace", key: ["id"],
        columns: [
            "id", "name", "generation", "seed", "clock", "created_at", "market", "is_demo",
            "entries_stopped", "wall_at", "boottime_ms", "boot_id",
        ])

    func put(into row: Statement) {
        row.put(1)
        row.put(name)
        row.put(generation)
        row.put(seed)
        row.put(clock)
        row.put(createdAt)
        row.put(market)
        row.put(isDemo)
        row.put(entriesStopped)
        row.put(machineClock?.wall)
        row.put(machineClock?.boottime.milliseconds)
        row.put(machineClock?.bootID)
    }

    init(from row: Statement) throws(StoreError) {
        row.skip()
        try self.init(
            name: row.take(), generation: row.take(), seed: row.take(), clock: row.take(),
            createdAt: row.take(), market: row.take(), isDemo: row.take(),
            entriesStopped: row.take())
        let (wall, boottime, bootID): (Instant?, Int64?, String?) = try (
            row.take(), row.take(), row.take()
        )
        if let wall, let boottime, let bootID {
            machineClock = MachineClock(
                wall: wall, boottime: Span(milliseconds: boottime), bootID: bootID)
        }
    }
}

private enum Queries {
    static let workspace = Workspace.table.select("WHERE id = 1")
    static let epoch = Query("SELECT epoch FROM engine_epoch")
    static let raise = Query("UPDATE engine_epoch SET epoch = epoch + 1")
}

extension Reading {
    /// The home's facts; nil before they were first saved.
    public func workspace() throws(StoreError) -> Workspace? { try first(Queries.workspace) }

    /// The engine generation that may write orders.
    public func epoch() throws(StoreError) -> Int64 { try value(Queries.epoch) ?? 0 }
}

extension Writing {
    public func save(_ workspace: Workspace) throws(StoreError) { try put(workspace) }
}

extension Database {
    /// The engine generation that this handle claimed; 0 before ``raiseEpoch()``.
    public var epoch: Int64 { connection.epoch }

    /// Makes this handle the only one that may write orders. Called once by the engine when it
    /// holds the lease. **Source** <doc:SafetyRules#The-epoch>.
    @discardableResult
    public func raiseEpoch() throws(StoreError) -> Int64 {
        let raised = try write { db throws(StoreError) in
            try db.run(Queries.raise)
            return try db.epoch()
        }
        connection.epoch = raised
        return raised
    }

    /// The same, where another program may hold the database: it is waited for.
    /// - Parameter report: hears of it ten times a second and more; false gives up.
    /// - Throws: ``StoreError/interrupted`` when the report asked for the end.
    @discardableResult
    public func raiseEpoch(waiting report: StartReport) throws(StoreError) -> Int64 {
        try connection.whileHeld(report) { () throws(StoreError) in try raiseEpoch() }
    }
}
