/// The share of its time that a bot held something.

import Store

public enum Exposure {
    /// Time covered by at least one of the intervals, inside a period, over the period.
    /// - Returns: nil for an empty period.
    static func share(
        of intervals: [(from: Instant, to: Instant)], from start: Instant, to end: Instant
    ) -> Rate? {
        guard end > start else { return nil }
        var covered: Int64 = 0
        var reached = start
        for (from, to) in intervals.sorted(by: { $0.from < $1.from }) {
            let begin = max(from, reached)
            let stop = min(to, end)
            guard stop > begin else { continue }
            covered += (stop - begin).milliseconds
            reached = stop
        }
        return Money(raw: covered).share(of: Money(raw: (end - start).milliseconds))
    }

    /// The mean over bots, each from its creation on where that lies inside the period.
    static func mean(
        of bots: [Bot], _ trades: [Trade], _ open: [Position], from start: Instant, to end: Instant
    ) -> Rate? {
        let closed = Dictionary(grouping: trades, by: \.botID)
        let held = Dictionary(grouping: open, by: \.botID)
        let shares = bots.compactMap { bot in
            share(
                of: (closed[bot.id] ?? []).map { ($0.openedAt, $0.closedAt) }
                    + (held[bot.id] ?? []).map { ($0.openedAt, end) },
                from: max(start, bot.createdAt), to: end)
        }
        return Distribution(shares).mean
    }
}
