/// What makes one seed's fleet differ from another's.
import Store

struct FleetSettings {
    let seed: UInt64
    var dice: Randomness
    var deposit: Money
    var climate: VenueWeather.Climate
    /// The backend's duties every few seconds; costly, so most seeds do without.
    let keepsHouse: Bool
    /// Some bots run a template that a user has imported.
    let runsUserTemplate: Bool
    /// A fault comes once in so many turns; 0: never.
    let crashes, cuts, fullDisks, clockJumps, standstills, absences: Int
    let botCount: Int
    let catalog: ComputeCatalog
    /// Messages to and from the exchange go over it; nil: a perfect one.
    let faultyLine: FaultyLine?
    /// What the workspace has paid in.
    let balance: Money
    let disarmed: Switches<Safeguard>

    init(seed: UInt64, _ plan: SimulationPlan) {
        let faults = plan.faults
        self.seed = seed
        botCount = plan.bots
        dice = Randomness(seed: seed).fork(named: "simulation")
        // The rich walk through every level of a thin book.
        deposit = dice.chance(1, in: 4) ? .units(150_000) : .units(10_000)
        climate = VenueWeather.Climate(
            calmMinutes: faults.mean(dice.chance(1, in: 3) ? 120 : 600, .storms),
            stormPercent: 90, strayPerTenThousand: Int(60 * faults[.strays]),
            rejectPercent: min(90, Int(3 * faults[.rejects])))
        keepsHouse = seed % 25 == 7
        crashes = seed % 5 == 3 ? faults.mean(120, .crashes) : 0
        cuts = seed % 5 == 1 ? faults.mean(120, .cuts) : 0
        fullDisks = seed % 5 == 2 ? faults.mean(120, .disk) : 0
        clockJumps = faults.mean(100, .clock)
        standstills = faults.mean(80, .standstill)
        absences = seed % 4 == 2 ? faults.mean(250, .absence) : 0
        runsUserTemplate = seed % 3 == 0
        catalog = Self.catalog(faults)
        faultyLine = FaultyLine(dice.fork(named: "network")) { fault in
            switch fault {
            case .drop: faults[.drop]
            case .delay: faults[.delay]
            case .duplicate: faults[.duplicate]
            case .reorder: faults[.reorder]
            }
        }
        disarmed = plan.disarmed
        // The poor run dry within a day or two.
        balance = seed % 4 == 1 ? .units(Int64(plan.bots)) : .units(5000)
    }

    /// A few places, and mishaps at each.
    private static func catalog(_ faults: FaultScales) -> ComputeCatalog {
        let text = """
            [paper]
            tokyo = 0.05
            london = 0.04
            [papyrus]
            tokyo = 0.06
            [release]
            newest = 1.1.0
            [faults]
            failure_one_in = \(faults.mean(40, .provisioning))
            loss_hours = \(faults.mean(100, .losses))
            link_hours = \(faults.mean(60, .link))
            """
        return (try? ComputeCatalog(parsing: text, file: "simulation")) ?? .standard
    }
}
