/// The common work of all engines as an ordinary template and ordinary settings.

import Core
import Store

/// Every engine that is compared runs this. **Source** <doc:CommandLine#The-common-work>.
enum CommonWork {
    /// Candles to see before the first entry.
    static let warmUp = 200
    static let equity = Money.units(1_000_000)
    /// 0.05 % of notional on each side.
    static let fee = Rate.basisPoints(5)

    /// The template file, for a quantity and a timeframe.
    static func text(quantity: Quantity, timeframe: Timeframe) -> String {
        """
        [template]
        name = Common Work
        description = The work that every engine is measured by.
        timeframe = \(timeframe.rawValue)
        mode = weighted
        threshold = 0.5
        direction = long
        sizing = quantity \(quantity)
        leverage = 1
        warm_up = \(warmUp)

        [signal EMA Cross]
        fast = 12
        slow = 26
        on = cross

        [filter RSI]
        period = 14
        low = 40
        high = 70

        [gate ATR]
        period = 14
        min = 0
        max = 5

        [exit ATR Stop]
        period = 14
        multiple = 2

        [exit Signal Flip Exit]
        """
    }

    /// Every limit is evaluated. They are as wide as they go, since the common work has none; a
    /// losing streak has no end there. Its bound on notional is the exchange's margin check: with
    /// leverage 1 an entry is refused unless the wallet, 1,000,000 at first, pays for all of it.
    static let limits = RiskLimits(
        maxPositionsPerAsset: 20, maxPositionsTotal: 100, maxLossPerTrade: .percent(50),
        dailyLoss: .percent(50), consecutiveLosses: .max, maxLeverage: 100,
        maxSlippage: .percent(5), apiErrors: 100)

    /// - Throws: ``FileError``; the text above is one that can be read.
    static func template(
        quantity: Quantity, timeframe: Timeframe = .oneMinute
    ) throws(FileError) -> Template {
        try TemplateFile.parse(
            text(quantity: quantity, timeframe: timeframe), file: "bench.template")
    }

    /// What `bench engine` runs over a file.
    /// - Throws: ``FileError`` for a file that is no candle file.
    static func request(_ file: String, _ quantity: Quantity) throws(FileError) -> ReplayRequest {
        ReplayRequest(
            file: file,
            template: try template(quantity: quantity, timeframe: try timeframe(of: file)),
            limits: limits, fees: fee, equity: equity)
    }

    /// The timeframe of a file: the smallest distance between its first rows.
    /// - Throws: ``FileError`` for a file that is no candle file.
    private static func timeframe(of path: String) throws(FileError) -> Timeframe {
        let file = try CandleFile(path)
        try file.expectRereading()
        var previous: Instant?
        var span = Span.days(1)
        while file.row < 100, let candle = try file.next() {
            if let previous { span = min(span, candle.openTime - previous) }
            previous = candle.openTime
        }
        return Timeframe.allCases.first { $0.span == span } ?? .oneMinute
    }
}
