/// `bench simulate`: simulated seconds in a second of processor time, all faults and checks on.

import Core
import Store

enum SimulateBench {
    /// The goal: at least 50,000 simulated seconds a second for 20 bots on one core.
    static let goal = 50_000.0
    static let plan = SimulationPlan(days: 3, bots: 20)
    static let seeds = 1...5

    @Sendable static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        guard context.optionalOperand(1) == nil else {
            throw .usage(
                "\"plutarc bench simulate\" takes no file", remedy: "As: plutarc bench simulate.")
        }
        let load = ProcessUsage.loadAverage
        // The days before the first one are shared by all seeds: they are made once, before.
        _ = try play(0, SimulationPlan(days: 1, bots: 1))
        let began = ProcessUsage.read()
        var seconds = 0.0
        for seed in seeds { seconds += try play(UInt64(seed), plan) }
        let used = ProcessUsage.read().since(began).processorSeconds
        let rate = seconds / max(used, 0.001)
        let json: JSON = [
            "bench": "simulate", "bots": .int(plan.bots), "days": .int(plan.days),
            "seeds": .int(seeds.count), "simulated_s": .measured(seconds, decimals: 0),
            "cpu_s": .measured(used, decimals: 3),
            "simulated_s_per_cpu_s": .measured(rate, decimals: 0),
            "goal": .measured(goal, decimals: 0),
            "load_average": .measured(load, decimals: 2), "cores": .int(ProcessUsage.cores),
        ]
        let line =
            "\(counted(plan.bots, "bot")), \(counted(seeds.count, "seed")) of "
            + "\(counted(plan.days, "day")): "
            + "\(Decimals.text(rate, 0)) simulated seconds per CPU second "
            + "(goal \(Decimals.text(goal, 0)))"
        try context.report([line], json)
        return .done
    }

    /// Simulated seconds of one seed.
    private static func play(
        _ seed: UInt64, _ plan: SimulationPlan
    ) throws(CommandFailure) -> Double {
        do {
            let played = try Simulation.run(seed: seed, plan).played
            return Double(played.milliseconds) / 1000
        } catch {
            throw .notPlayed(seed: seed, error)
        }
    }
}
