/// What a start asks of a database beyond its schema and ledgers; `plutarc check` asks the same.
import Store

public enum HomeLaws {
    /// What is wrong, one sentence each.
    public static func problems(
        _ db: Reading, _ extent: InspectionExtent
    ) throws(StoreError) -> [String] {
        try ofFile(db, extent) + db.fleetProblems(systemTemplates: systemTemplates)
    }

    /// What can be asked of a database that belongs to no home: it need not hold a whole fleet.
    static func ofFile(
        _ db: Reading, _ extent: InspectionExtent
    ) throws(StoreError) -> [String] {
        try workspace(db) + markets(db) + AuditWalk.problems(db, extent)
    }

    private static let systemTemplates = Set(SystemTemplates.all.map(\.name))

    private static func workspace(_ db: Reading) throws(StoreError) -> [String] {
        try db.workspace() == nil ? ["workspace: its row is missing"] : []
    }

    /// The markets are read long after the first pauses were accepted.
    private static func markets(_ db: Reading) throws(StoreError) -> [String] {
        let isModel = try db.workspace()?.market == Market.modelSource
        var problems: [String] = []
        for record in try db.markets() where !Market.canGoOn(record, asModel: isModel) {
            problems.append("markets: \(record.instrument.symbol): its saved state is damaged")
        }
        return problems
    }
}

extension Market {
    /// Whether what is saved is the state of such a market; a candle file is not looked at.
    fileprivate static func canGoOn(_ record: MarketRecord, asModel isModel: Bool) -> Bool {
        guard isModel == (record.source == modelSource) else { return false }
        return isModel
            ? MarketModel(instrument: record.instrument, state: record.state) != nil
            : RecordedReopening.place(record.state) != nil
    }
}
