/// Decision records of all system templates, as texts whose differences can be reviewed.

import Foundation
import Store
import TestKit
import Testing

@testable import Core

/// `RECORD_GOLDEN=1` writes the texts in `Golden/` anew.
@Suite(.serialized) struct GoldenDecisionTests {
    /// Played once for all templates; only read afterwards, by one test at a time.
    nonisolated(unsafe) private static let runs = Result {
        [
            try GoldenRun.candles(.fiveMinutes, days: 30, seed: 21, place: 0),
            try GoldenRun.candles(.fiveMinutes, days: 30, seed: 22, place: 4),
            try GoldenRun.candles(.oneMinute, days: 5, seed: 23, place: 9, volatility: 0.06),
            try GoldenRun.seeded(days: 12),
        ]
    }

    @Test(arguments: SystemTemplates.all) func decisionsAreThoseOnRecord(
        _ template: Template
    ) throws {
        let runs = try Self.runs.get().filter { run in
            run.templates.contains { $0.name == template.name }
        }
        let found = try GoldenText(template, runs).text
        let name = template.name.replacingOccurrences(of: " ", with: "-").lowercased()
        let file = Shared.package.appendingPathComponent("Tests/CoreTests/Golden/\(name).txt")
        guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != "1" else {
            return try found.write(to: file, atomically: true, encoding: .utf8)
        }
        let wanted = try String(contentsOf: file, encoding: .utf8)
        #expect(found == wanted, "\(name) decides otherwise")
    }

    @Test(arguments: SystemTemplates.all) func eachRecordDecidesTheSameAgain(
        _ template: Template
    ) throws {
        var count = 0
        for run in try Self.runs.get() {
            for (_, bytes) in try run.decisions(of: template) {
                let facts = try #require(DecisionFacts(bytes: bytes))
                let again = try #require(facts.redecide(template))
                if !facts.agrees(with: again) { Issue.record("\(run.name): \(facts)") }
                count += 1
            }
        }
        #expect(count > 0)
    }

    @Test(arguments: SystemTemplates.all) func everyCheckPassesAndBlocksAndPositionsComeAndGo(
        _ template: Template
    ) throws {
        let places = template.checkIndices
        var passes = Set<Int>()
        var blocks = Set<Int>()
        var entered = 0
        var trades = 0
        for run in try Self.runs.get() {
            trades += run.trades(of: template).count
            for (_, bytes) in try run.decisions(of: template) {
                let facts = try #require(DecisionFacts(bytes: bytes))
                if facts.entered { entered += 1 }
                for (place, verdict) in zip(places, facts.verdicts) {
                    if verdict.allows(facts.lean) { passes.insert(place) }
                    // A check that passes one side blocks the other.
                    if verdict != .pass, verdict != .noData { blocks.insert(place) }
                }
            }
        }
        #expect(entered > 0 && trades > 0)
        for place in places {
            let name = template.components[place].name
            #expect(passes.contains(place), "\(name) never passes")
            #expect(blocks.contains(place), "\(name) never blocks")
        }
    }
}

extension GoldenDecisionTests {
    /// A signal that only ever says one thing has no part in what a template decides.
    @Test(arguments: SystemTemplates.all) func everySignalSaysMoreThanOneThing(
        _ template: Template
    ) throws {
        let names = template.components.filter { $0.role == .signal }.map(\.name)
        var said = names.map { _ in Set<Vote>() }
        for run in try Self.runs.get() {
            for (_, bytes) in try run.decisions(of: template) {
                let facts = try #require(DecisionFacts(bytes: bytes))
                for (place, vote) in facts.votes.enumerated() { said[place].insert(vote) }
            }
        }
        for (name, votes) in zip(names, said) {
            let words = votes.subtracting([.noData])
            #expect(words.count > 1 && words != [.neutral], "\(template.name): \(name)")
        }
    }
}

/// What one template decided, in lines.
private struct GoldenText {
    let text: String

    init(_ template: Template, _ runs: [GoldenRun]) throws {
        var lines = [
            "\(template.name) version \(template.version), \(template.timeframe.rawValue), "
                + "\(template.mode.rawValue) over \(template.threshold)"
        ]
        for run in runs { lines += try Self.lines(template, run) }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ template: Template, _ run: GoldenRun) throws -> [String] {
        var obstacles: [String: Int] = [:]
        var verdicts: [String: [String: Int]] = [:]
        var samples: [String] = []
        var entries: [String] = []
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        let decisions = try run.decisions(of: template)
        for (index, (entry, bytes)) in decisions.enumerated() {
            for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
            let facts = try #require(DecisionFacts(bytes: bytes))
            let words = facts.head.outcome.map { Self.words($0, template) } ?? "ENTERED"
            obstacles[words, default: 0] += 1
            for (place, verdict) in zip(template.checkIndices, facts.verdicts) {
                let spec = template.components[place]
                verdicts["\(spec.role.rawValue) \(spec.name)", default: [:]][
                    verdict.text, default: 0] += 1
            }
            let votes = facts.votes.map(\.text).joined(separator: " ")
            let line =
                "  \(entry.at) \(entry.traded.instrument.symbol) close \(entry.close) "
                + "score \(signed(facts.score)) [\(votes)] \(words)"
            if facts.entered, entries.count < 6 { entries.append(line) }
            if index % max(decisions.count / 6, 1) == 0 { samples.append(line) }
        }
        let trades = run.trades(of: template)
        let exits = Dictionary(grouping: trades, by: \.exitReason).mapValues(\.count)
        return [
            "", "over \(run.name): \(decisions.count) candles, \(trades.count) trades, "
                + "net \(trades.reduce(Money.zero) { $0 + $1.net }), "
                + "records \(String(digest, radix: 16))",
            " first obstacle: \(counts(obstacles))", " exits: \(counts(exits))",
        ] + verdicts.sorted { $0.key < $1.key }.map { " \($0.key): \(counts($0.value))" }
            + [" entries"] + entries + [" samples"] + samples
    }

    private static func counts(_ counts: [String: Int]) -> String {
        counts.isEmpty
            ? "none"
            : counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private static func words(_ obstacle: Obstacle, _ template: Template) -> String {
        if case .limit(let limit) = obstacle { return "limit \(limit.rawValue)" }
        guard case .component(let place) = obstacle else { return "\(obstacle)" }
        let spec = template.components[place]
        return "\(spec.role.rawValue) \(spec.name)"
    }
}
