/// Reading and saving the home's own facts, and claiming the right to write orders.

extension Workspace: Stored {
    static let table = RecordTable("workspace", of: Workspace.self)

    init(_ row: inout some ColumnVisitor<Workspace>) throws(StoreError) {
        _ = try row("id", .key) { _ in 1 }
        name = try row("name") { $0.name }
        generation = try row("generation") { $0.generation }
        seed = try row("seed") { $0.seed }
        clock = try row("clock") { $0.clock }
        createdAt = try row("created_at") { $0.createdAt }
        market = try row("market") { $0.market }
        isDemo = try row("is_demo") { $0.isDemo }
        entriesStopped = try row("entries_stopped") { $0.entriesStopped }
        let wall = try row("wall_at") { $0.machineClock?.wall }
        let boottime = try row("boottime_ms") { $0.machineClock?.boottime.milliseconds }
        let bootID = try row("boot_id") { $0.machineClock?.bootID }
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

    /// The epoch of the engine that may write orders.
    public func epoch() throws(StoreError) -> Int64 { try value(Queries.epoch) ?? 0 }
}

extension Writing {
    public func save(_ workspace: Workspace) throws(StoreError) { try put(workspace) }
}

extension Database {
    /// The epoch that this handle claimed; 0 before ``raiseEpoch()``.
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
