/// What a bot thought at its last candle.

/// Newest decision of a bot for a symbol.
public struct LastDecision: Sendable, Equatable, Codable {
    public var botID: ID<Bot>
    public var symbol: String
    /// Close of the candle.
    public var at: Instant
    public var close: Price
    public var score: Double
    public var threshold: Double
    /// Side that the score asks for, nil for none.
    public var side: Side?
    /// `entered`, `no signal`, or the first blocker.
    public var verdict: String
    /// Every component with its value and state, as JSON.
    public var readings: String

    public init(
        botID: ID<Bot>, symbol: String, at: Instant, close: Price, score: Double,
        threshold: Double, side: Side? = nil, verdict: String, readings: String
    ) {
        self.botID = botID
        self.symbol = symbol
        self.at = at
        self.close = close
        self.score = score
        self.threshold = threshold
        self.side = side
        self.verdict = verdict
        self.readings = readings
    }
}
