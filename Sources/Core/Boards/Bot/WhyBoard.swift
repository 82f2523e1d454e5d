/// Why did a bot enter, or not, at one candle: every question, every answer, the first blocker.

import Store

/// **Source** <doc:ProductRules#Why-no-trade>; <doc:CommandLine#Decisions>.
public struct WhyBoard: Sendable, Equatable, Codable {
    /// World time of the last commit.
    public var now: Instant
    public var botID: ID<Bot>
    public var botLabel: String
    public var symbol: String
    /// Every symbol of which the bot has records, by name.
    public var symbols: [String]
    /// The close of the candle.
    public var at: Instant
    public var close: Price
    public var grid: SymbolGrid?
    public var templateName: String
    public var templateVersion: Int
    public var limitsVersion: Int
    /// Nil where this program cannot read it any more.
    public var template: Template?
    public var score: Double
    /// The side on which the score exceeds the threshold.
    public var lean: Side?
    public var entered: Bool
    /// In decision order; empty where the record or its template cannot be read.
    public var steps: [WhyStep]
    /// Deciding again from the record gives the same score, side and first blocker.
    public var replaysToTheSame: Bool
    /// Closes of the neighbouring candles on record.
    public var older: Instant?
    public var newer: Instant?

    public var blockers: [WhyStep] { steps.filter(\.blocks) }
    public var firstBlocker: WhyStep? { steps.first(where: \.isFirst) }

    /// `entered long`, or the first blocker in words.
    public var verdict: String {
        if entered { return "entered \(lean?.rawValue ?? "")" }
        return firstBlocker?.reason ?? "the record cannot be read"
    }

    /// Its verdict names the score already.
    public var saysScore: Bool {
        !entered && firstBlocker.map { $0.stage == .score && $0.name == "score" } ?? false
    }

    /// The newest record that is not after an instant.
    /// - Parameter symbol: nil takes the one with the newest record.
    /// - Returns: nil when no such record is kept.
    static func load(
        _ db: Reading, bot id: ID<Bot>, symbol: String? = nil, asOf instant: Instant? = nil
    ) throws(StoreError) -> WhyBoard? {
        guard let record = try db.decision(of: id, symbol: symbol, asOf: instant) else {
            return nil
        }
        let series = record.series
        let bot = try db.bot(id)
        let key = try bot?.keyID.flatMap { (id) throws(StoreError) in try db.key(id) }
        let instrument = InstrumentID(series.symbol, on: key?.venue ?? .simulated)
        var board = WhyBoard(
            now: try db.clock(), botID: id, botLabel: bot?.label ?? id.description,
            symbol: series.symbol, symbols: try db.decisionSymbols(of: id), at: record.at,
            close: record.close, grid: try db.grids()[instrument],
            templateName: series.templateName,
            templateVersion: series.templateVersion, limitsVersion: series.limitsVersion,
            template: try? record.template(), score: 0, entered: false, steps: [],
            replaysToTheSame: false)
        let before = record.at - .milliseconds(1)
        board.older = try db.decision(of: id, symbol: series.symbol, asOf: before)?.at
        board.newer = try db.nextDecision(of: id, symbol: series.symbol, after: record.at)
        board.explain(record, readings: try readings(db, record))
        return board
    }

    private mutating func explain(_ record: DecisionRecord, readings: [ComponentReading]) {
        guard let facts = record.decoded else { return }
        score = facts.score
        lean = facts.lean
        entered = facts.entered
        guard let template, let again = facts.redecide(template) else { return }
        replaysToTheSame = facts.agrees(with: again)
        steps =
            WhySteps(
                facts: facts, template: template, again: again,
                readings: readings.count == template.components.count ? readings : []
            ).all
    }

    /// The values behind the verdicts are kept for the newest candle only.
    private static func readings(
        _ db: Reading, _ record: DecisionRecord
    ) throws(StoreError) -> [ComponentReading] {
        let last = try db.lastDecisions(of: record.series.botID).first {
            $0.symbol == record.series.symbol && $0.at == record.at
        }
        return last.flatMap { ComponentReading.list(text: $0.readings) } ?? []
    }
}
