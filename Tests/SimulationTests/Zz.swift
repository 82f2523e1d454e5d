/// Temporary.
import Foundation
import Store
import Testing

@testable import Core

@Suite struct Zz {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["ZZ"] != nil)) func show() throws {
        let parts = ProcessInfo.processInfo.environment["ZZ"]!.split(separator: " ")
        var plan = SimulationPlan(days: 3, bots: 10)
        if parts.count > 2 { plan.disarmed = [Guard(rawValue: String(parts[2]))!] }
        var simulation = try Simulation(seed: UInt64(parts[0])!, plan)
        let result = try simulation.run()
        for words in result.violations { print(words) }
        let bot = ID<Bot>(Int64(parts[1])!)
        try simulation.fleet.database.read { db throws(StoreError) in
            for a in try db.activity(after: ID(0), limit: .max) where a.botID == bot { print(a.id, a.at, a.kind, a.what, a.detail, a.actor) }
            for o in try db.orders(limit: .max).reversed() where o.botID == bot { print(o.id, o.createdAt, o.doneAt as Any, o.symbol, o.purpose, o.status, o.clientOrderID, o.rejectReason ?? "") }
            for c in try db.commands(limit: .max) where c.botID == bot { print(c.id, c.at, c.startedAt as Any, c.finishedAt as Any, c.verb, c.outcome, c.message) }
        }
    }
}
