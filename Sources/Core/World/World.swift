/// The whole system in one place and one thread: time, and the departments that it comes to.
import Store

/// Deterministic and synchronous: it is told the time, and collects what must be written.
public final class World: Department {
    let trading: Trading
    let fleet: Fleet
    /// When each market has its next event; never after its end. Kept beside the markets, so
    /// that finding the earliest touches nothing else.
    var nextMoments: ContiguousArray<Moment>
    /// Recorded candles taken so far, over all markets.
    public internal(set) var barsTaken = 0
    /// An hour has passed since tickets were last looked at.
    var ticketsMayHaveAged = false
    /// An hour has passed since decision records were last pruned.
    var decisionsMayBeOld = false

    public init(
        settings: WorldSettings, markets: [Market], at now: Instant,
        journal scope: Journal.Scope = .everything, weather: VenueWeather? = nil
    ) {
        let state = WorldState(settings: settings, markets: markets, at: now, journal: scope)
        trading = Trading(on: state, weather: weather)
        fleet = Fleet(on: state, trading)
        nextMoments = ContiguousArray(markets.map(\.nextMoment))
        super.init(on: state)
        scheduleCalendar()
        if settings.keepsHouse { scheduleHousekeeping() }
    }

    /// Takes every event up to and including `target` in order, then stands at `target`.
    /// - Parameter endsWithData: once every recorded market has ended, and what is due at that
    ///   instant is done, time stands still.
    public func advance(to target: Instant, endsWithData: Bool = false) {
        while true {
            let (market, marketMoment) = earliestMarket()
            let due = timeline.soonest
            let next = min(due, marketMoment)
            guard next.at <= target, next < .never else { break }
            if due < marketMoment {
                if endsWithData, marketMoment == .never, due.at > now { return }
                takeDue()
            } else if let file = recorded[market] {
                play(file, market, to: target)
            } else {
                takeMarket(market)
            }
        }
        if target > now, !(endsWithData && isOver) { state.now = target }
    }

    /// When the next event is due; nil when nothing ever will be.
    public var nextEventAt: Instant? {
        let next = min(earliestMarket().moment, timeline.soonest)
        return next < .never ? next.at : nil
    }

    /// All recorded markets have ended and nothing is on its way.
    public var isOver: Bool { nextMoments.allSatisfy { $0 == .never } }

    /// The market whose event comes first, the first of several; never when all have ended.
    @inline(__always)
    func earliestMarket() -> (index: Int, moment: Moment) {
        var best = 0
        var earliest = Moment.never
        for index in nextMoments.indices where nextMoments[index] < earliest {
            best = index
            earliest = nextMoments[index]
        }
        return (best, earliest)
    }

    private func takeMarket(_ index: Int) {
        guard let timed = state.markets[index].next() else { return }
        nextMoments[index] = markets[index].nextMoment
        if timed.at > now { state.now = timed.at }
        let watchers = trading.watchers[index]
        switch timed.event {
        case .trade(let price): trading.tradePrinted(index, price, markets[index].book, watchers)
        case .candle(let candle): trading.candleClosed(index, candle, watchers)
        case .range: preconditionFailure("a seeded market prints, it has no ranges")
        }
    }

    private func takeDue() {
        guard let due = timeline.popFirst() else { return }
        if due.at > now { state.now = due.at }
        switch due.event {
        case .trading(let event): trading.handle(event)
        case .fleet(let event): fleet.handle(event)
        case .desk(let event): handle(event)
        }
        for news in trading.takeNews() { heed(news) }
    }

    private func heed(_ news: Trading.News) {
        switch news {
        case .flat(let halt):
            if let bot = halt.bots.first.flatMap({ machine($0) }) {
                let isStopped = fleet.windDown(
                    bot, command: halt.command, words: "flat", by: nil)
                guard isStopped else { return }
            }
            trading.end(halt)
        }
    }
}
