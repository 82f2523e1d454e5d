/// What a new bot can be made of: places with their rates, free keys, templates.

import Store

public struct DeployBoard: Sendable, Equatable, Codable {
    public var now: Instant
    public var catalog: ComputeCatalog
    /// Active keys that no bot holds. **Order** by label.
    public var freeKeys: [APIKey]
    /// System templates first, then the home's own by name.
    public var templates: [String]

    static func load(
        _ db: Reading, catalog: ComputeCatalog
    ) throws(StoreError) -> DeployBoard {
        let facts = try FleetFacts.load(db)
        let taken = Set(facts.bots.compactMap(\.keyID))
        return DeployBoard(
            now: facts.now, catalog: catalog,
            freeKeys: facts.keys.values.filter { $0.isActive && !taken.contains($0.id) }
                .sorted { $0.label < $1.label },
            templates: try TemplatesBoard.load(db).rows.map(\.stored.name))
    }
}
