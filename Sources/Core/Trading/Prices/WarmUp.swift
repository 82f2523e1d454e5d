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
        _ traded: TradedSymbol, exit: Instant?, history: ArraySlice<Candle>, in world: Department
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

extension Past {
    /// - Parameter symbols: by index.
    init(
        of symbols: [Int], for template: Template, in world: Department, _ database: Database
    ) throws(StoreError) {
        var candles: [String: [Candle]] = [:]
        for symbol in symbols {
            let name = world.markets[symbol].instrument.symbol
            candles[name] = try world.history(of: symbol, for: template, in: database)
        }
        self.init(candles)
    }
}

extension Department {
    /// The past base candles of a symbol, oldest first: all that a recorded market has played, so
    /// that a restart changes nothing; of a seeded one as many as a template's indicators want.
    fileprivate func history(
        of symbol: Int, for template: Template, in database: Database
    ) throws(StoreError) -> [Candle] {
        if let past = markets[symbol].recordedPast { return past }
        let needed = (try? Strategy(template, tick: Price(raw: 1)).warmUpCandles) ?? 0
        let from = pastBegins(for: template, needing: needed)
        let id = markets[symbol].instrument.id
        let stored = try database.read { db throws(StoreError) in
            try db.candles(of: id, from: from, to: now)
        }
        // Those of this turn are not written down yet.
        return stored + journal.candles.filter { $0.symbol == symbol }.map(\.candle)
    }

    /// From when on a seeded market's candles are read for a template.
    /// - Parameter needed: candles of its timeframe until its indicators are warm.
    func pastBegins(for template: Template, needing needed: Int) -> Instant {
        now - template.timeframe.span * Int64(needed * 2 + 50)
    }
}

extension Trading {
    /// Gives every bot the past of its symbols, so that its indicators speak as if it had run.
    /// - Parameter exits: when it last closed a position, by symbol: what a cool-down counts from.
    func warmUp(
        _ id: ID<Bot>, exits: [String: Instant] = [:], history: (String) -> [Candle]
    ) {
        guard let bot = machine(id) else { return }
        for traded in bot.traded {
            let symbol = traded.instrument.symbol
            warmUp(traded, exit: exits[symbol], history: history(symbol))
        }
        refreshLevels(bot)
    }

    func warmUp(_ traded: TradedSymbol, exit: Instant? = nil, history: [Candle]) {
        var warmUp = WarmUp(traded, exit: exit, history: history[...], in: self)
        warmUp.hear()
    }
}
