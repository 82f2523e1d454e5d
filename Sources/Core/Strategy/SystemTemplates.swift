/// The templates that come with the product: read-only, to be copied.

import Store

/// **Source** PRODUCT section 5, system templates.
public enum SystemTemplates {
    public static let all: [Template] = [trendFollower, meanReverter]

    static let trendFollower = Template(
        name: "Trend Follower", kind: .system,
        summary: "Follows an established trend on the hour, with the trend of four hours.",
        timeframe: .oneHour, mode: .weighted, threshold: 0.5,
        components: [
            ComponentSpec("EMA Cross", .signal, weight: 2),
            ComponentSpec("MACD", .signal, weight: 1),
            ComponentSpec("Supertrend", .signal, weight: 2),
            ComponentSpec("Higher-Timeframe Trend", .filter),
            ComponentSpec("ADX / DMI", .filter),
            ComponentSpec("ATR", .gate),
            ComponentSpec("Distance from moving average", .guardRole),
            ComponentSpec("Hard Stop Loss", .exit),
            ComponentSpec("Chandelier Exit", .exit),
            ComponentSpec("Signal Flip Exit", .exit),
        ])

    static let meanReverter = Template(
        name: "Mean Reverter", kind: .system,
        summary: "Fades extremes of a quiet market that has no trend.",
        timeframe: .fifteenMinutes, mode: .majority, threshold: 0.5,
        components: [
            ComponentSpec("RSI", .signal),
            ComponentSpec("Bollinger Reversion", .signal),
            ComponentSpec("Z-Score", .signal),
            ComponentSpec("ADX / DMI", .filter, ["min": "0", "max": "20"]),
            ComponentSpec("Volatility Regime Classifier", .gate),
            ComponentSpec("Spread", .guardRole),
            ComponentSpec("Hard Stop Loss", .exit),
            ComponentSpec("Take Profit", .exit),
            ComponentSpec("Time Stop", .exit),
        ])
}
