/// What a name typed by a person leads to: nothing, one thing, or several.

/// Names are tried as an id, then as an exact label, then as the start of an id.
/// **Source** <doc:CommandLine#Names>.
public enum Lookup<Match: Sendable>: Sendable {
    case none
    case one(Match)
    /// The candidates, by id.
    case several([Match])

    /// The one match; nil for none or several.
    public var match: Match? {
        if case .one(let match) = self { return match }
        return nil
    }

    /// The same with something else in the place of each match.
    public func map<Other>(_ other: (Match) -> Other) -> Lookup<Other> {
        switch self {
        case .none: .none
        case .one(let match): .one(other(match))
        case .several(let matches): .several(matches.map(other))
        }
    }
}

extension Lookup: Equatable where Match: Equatable {}
extension Lookup: Encodable where Match: Encodable {}
extension Lookup: Decodable where Match: Decodable {}

extension Reading {
    /// The first query that finds something decides. Each takes the typed name as its only value.
    final func look<Record: Stored & Sendable>(
        for name: String, _ queries: Query...
    ) throws(StoreError) -> Lookup<Record> {
        guard !name.isEmpty else { return .none }
        for query in queries {
            let found: [Record] = try all(query) { $0.put(name) }
            if found.count == 1 { return .one(found[0]) }
            if found.count > 1 { return .several(found) }
        }
        return .none
    }
}
