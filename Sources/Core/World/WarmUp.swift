/// A strategy hears the past of its symbol, as many candles at a time as there is room for.
import Store

/// So that its indicators speak as if the bot had run.
struct WarmUp {
    private let traded: TradedSymbol
    private let exit: Instant?
    private let history: ArraySlice<Candle>
    private let context: MarketContext
    private var next: Int

    /// - Parameters:
    ///   - exit: when the bot last closed a position in the symbol: what a cool-down counts from.
    ///   - history: base candles, oldest first.
    init(
        _ traded: TradedSymbol, exit: Instant?, history: ArraySlice<Candle>, in world: World
    ) {
        self.traded = traded
        self.exit = exit
        self.history = history
        context = MarketContext(spread: world.markets[traded.symbol].spread)
        next = history.startIndex
        let span = traded.strategy.template.timeframe.span
        // Closes before the history begins are counted by the clock.
        let start = (history.first?.openTime ?? world.now).floored(to: span)
        traded.candlesSinceExit = exit.map { exit in
            Int(max((start - exit.floored(to: span)).milliseconds / span.milliseconds, 0))
        }
    }

    var isOver: Bool { next == history.endIndex }

    /// Hears so many candles more, or what is left.
    mutating func hear(_ count: Int = .max) {
        let end = next + min(count, history.endIndex - next)
        let span = traded.strategy.template.timeframe.span
        while next < end {
            let closed = traded.aggregator.add(history[next])
            next += 1
            for whole in [closed.late, closed.complete] {
                guard let whole else { continue }
                _ = traded.strategy.close(whole, context, sessionOpen: true)
                if let exit, whole.openTime + span > exit { traded.candleClosed() }
            }
        }
    }
}
