/// `simulate`: the whole system under one seed after another, in virtual time, with faults.

import Core
import Store

enum SimulateCommand {
    static let actions: [String: CommandAction] = ["simulate": simulate]

    /// One line for each seed; exit 1 when anything was violated.
    @Sendable static func simulate(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let (seeds, plan) = try wish(context.call)
        let began = WallClock.read().monotonic
        var tally = SimulationTally()
        var violations: [String] = []
        var played = Span.days(0)
        for seed in seeds {
            let result = try run(seed, plan)
            tally.add(result.tally)
            violations += result.violations
            played = played + result.played
            if !context.output.isJSON { try context.output.lines(lines(result, plan)) }
        }
        let passed = (WallClock.read().monotonic - began).milliseconds
        if context.output.isJSON {
            try context.output.document(json(seeds, violations, tally, played, passed))
        } else {
            try context.output.lines(summary(violations, tally, played, passed))
        }
        return violations.isEmpty ? .done : .failed
    }

    private static func wish(
        _ call: Invocation
    ) throws(CommandFailure) -> (ClosedRange<UInt64>, SimulationPlan) {
        var plan = SimulationPlan()
        plan.days = try call.integer(.days, in: 1...365) ?? plan.days
        plan.bots = try call.integer(.bots, in: 1...200) ?? plan.bots
        do throws(SimulationPlanError) {
            if let text = call[.faults] { plan.faults = try FaultScales(parsing: text) }
            return (try ClosedRange(seeds: call[.seeds] ?? "1..10"), plan)
        } catch { throw .usage(error.headline, remedy: error.remedy) }
    }

    private static func run(
        _ seed: UInt64, _ plan: SimulationPlan
    ) throws(CommandFailure) -> SimulationResult {
        do { return try Simulation.run(seed: seed, plan) } catch {
            throw .notPlayed(seed: seed, error)
        }
    }

    private static func lines(_ result: SimulationResult, _ plan: SimulationPlan) -> [String] {
        let tally = result.tally
        let verdict =
            result.violations.isEmpty
            ? "clean" : counted(result.violations.count, "VIOLATION", "VIOLATIONS")
        let line =
            "seed \(result.seed)  \(verdict)  \(counted(tally.entries, "entry", "entries")), "
            + "\(counted(tally.trades, "trade")), "
            + "\(counted(tally.faults.values.reduce(0, +), "fault")), digest \(result.digest)"
        guard !result.violations.isEmpty else { return [line] }
        return [line] + result.violations.map { "  " + DisplayText.clean($0) }
            + ["  again: plutarc simulate --seeds \(result.seed) \(options(plan))"]
    }

    /// What makes another run the same one.
    private static func options(_ plan: SimulationPlan) -> String {
        let faults = plan.faults.text
        return "--days \(plan.days) --bots \(plan.bots)"
            + (faults.isEmpty ? "" : " --faults \(faults)")
    }

    private static func summary(
        _ violations: [String], _ tally: SimulationTally, _ played: Span, _ passed: Int64
    ) -> [String] {
        let rate = played.milliseconds / max(passed, 1)
        return [""] + Output.lines(of: tally.text) + [
            "\(counted(violations.count, "violation")); \(rate) times as fast as life"
        ]
    }

    private static func json(
        _ seeds: ClosedRange<UInt64>, _ violations: [String], _ tally: SimulationTally,
        _ played: Span, _ passed: Int64
    ) -> JSON {
        let counts = SimulationTally.lists.map { list in
            let sorted = tally[keyPath: list.counts]
                .sorted { SimulationTally.precedes($0.key, $1.key) }
            return JSON.Member(
                list.name, .object(sorted.map { JSON.Member($0.key, .int($0.value)) }))
        }
        let head: JSON = [
            "seeds": .int(seeds.count), "violations": .list(violations) { .string($0) },
            "simulated_s": .int(played.milliseconds / 1000),
            "elapsed_s": .measured(Double(passed) / 1000, decimals: 3),
            "orders": .int(tally.orders), "fills": .int(tally.fills),
            "entries": .int(tally.entries), "trades": .int(tally.trades),
        ]
        guard case .object(let members) = head else { return head }
        return .object(members + counts)
    }
}
