/// Seeded candles in a file of the test's own, so that a plain clone proves replays too.
import Store
import TestKit

@testable import Core

struct ReplayFixture {
    let scratch = Scratch("plutarc-candles")
    let file: String
    let rows: [Candle]

    /// The standard rows, or others.
    init(_ rows: [Candle] = standard, name: String = "F") {
        self.rows = rows
        file = scratch.write("\(name)-PERP.csv", Self.text(rows))
    }

    /// A month of five-minute candles, played once.
    static let standard = play(seed: 5, days: 30, to: .fiveMinutes)

    /// - Parameter timeframe: of the candles; the market itself prints every minute.
    static func play(
        seed: UInt64, days: Int64, to timeframe: Timeframe, listing: MarketListing = listing
    ) -> [Candle] {
        let start = Instant(year: 2026, month: 1, day: 5)
        var model = MarketModel(
            listing, dice: Randomness(seed: seed), start: start, step: .seconds(60))
        var aggregator = CandleAggregator(from: .minutes(1), to: timeframe)
        var rows: [Candle] = []
        while model.nextAt <= start + .days(days) {
            guard case .candle(let candle) = model.next().event else { continue }
            if let whole = aggregator.add(candle).complete { rows.append(whole) }
        }
        return rows
    }

    /// Its rows with some changed, in another file.
    func changed(_ name: String, _ change: (inout [Candle]) -> Void) -> String {
        var rows = rows
        change(&rows)
        return scratch.write(name, Self.text(rows))
    }

    static let listing: MarketListing = {
        var listing = MarketListing.all[2]
        listing.volatility = 0.9
        return listing
    }()

    static func text(_ rows: [Candle]) -> String {
        rows.reduce(into: "open_time_ms,open,high,low,close,volume\n") { text, row in
            text += "\(row.openTime.milliseconds),\(row.open),\(row.high),\(row.low),"
                + "\(row.close),\(row.volume)\n"
        }
    }

    /// The row of an open time with its open moved by one part in five hundred.
    static func moveOpen(at time: Instant, in rows: inout [Candle]) {
        guard let index = rows.firstIndex(where: { $0.openTime == time }) else { return }
        let moved = Price(raw: rows[index].open.raw / 500 * 501)
        rows[index].open = moved
        rows[index].high = max(rows[index].high, moved)
        rows[index].low = min(rows[index].low, moved)
    }
}
