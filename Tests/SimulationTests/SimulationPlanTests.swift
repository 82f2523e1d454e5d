/// What `simulate` is told: seeds, days, bots, faults.
import Store
import Testing

@testable import Core

@Suite struct SimulationPlanTests {
    @Test func faultsAreScaledByName() throws {
        let scales = try FaultScales(parsing: "storms=2.5,crashes=0")
        #expect(scales[.storms] == 2.5 && scales[.strays] == 1 && scales[.crashes] == 0)
        #expect(scales.text == "storms=2.5,crashes=0.0")
        #expect(try FaultScales(parsing: scales.text) == scales, "a run can be repeated")
        for fault in SimulatedFault.allCases {
            #expect(try FaultScales(parsing: "none")[fault] == 0)
            #expect(try FaultScales(parsing: "all=2")[fault] == 2)
            #expect(try FaultScales(parsing: "\(fault.rawValue)=3")[fault] == 3)
        }
        #expect(scales.mean(120, .storms) == 48)
        #expect(scales.mean(120, .crashes) == 0, "never")
    }

    @Test(arguments: ["", "storms", "storms=", "storms=-1", "storms=11", "wind=1", "storms=1,"])
    func otherFaultsAreRefused(_ text: String) {
        #expect(throws: SimulationPlanError.self) { try FaultScales(parsing: text) }
    }

    @Test func seedsAreOneOrARange() throws {
        #expect(try ClosedRange<UInt64>(seeds: "7") == 7...7)
        #expect(try ClosedRange<UInt64>(seeds: "1..200") == 1...200)
        for text in ["", "..", "5..1", "1..", "x", "1..99999999"] {
            #expect(throws: SimulationPlanError.badSeeds(text)) {
                try ClosedRange<UInt64>(seeds: text)
            }
        }
        #expect(throws: SimulationPlanError.badNumber("--seeds", .negative("-1"))) {
            try ClosedRange<UInt64>(seeds: "-1")
        }
    }

    @Test func faultsAndBotsAreThoseOfThePlan() throws {
        let quiet = SimulationPlan(days: 1, bots: 3, faults: try FaultScales(parsing: "none"))
        let fleet = try Simulation(seed: 3, quiet).fleet
        #expect(fleet.world.bots.count == 3)
        #expect(fleet.settings.crashes == 0)
        #expect(fleet.settings.climate.calmMinutes == 0)
        #expect(fleet.settings.climate.strayPerTenThousand == 0)
        let result = try Simulation.run(seed: 3, quiet)
        #expect(result.tally.faults.isEmpty && result.violations.isEmpty)
        #expect(result.played >= .days(1))
    }
}
