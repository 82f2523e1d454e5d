/// Each guard of the world, switched off: a simulation without it does not stay clean.
import Store
import Testing

@testable import Core

@Suite struct GuardTests {
    @Test(arguments: Guard.allCases) func aGuardThatIsOffIsMissed(_ one: Guard) throws {
        for seed in UInt64(1)...30 {
            var plan = SimulationPlan(days: 3, bots: 10, faults: try Self.faults(one))
            plan.disarmed = [one]
            let found = try Simulation.run(seed: seed, plan).violations
            guard let first = found.first else { continue }
            print("GUARD \(one.rawValue) seed \(seed): \(first)")
            return
        }
        Issue.record("nobody missed \(one.rawValue)")
    }

    private static func faults(_ one: Guard) throws -> FaultScales {
        switch one {
        case .exitsOutOfReach: try FaultScales(parsing: "link=8")
        default: .usual
        }
    }
}
