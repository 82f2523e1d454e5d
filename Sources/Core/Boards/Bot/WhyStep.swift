/// One question that a decision was put to, and its answer.

import Store

/// In the order of ``Stage``. **Source** <doc:ProductRules#Decisions>.
public struct WhyStep: Sendable, Equatable, Codable {
    /// The raw value is the word of the JSON.
    public enum Stage: String, Sendable, CaseIterable, Codable {
        case candle, session, signal, score, filter, gate, guardRole = "guard", bot, exit, limit

        public var title: String {
            switch self {
            case .candle: "Candle"
            case .session: "Session"
            case .signal: "Signals"
            case .score: "Score"
            case .filter: "Filters"
            case .gate: "Risk gates"
            case .guardRole: "Entry guards"
            case .bot: "Bot"
            case .exit: "Exit rules"
            case .limit: "Risk limits"
            }
        }
    }

    public var stage: Stage
    /// `EMA Cross`, `max_positions_total`.
    public var name: String
    /// The answer: `long`, `pass`, `block`, `no data`, `not asked`.
    public var verdict: String
    /// What was measured, where it is still known; else what the words are about.
    public var value = ""
    /// Of a signal.
    public var weight: Double?
    public var blocks = false
    /// Where it blocks and says so in a sentence of its own.
    public var sentence = ""
    /// Of all that block, the one that was met first.
    public var isFirst = false

    /// What blocks though it passes one side blocks the entry on the other.
    private var words: CheckWords {
        let passed = Verdict.side(passedAloneBy: verdict)
        return CheckWords(verdict, for: blocks ? passed?.opposite : passed)
    }

    /// The answer in words: ``verdict``, or `blocks long`.
    public var answer: String { words.answer }

    /// Why no entry came of it, where this is what blocked it.
    public var reason: String {
        guard sentence.isEmpty else { return sentence }
        return BlockerWords.check(
            "\(stage.rawValue) \(name)", words, state: verdict, reading: value)
    }

    /// What was measured, after `allows short only` where that is the answer's other half.
    public var remark: String {
        [words.remark, value].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// Builds the steps of one record from its facts and its template.
struct WhySteps {
    let facts: DecisionFacts
    let template: Template
    let again: Redecision
    /// One reading for each component of the template, or none at all.
    let readings: [ComponentReading]

    var all: [WhyStep] {
        var steps = candle + session + signals + score
        for (index, verdict) in zip(template.checkIndices, facts.verdicts) {
            steps.append(check(index, verdict))
        }
        steps += bot
        steps.append(exit)
        steps += limits
        if let first = steps.firstIndex(where: \.blocks) { steps[first].isFirst = true }
        return steps
    }

    private func blocks(_ obstacle: Obstacle) -> Bool { again.obstacles.contains(obstacle) }

    private func step(
        _ stage: WhyStep.Stage, _ name: String, _ obstacle: Obstacle, good: String, bad: String,
        _ value: String = ""
    ) -> WhyStep {
        let blocks = blocks(obstacle)
        return WhyStep(
            stage: stage, name: name, verdict: blocks ? bad : good, value: value, blocks: blocks)
    }

    private var candle: [WhyStep] {
        let late = step(.candle, "in time", .late, good: "pass", bad: "late")
        let warm = step(.candle, "warm-up", .warmUp, good: "warm", bad: "warming up")
        return late.blocks ? [late, warm] : [warm]
    }

    private var session: [WhyStep] {
        let names = template.sessions.map(\.name).joined(separator: ", ")
        var session = step(
            .session, "session", .session, good: "open", bad: "closed",
            names.isEmpty ? "none, trades 24/7" : names)
        session.sentence = BlockerWords.session
        return [session]
    }

    private var signals: [WhyStep] {
        let indices = template.components.indices.filter { template.components[$0].role == .signal }
        return zip(indices, facts.votes).map { index, vote in
            WhyStep(
                stage: .signal, name: template.components[index].name, verdict: vote.text,
                value: value(index), weight: template.components[index].weight)
        }
    }

    private var score: [WhyStep] {
        let needed = BlockerWords.needed(by: template)
        let text = "\(template.mode.rawValue) \(signed(again.score)), must exceed \(needed)"
        let side = again.lean?.rawValue ?? "none"
        var score = step(.score, "score", .score, good: side, bad: "block", text)
        score.sentence = BlockerWords.score(again.score, of: template)
        guard template.direction != .both else { return [score] }
        let words = "opens \(template.direction.rawValue) only"
        var direction = step(
            .score, "direction", .direction, good: "pass", bad: "block", words)
        direction.sentence = BlockerWords.direction(of: template)
        return [score, direction]
    }

    private func check(_ index: Int, _ verdict: Verdict) -> WhyStep {
        let spec = template.components[index]
        let stage: WhyStep.Stage =
            switch spec.role {
            case .filter: .filter
            case .gate: .gate
            default: .guardRole
            }
        return WhyStep(
            stage: stage, name: spec.name, verdict: verdict.text, value: value(index),
            blocks: blocks(.component(index)))
    }

    private func value(_ index: Int) -> String {
        readings.indices.contains(index) ? readings[index].value : ""
    }

    private var bot: [WhyStep] {
        let standing = facts.head.bot
        let cause = standing.isPaused ? standing.pauseCause?.title ?? "" : ""
        var steps = [
            step(.bot, "state", .phase, good: "pass", bad: "block", standing.phase.title),
            step(.bot, "pause", .paused, good: "not paused", bad: "paused", cause),
        ]
        if blocks(.busy) {
            steps.append(step(.bot, "provider", .busy, good: "", bad: "at work on the bot"))
        }
        if blocks(.unarmed) { steps.append(step(.bot, "armed", .unarmed, good: "", bad: "no")) }
        steps.append(
            step(
                .bot, "book and exchange", .unreconciled, good: "agree", bad: "not reconciled"))
        if blocks(.stopped) {
            steps.append(step(.bot, "engine", .stopped, good: "", bad: "opens nothing"))
        }
        return steps
    }

    private var exit: WhyStep {
        guard facts.head.asked else {
            return WhyStep(stage: .exit, name: "no exit at once", verdict: "not asked")
        }
        guard let rule = facts.head.pointlessRule else {
            return WhyStep(stage: .exit, name: "no exit at once", verdict: "pass")
        }
        let isKnown = template.components.indices.contains(rule)
        return WhyStep(
            stage: .exit, name: isKnown ? template.components[rule].name : "exit rule",
            verdict: "block", value: "would close it at once", blocks: true)
    }

    private var limits: [WhyStep] {
        // Of an exchange that takes any order nothing is said.
        let asked = EntryLimit.allCases.filter { $0 != .minimumNotional || blocks(.limit($0)) }
        return asked.map { limit in
            let isAsked =
                facts.head.asked
                && (limit != .maxSlippage || !facts.head.denied.contains(EntryLimits(.size)))
            var step = step(
                .limit, limit.rawValue, .limit(limit), good: isAsked ? "pass" : "not asked",
                bad: "block")
            step.value = limit.title
            return step
        }
    }
}
