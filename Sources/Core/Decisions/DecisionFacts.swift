/// Everything that one decision was made from, and what came of it.

import Store

/// Decides again without a world: a pure function of the record and its template.
/// **Source** <doc:ProductRules#Why-no-trade>.
public struct DecisionFacts: Sendable, Equatable {
    var head: DecisionHead
    /// Of the signals, in the template's order.
    var votes: [Vote]
    /// Of filters, then gates, then guards, each in the template's order.
    var verdicts: [Verdict]

    /// The bot sent an entry.
    public var entered: Bool { head.outcome == nil }
    /// The side that it entered, or would have.
    public var lean: Side? { head.lean }
    public var score: Double { head.score }
}

/// What a record leads to when it is decided again.
public struct Redecision: Sendable, Equatable {
    public var score: Double
    public var lean: Side?
    /// Everything that stands against an entry, the first first; empty: the bot enters.
    public var obstacles: [Obstacle]
}

extension DecisionFacts {
    /// The same decision from the stored votes, verdicts and limits.
    /// - Returns: nil when the record does not belong to the template.
    public func redecide(_ template: Template) -> Redecision? {
        let weights = template.components.filter { $0.role == .signal }.map(\.weight)
        let checks = template.checkIndices
        guard votes.count == weights.count, verdicts.count == checks.count else { return nil }
        var tally = Tally()
        for (vote, weight) in zip(votes, weights) { tally.add(vote, weight: weight) }
        let score = tally.score(template.mode)
        let lean = Tally.lean(score, template.mode, threshold: template.threshold)
        var obstacles: [Obstacle] = head.isLate ? [.late] : []
        if !head.isWarm { obstacles.append(.warmUp) }
        if !head.sessionOpen { obstacles.append(.session) }
        if let lean {
            if !template.direction.opens(lean) { obstacles.append(.direction) }
        } else {
            obstacles.append(.score)
        }
        for (index, verdict) in zip(checks, verdicts) where !verdict.allows(lean) {
            obstacles.append(.component(index))
        }
        obstacles += head.bot.obstacles
        if let rule = head.pointlessRule { obstacles.append(.pointless(rule)) }
        obstacles += head.denied.all.map { .limit($0) }
        return Redecision(score: score, lean: lean, obstacles: obstacles)
    }

    /// Whether a second look leads to what was done: score, side and first blocker.
    public func agrees(with again: Redecision) -> Bool {
        again.score == head.score && again.lean == head.lean
            && again.obstacles.first == head.outcome
    }
}

extension DecisionRecord {
    /// What was stored; nil for bytes that this program does not know.
    public var decoded: DecisionFacts? { DecisionFacts(bytes: facts) }

    /// Decides again; nil when the record cannot be read or does not belong to the template.
    public func redecide(_ template: Template) -> Redecision? { decoded?.redecide(template) }

    /// The template as it ran.
    /// - Throws: ``FileError`` when this program cannot read it any more.
    public func template() throws(FileError) -> Template {
        var template = try TemplateFile.parse(series.templateText, file: series.templateName)
        template.version = series.templateVersion
        return template
    }
}

extension Template {
    /// Indices of filters, then gates, then guards: the order in which they are asked.
    var checkIndices: [Int] {
        [ComponentRole.filter, .gate, .guardRole].flatMap { role in
            components.indices.filter { components[$0].role == role }
        }
    }
}
