/// How far a close of whole bots has come: for whoever opens a console while it runs.

import Store

/// Every close-all that has not ended, as one. **Source** <doc:ProductRules#Closing-until-flat>.
public struct HaltProgress: Sendable, Equatable, Codable {
    /// Bots of those requests.
    public var bots: Int
    /// Of these, how many the exchange has reported flat.
    public var flat: Int
    /// Open positions of the others.
    /// Nil for a reader who may not see positions.
    public var positionsLeft: Int?
    public var startedAt: Instant
    /// Who asked first.
    public var actor: String

    /// `HALT 12/20 flat · 31 positions left`.
    public var words: String {
        "HALT \(flat)/\(bots) flat"
            + (positionsLeft.map { " · \(counted($0, "position")) left" } ?? "")
    }

    public var json: JSON {
        [
            "bots": .int(bots), "flat": .int(flat),
            "positions_left": positionsLeft.map { .int($0) } ?? .null,
            "started_at": .time(startedAt), "actor": .string(actor),
        ]
    }

    /// Nil while no close of whole bots is under way.
    static func load(
        _ db: Reading, _ facts: FleetFacts, for rights: ReaderRights
    ) throws(StoreError) -> HaltProgress? {
        let open = try db.unfinishedCommands().filter { $0.verb == CloseAllCommand.verb }
        guard let first = open.first else { return nil }
        var requests: [String] = []
        var bots = 0
        for row in open where !requests.contains(row.requestName) {
            requests.append(row.requestName)
            bots += try db.commands(ofRequest: row).count
        }
        let waiting = Set(open.compactMap(\.botID))
        return HaltProgress(
            bots: bots, flat: bots - open.count,
            positionsLeft: rights.shows(.positionsView)
                ? facts.positions.count { waiting.contains($0.botID) } : nil,
            startedAt: first.at, actor: first.actor)
    }
}
