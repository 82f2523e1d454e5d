/// What a bot decided at one closed candle of one symbol, as it is kept.

/// What consecutive records of a bot on a symbol have in common.
public struct DecisionSeries: Sendable, Equatable {
    public var botID: ID<Bot>
    public var symbol: String
    public var templateName: String
    public var templateVersion: Int
    /// The template that ran, in the format of `template export`.
    public var templateText: String
    /// 0 while the defaults were in force.
    public var limitsVersion: Int

    public init(
        botID: ID<Bot>, symbol: String, templateName: String, templateVersion: Int,
        templateText: String, limitsVersion: Int
    ) {
        self.botID = botID
        self.symbol = symbol
        self.templateName = templateName
        self.templateVersion = templateVersion
        self.templateText = templateText
        self.limitsVersion = limitsVersion
    }
}

extension DecisionSeries {
    /// Decided by the template, in the version, that the bot runs now.
    public func isOf(_ bot: Bot) -> Bool {
        templateName == bot.templateName && templateVersion == bot.templateVersion
    }
}

/// One record. **Source** <doc:ProductRules#Decisions>, <doc:ProductRules#Why-no-trade>.
public struct DecisionRecord: Sendable, Equatable {
    public var series: DecisionSeries
    /// The close of the candle.
    public var at: Instant
    public var close: Price
    /// Votes, verdicts, limits and outcome, packed by the core.
    public var facts: [UInt8]

    public init(series: DecisionSeries, at: Instant, close: Price, facts: [UInt8]) {
        self.series = series
        self.at = at
        self.close = close
        self.facts = facts
    }
}

/// The number of a stored series; meaningful inside one database only.
public struct DecisionSeriesNumber: Sendable, Hashable {
    let number: Int64
}
