/// Two hundred seeds of ten bots with every fault on: what must hold holds at every commit.
import Foundation
import Store
import TestKit
import Testing

@testable import Core

@Suite(.serialized) struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment

    /// `SIM_SEED=n` runs that one alone; `SIM_RUNS=n` runs n instead of two hundred.
    private static var seeds: [UInt64] {
        if let seed = environment["SIM_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        return (1...(environment["SIM_RUNS"].flatMap { UInt64($0) } ?? 200)).map { $0 }
    }

    private static var plan: SimulationPlan {
        SimulationPlan(days: environment["SIM_DAYS"].flatMap { Int($0) } ?? 3, bots: 10)
    }

    private static var isWhole: Bool { seeds.count >= 200 }

    @Test func everyInvariantHoldsOverTwoHundredSeeds() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let results = try await withThrowingTaskGroup(of: SimulationResult.self) { group in
            for seed in Self.seeds { group.addTask { try Simulation.run(seed: seed, Self.plan) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        var tally = SimulationTally()
        for result in results.sorted(by: { $0.seed < $1.seed }) {
            tally.add(result.tally)
            for words in result.violations { Issue.record("\(words)") }
        }
        print("simulation: \(results.count) seeds in \(clock.now - start)\n\(tally.text)")
        guard Self.isWhole else { return }
        checkThatItHappened(tally)
        checkThatItWentWrong(tally)
        try checkThatEverythingWasPressed(tally)
    }

    /// A zero means that the rule was never put to the test.
    private func checkThatItHappened(_ tally: SimulationTally) {
        for limit in RiskLimitName.limits {
            #expect(tally.limits[limit.rawValue, default: 0] > 0, "\(limit.rawValue) never tripped")
        }
        let rules = [SystemTemplates.trendFollower, SystemTemplates.meanReverter]
            .flatMap(\.components).filter { $0.role == .exit }.map(\.name)
        for rule in Set(rules).sorted() {
            #expect(tally.exits[rule, default: 0] > 0, "\(rule) never closed a position")
        }
        for reason in ["close", "close_all"] {
            #expect(tally.exits[reason, default: 0] > 0, "\(reason) never closed a position")
        }
        // T16 needs a provider that fails for the whole of a session: SessionDeskTests makes it.
        for transition in Transition.allCases where transition != .t16 {
            let name = "T\(transition.rawValue)"
            #expect(tally.transitions[name, default: 0] > 0, "\(name) was never made")
        }
        #expect(tally.orders > 0 && tally.fills > 0 && tally.partialEntries > 0)
    }

    private func checkThatItWentWrong(_ tally: SimulationTally) {
        for fault in Self.faults {
            #expect(tally.faults[fault, default: 0] > 0, "\(fault) never befell anybody")
        }
        for code in Self.refusals {
            #expect(tally.refusals[code, default: 0] > 0, "\(code) was never met")
        }
    }

    /// As they are counted; a storm and a stray are the exchange's failures.
    private static let faults = [
        "exchange unreachable", "exchange rate_limited", "exchange server_error",
        "order rejected", "drop", "delay", "duplicate", "reorder", "deploy provisioning",
        "wake provisioning", "update replacing", "instance lost", "crashes", "cuts", "disk",
        "clock", "standstill", "absence", "link", "stopped: disk_full", "stopped: interrupted",
    ]

    /// All that a person can meet at the door; an ambiguous key or position takes more than ten.
    private static let refusals = [
        "not_permitted", "not_for_staff", "support_only", "not_a_member", "unknown_verb",
        "bad_request", "key_reused", "no_such_bot", "no_such_position", "no_such_template",
        "no_such_ticket", "no_such_notice", "no_such_member", "no_such_key", "ambiguous",
        "wrong_state", "kill_switch_latched", "reason_required",
        "restart_cooldown", "close_under_way", "confirmation_missing", "label_mismatch",
        "stale_preview", "unknown_limit", "bad_value", "out_of_range",
        "template_is_system", "template_exists", "bad_template_name",
        "template_in_use", "template_broken", "ticket_closed",
        "text_missing", "text_too_long", "bad_subject", "under_way", "no_balance", "label_taken",
        "bad_label", "no_such_region", "open_positions", "key_in_use", "key_inactive",
        "no_update", "bad_amount", "bad_sessions", "orders_under_way",
    ]

    private func checkThatEverythingWasPressed(_ tally: SimulationTally) throws {
        try #require(Command.verbs.count > 30)
        // People of the simulation know bots by their labels.
        for deed in Command.verbs.filter({ $0 != "rename" }) + Self.specials {
            #expect(tally.deeds[deed, default: 0] > 0, "\(deed) was never taken")
        }
    }

    /// Ways in which a verb is pressed that are worth a count of their own.
    private static let specials = [
        "pause by staff", "resume by staff", "restart by staff", "update in cohorts",
        "stop, refuse", "stop, close", "stop, leave", "sessions own", "sessions back",
        "close-all while a halt runs", "close-all of an earlier preview", "waits for a link",
    ]

    @Test func theSameSeedGivesTheSameHistory() throws {
        for seed in [UInt64(3), 12] {
            let first = try Simulation.run(seed: seed)
            let second = try Simulation.run(seed: seed)
            #expect(first.tally.entries > 0)
            #expect(first.digest == second.digest, "seed \(seed)")
        }
        #expect(try Simulation.run(seed: 1).digest != Simulation.run(seed: 2).digest)
    }
}
