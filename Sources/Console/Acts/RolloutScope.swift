/// The bots of an update of many: those that can take the newest version, and why others cannot.
import Core
import Store

struct RolloutScope: Sendable {
    let name: String
    private(set) var ready: [BotRow] = []
    private(set) var skipped: [String] = []

    init(_ name: String, _ rows: [BotRow], _ around: Surroundings) {
        self.name = name
        for row in rows {
            if let why = UpdateAct.refusal(row, around) {
                skipped.append("\(row.label): \(why)")
            } else {
                ready.append(row)
            }
        }
    }

    var version: String {
        let versions = Set(ready.compactMap(\.bot.availableVersion)).sorted()
        return versions.isEmpty ? "a newer version" : versions.joined(separator: ", ")
    }

    /// Somebody has to wait for them, unless there is only one.
    var mostCanaries: Int { max(1, ready.count - 1) }

    var badge: String { TradingEnvironment.badge(of: ready) }
}
