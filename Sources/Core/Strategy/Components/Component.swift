/// A part of a strategy in one role: small protocols, one for each role.

import Store

/// What every component tells. One instance serves one template on one symbol.
protocol Component: AnyObject, SendableMetatype {
    static var kind: ComponentKind { get }
    /// Whether it looks at ``MarketContext``: the spread, the book, the time since the last exit.
    static var asksMarket: Bool { get }
    /// - Throws: ``TemplateError`` where parameters contradict each other.
    init(_ setting: ComponentSetting) throws(TemplateError)
    /// Closed candles before the one that first has a value.
    var warmUp: Int { get }
    /// The present value as short text, built only when somebody looks.
    var reading: String { get }
}

extension Component {
    static var asksMarket: Bool { false }
}

/// Sees each closed candle once and votes.
protocol SignalComponent: Component {
    func vote(_ bar: Bar, _ context: MarketContext) -> Vote
}

/// A filter, risk gate or entry guard: sees each closed candle once and lets entries pass or not.
protocol EntryCheck: Component {
    func verdict(_ bar: Bar, _ context: MarketContext) -> Verdict
}

/// An exit that is a price: it acts inside the next candle with the level as of the last close.
protocol LevelRule: Component {
    /// True for protection, false for a target.
    var isStop: Bool { get }
    /// Whether the level follows from the entry alone, and so never moves.
    static var staysPut: Bool { get }
    /// Nil while not armed or not warm. On the grid of the tick.
    func level(for track: PositionTrack) -> Price?
}

extension LevelRule {
    static var staysPut: Bool { false }
}

/// An exit that is asked at candle closes.
protocol CloseRule: Component {
    func triggers(for track: PositionTrack, _ decision: Decision) -> Bool
}

/// An exit rule with an indicator of its own.
protocol CandleFollower: AnyObject {
    func follow(_ bar: Bar)
}

/// An exit rule that compares with the ATR at the entry.
protocol EntryVolatilityRule: Component {
    var period: Int { get }
    /// The ATR as of the last close; nil until warm.
    var currentATR: Double? { get }
}
