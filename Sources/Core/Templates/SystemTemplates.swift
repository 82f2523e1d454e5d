/// The eight templates that come with the product: read-only, to be copied.

import Store

/// **Source** <doc:ProductRules#System-templates>.
public enum SystemTemplates {
    /// In the order in which people see them.
    public static let all: [Template] = [
        trendFollower, meanReverter, volatilityBreakout, fundingFade, momentumPullback,
        rangeScalper, sessionBreakout, orderFlowMomentum,
    ]

    static let trendFollower = make(
        "Trend Follower", "Follows an established trend on the hour, with the trend of four hours.",
        .oneHour, .weighted, 0.5,
        signals: [("EMA Cross", 2), ("MACD", 1), ("Supertrend", 2)],
        [
            ComponentSpec("Higher-Timeframe Trend", .filter),
            ComponentSpec("ADX / DMI", .filter),
            ComponentSpec("ATR", .gate),
            ComponentSpec("Distance from moving average", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Chandelier Exit", "Signal Flip Exit"])

    static let meanReverter = make(
        "Mean Reverter", "Fades extremes of a quiet market that has no trend.",
        .fifteenMinutes, .majority, 0.5,
        signals: [("RSI", 1), ("Bollinger Reversion", 1), ("Z-Score", 1)],
        [
            ComponentSpec("ADX / DMI", .filter, ["min": "0", "max": "20"]),
            ComponentSpec("Volatility Regime Classifier", .gate),
            ComponentSpec("Spread", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Take Profit", "Time Stop"])

    static let volatilityBreakout = make(
        "Volatility Breakout", "Follows a sudden move out of a quiet market.",
        .fifteenMinutes, .weighted, 0.6,
        signals: [("ATR Breakout", 2), ("Keltner Squeeze", 1), ("Donchian Breakout", 1)],
        [
            ComponentSpec("Volume Spike", .gate),
            ComponentSpec("Minimum potential move", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Trailing Stop", "Volatility Exit"])

    static let fundingFade = make(
        "Funding Fade", "Trades against the side that pays dearly to hold its positions.",
        .oneHour, .weighted, 0.5,
        signals: [("Funding Rate", 2), ("RSI", 1), ("Open Interest Divergence", 1)],
        [
            ComponentSpec("Volatility Regime Classifier", .gate),
            ComponentSpec("Distance from moving average", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Take Profit", "Time Stop"])

    static let momentumPullback = make(
        "Momentum Pullback", "Joins a strong move after a pause, with the trend of four hours.",
        .oneHour, .weighted, 0.5,
        signals: [("Rate of Change", 1), ("Stochastic", 1), ("EMA Cross", 2)],
        [
            ComponentSpec("Higher-Timeframe Trend", .filter),
            ComponentSpec("Distance from moving average", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Break-Even Stop", "Trailing Stop"])

    static let rangeScalper = make(
        "Range Scalper", "Fades the edges of a range, many times a day.",
        .fiveMinutes, .majority, 0.6,
        signals: [("VWAP Deviation", 1), ("Bollinger Reversion", 1), ("Stochastic", 1)],
        [
            ComponentSpec("ADX / DMI", .filter, ["min": "0", "max": "18"]),
            ComponentSpec("Spread", .filter),
            ComponentSpec("Minimum potential move", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Take Profit", "Time Stop"])

    static let sessionBreakout = make(
        "Session Breakout", "Follows a breakout on volume in the first hours of a session.",
        .fiveMinutes, .unanimous, 0.5,
        signals: [("Donchian Breakout", 1), ("Volume Spike", 1)],
        [
            ComponentSpec("ATR", .gate),
            ComponentSpec("Spread", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Take Profit", "Time Stop"],
        sessions: [
            opening("Tokyo", 9 * 60, "Asia/Tokyo"),
            opening("London", 8 * 60, "Europe/London"),
            opening("New York", 9 * 60 + 30, "America/New_York"),
        ])

    static let orderFlowMomentum = make(
        "Order-Flow Momentum", "Follows a heavy order book with the move and the volume.",
        .oneMinute, .weighted, 0.6,
        signals: [("Order Book Imbalance", 2), ("Rate of Change", 1), ("OBV Trend", 1)],
        [
            ComponentSpec("Spread", .filter),
            ComponentSpec("Volume Spike", .gate),
            ComponentSpec("Minimum potential move", .guardRole),
            ComponentSpec("Cooldown", .guardRole),
        ],
        exits: ["Hard Stop Loss", "Trailing Stop", "Time Stop"])

    private static func make(
        _ name: String, _ summary: String, _ timeframe: Timeframe, _ mode: Template.Mode,
        _ threshold: Double, signals: [(String, Double)], _ checks: [ComponentSpec],
        exits: [String], sessions: [SessionWindow] = []
    ) -> Template {
        Template(
            name: name, kind: .system, summary: summary, timeframe: timeframe, mode: mode,
            threshold: threshold,
            components: signals.map { ComponentSpec($0.0, .signal, weight: $0.1) } + checks
                + exits.map { ComponentSpec($0, .exit) },
            sessions: sessions)
    }

    /// The first three hours of a session, Monday to Friday in its own zone.
    private static func opening(_ name: String, _ start: Int, _ zone: String) -> SessionWindow {
        SessionWindow(name: name, days: Set(0...4), start: start, end: start + 180, zone: zone)
    }
}
