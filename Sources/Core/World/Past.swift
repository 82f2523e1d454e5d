/// The closed candles that indicators start from when they start in the middle of a market.
import Store

/// Read before anything is written: a look into the store from within a transaction fails, and a
/// template without a past would hold positions by rules that know no level yet.
struct Past {
    private var candles: [String: [Candle]] = [:]

    /// Of no symbol.
    init() {}

    /// - Parameter symbols: by index.
    init(
        of symbols: [Int], for template: Template, in world: World, _ database: Database
    ) throws(StoreError) {
        for symbol in symbols {
            let name = world.markets[symbol].instrument.symbol
            candles[name] = try world.history(of: symbol, for: template, in: database)
        }
    }

    /// Oldest first; empty for a symbol that was not asked for.
    subscript(symbol: String) -> [Candle] { candles[symbol] ?? [] }
}

extension World {
    /// The past base candles of a symbol, oldest first: all that a recorded market has played, so
    /// that a restart changes nothing; of a seeded one as many as a template's indicators want.
    fileprivate func history(
        of symbol: Int, for template: Template, in database: Database
    ) throws(StoreError) -> [Candle] {
        if let past = markets[symbol].recordedPast { return past }
        let needed = (try? Strategy(template, tick: Price(raw: 1)).warmUpCandles) ?? 0
        let from = pastBegins(for: template, needing: needed)
        let name = markets[symbol].instrument.symbol
        let stored = try database.read { db throws(StoreError) in
            try db.candles(of: name, from: from, to: now)
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
