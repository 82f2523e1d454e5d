/// The past candles of each symbol, read once for all bots that trade it, a few at a time.
import Store

/// Only while a fleet is loaded: nothing is committed meanwhile that would change them.
final class SharedPast {
    private let world: World
    private let database: Database
    private var whole: [Int: Stretch] = [:]
    /// The one that is being read.
    private var reading: (symbol: Int, stretch: Stretch, file: CandleFile?)?

    /// Candles of a symbol from an instant on, oldest first.
    private struct Stretch {
        var from: Instant
        var candles: [Candle] = []
    }

    /// Candles read in one step: a few milliseconds.
    private static let step = 4000

    init(of world: World, in database: Database) {
        self.world = world
        self.database = database
    }

    /// The base candles that a strategy starts from; nil while more of them have to be read, by
    /// asking again. Of a recorded market all that it has played, whatever `from` says.
    func candles(
        of symbol: Int, from: Instant
    ) throws(StoreError) -> ArraySlice<Candle>? {
        let isRecorded = world.markets[symbol].recorded != nil
        if let known = whole[symbol], isRecorded || known.from <= from {
            return isRecorded ? known.candles[...] : known.candles.opening(from: from)
        }
        if reading?.symbol != symbol {
            let file = world.markets[symbol].recorded.flatMap { try? CandleFile($0.path) }
            reading = (symbol, Stretch(from: from), file)
        }
        if try readOn(isRecorded) {
            whole[symbol] = reading?.stretch
            reading = nil
        }
        return nil
    }

    /// - Returns: whether that was the last of them.
    private func readOn(_ isRecorded: Bool) throws(StoreError) -> Bool {
        guard let (symbol, stretch, file) = reading else { return true }
        reading?.stretch.candles = []
        var candles = stretch.candles
        defer { reading?.stretch.candles = candles }
        let wanted = candles.count + Self.step
        if isRecorded {
            let played = world.markets[symbol].recorded?.played ?? 0
            while candles.count < min(wanted, played), let next = try? file?.next() {
                candles.append(next)
            }
            return candles.count < wanted
        }
        let id = world.markets[symbol].instrument.id
        let start = candles.last.map { $0.openTime + .milliseconds(1) } ?? stretch.from
        let now = world.now
        var damage: String?
        candles += try database.read { db throws(StoreError) in
            try db.sparing([], &damage) { () throws(StoreError) in
                try db.candles(of: id, from: start, to: now, limit: Self.step)
            }
        }
        if let damage { world.trading.stopEntries(damage: [damage]) }
        return candles.count < wanted
    }
}

extension [Candle] {
    /// Those that open at an instant or later.
    fileprivate func opening(from: Instant) -> ArraySlice<Candle> {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].openTime < from { low = middle + 1 } else { high = middle }
        }
        return self[low...]
    }
}
