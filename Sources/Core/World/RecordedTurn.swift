/// Recorded candles, played as many at a time as nothing comes between.
import Store

extension World {
    /// Plays recorded candles until something else is to happen: another market, or what is due.
    func play(_ market: RecordedMarket, _ index: Int, to target: Instant) {
        nextMoments[index] = .never
        let rival = earliestMarket().moment
        // Nobody comes or goes while the clock advances.
        let watchers = trading.watchers[index]
        var isFirst = true
        let isPlain = !isCatchingUp && !journal.scope.contains(.state)
        while let candle = market.candle {
            let end = candle.openTime + market.candleSpan
            let whole = PriceStretch(low: candle.low, high: candle.high)
            if market.stage == .print {
                guard takes(Moment(candle.openTime, .open), target, rival, &isFirst) else { break }
                let close = Moment(end, .close)
                if isPlain, end <= target, close < rival, close < timeline.soonest,
                    trading.isQuiet(index, whole, watchers)
                {
                    state.now = end
                    barsTaken += 1
                    trading.passQuietly(index, candle, watchers, withOpen: true)
                    market.passCandle(candle)
                    trading.candleClosed(index, candle, watchers)
                    continue
                }
                trading.tradePrinted(index, market.passPrint(candle), nil, watchers)
            }
            if market.stage == .range {
                guard takes(Moment(end, .price), target, rival, &isFirst) else { break }
                barsTaken += 1
                market.passRange(candle)
                if isPlain, trading.isQuiet(index, whole, watchers) {
                    trading.passQuietly(index, candle, watchers, withOpen: false)
                } else {
                    trading.rangeTraded(index, candle, watchers)
                }
            }
            guard takes(Moment(end, .close), target, rival, &isFirst) else { break }
            market.passCandle(candle)
            trading.candleClosed(index, candle, watchers)
        }
        nextMoments[index] = market.nextMoment
        if market.nextAt == nil { trading.marketEnded(index) }
    }

    /// Stands at `at` when nothing else comes before: the first event of a stretch was chosen
    /// already. What a stretch schedules itself ends it.
    @inline(__always)
    private func takes(
        _ moment: Moment, _ target: Instant, _ rival: Moment, _ isFirst: inout Bool
    ) -> Bool {
        guard moment.at <= target, isFirst || (moment < rival && moment < timeline.soonest) else {
            return false
        }
        isFirst = false
        if moment.at > now { state.now = moment.at }
        return true
    }

    /// Recorded candles that open from an instant on are as good as not there.
    func endData(before end: Instant) {
        for (index, file) in recorded.enumerated() {
            guard let file else { continue }
            file.end(before: end)
            nextMoments[index] = file.nextMoment
        }
    }

    /// Rows of the recorded markets in all, where that is known; for progress.
    public var recordedRows: Int { markets.reduce(0) { $0 + $1.rowCount } }
}
