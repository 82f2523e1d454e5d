/// The whole system in one place and one thread: markets, exchange, bots and what is due next.
import Store

/// What a world is told once, at its birth.
public struct WorldSettings: Sendable {
    /// Part of every client order id; random at creation and at each restore.
    /// **Source** <doc:SafetyRules#Intent-before-sending>.
    public var generation: String
    /// The engine's turn on the lease; written on every order.
    /// **Source** <doc:SafetyRules#The-epoch>.
    public var epoch: Int64
    /// Time from the bot to the exchange; zero over recorded candles.
    public var latency: Span
    /// Background duties of a real bot: heartbeats, reconciliation, snapshots.
    public var keepsHouse: Bool
    /// How often equity is written down.
    public var snapshotEvery: Span

    /// That, unless a world is told otherwise.
    static let snapshotSpacing = Span.minutes(15)

    public init(
        generation: String, epoch: Int64 = 1, latency: Span = .milliseconds(80),
        keepsHouse: Bool = true, snapshotEvery: Span? = nil
    ) {
        self.generation = generation
        self.epoch = epoch
        self.latency = latency
        self.keepsHouse = keepsHouse
        self.snapshotEvery = snapshotEvery ?? Self.snapshotSpacing
    }
}

/// Deterministic and synchronous: it is told the time, and collects what must be written.
public final class World {
    public internal(set) var now: Instant
    public private(set) var markets: [Market]
    public internal(set) var journal: Journal
    var settings: WorldSettings
    var venue: PaperVenue
    var weather: VenueWeather?
    var timeline = Timeline()
    /// In the order of their ids.
    var bots: [BotMachine] = []
    /// Nothing, but in a test of the tests.
    var disarmed: Switches<Guard> = [] {
        didSet { timeline.comesFirst = !isOn(.boundaryOrder) }
    }

    /// Everywhere but in a test of the tests.
    @inline(__always)
    func isOn(_ one: Guard) -> Bool { disarmed.isEmpty || !disarmed.contains(one) }

    var halts: [Halt] = []
    /// Closes that have ended since the desk last asked.
    var finishedHalts: [HaltResult] = []
    var finishedJobs: [JobResult] = []
    /// Words that say which bot is worked on: see ``working(on:_:)``. Nil where nobody reads them.
    var work: UnsafeMutablePointer<Int64>?
    /// Nothing, but in a test of what a trap leaves behind.
    var trapsAt: ID<Bot>?
    /// Set where somebody checks this world from outside.
    var trail: LifeTrail?
    /// A line to the exchange with faults; nil: a perfect one.
    var faultyLine: FaultyLine? {
        didSet { isOnPerfectLine = faultyLine == nil }
    }
    /// Whether there is no such line: asked with every event.
    private(set) var isOnPerfectLine = true
    var compute: any ComputeProvider = SimulatedCompute(seed: 0)
    var billing = Billing()
    /// The newest update that goes in cohorts.
    var rollout: RolloutWork?
    /// Commands whose cohort has begun since the desk last asked.
    var startedCommands: [ID<CommandRecord>] = []
    /// A link is back, and commands have waited for it.
    var linksHaveReturned = false
    /// An hour has passed since tickets were last looked at.
    var ticketsMayHaveAged = false
    /// An hour has passed since decision records were last pruned.
    var decisionsMayBeOld = false
    var counters = Counters()
    /// Bots that trade a symbol, by symbol index, in the order of their ids.
    var watchers: [[Watcher]]
    /// While the market catches up with a clock that ran without an engine, bots only listen.
    var isCatchingUp = false
    /// Candles of a seeded market that opened earlier are not written down.
    var candlesFrom = Instant(milliseconds: .min)
    /// Why nothing is opened in the whole fleet, in words.
    var entryStops: [EntryStop: String] = [:]
    /// Where the bot stood that was last seen to hold a key.
    private var holders = SortedMap<ID<APIKey>, Int>()
    /// Reused between events, so that a quiet price allocates nothing.
    var venueEvents: [VenueEvent] = []
    var exitRequests: [ExitRequest] = []
    /// The markets that play recorded candles, by symbol index; those have no book.
    let recorded: [RecordedMarket?]
    /// Recorded candles taken so far, over all markets.
    public private(set) var barsTaken = 0
    private let symbols: [String: Int]
    /// When each market has its next event; never after its end. Kept beside the markets, so
    /// that finding the earliest touches nothing else.
    private var nextMoments: ContiguousArray<Moment>

    public init(
        settings: WorldSettings, markets: [Market], at now: Instant,
        journal scope: Journal.Scope = .everything, weather: VenueWeather? = nil
    ) {
        self.settings = settings
        self.markets = markets
        self.now = now
        self.journal = Journal(scope: scope)
        self.weather = weather
        self.recorded = markets.map(\.recorded)
        self.nextMoments = ContiguousArray(markets.map(\.nextMoment))
        self.venue = PaperVenue(instruments: markets.map(\.instrument))
        venue.remembersEnded = scope.contains(.state)
        self.watchers = Array(repeating: [], count: markets.count)
        var symbols: [String: Int] = [:]
        for (index, market) in markets.enumerated() { symbols[market.instrument.symbol] = index }
        self.symbols = symbols
        scheduleCalendar()
        if settings.keepsHouse { scheduleHousekeeping() }
    }

    /// The index of a symbol; nil when no market trades it.
    public func symbol(_ name: String) -> Int? { symbols[name] }

    func machine(_ id: ID<Bot>) -> BotMachine? {
        var low = 0
        var high = bots.count
        while low < high {
            let middle = (low + high) / 2
            if bots[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < bots.count && bots[low].id == id ? bots[low] : nil
    }

    /// The bot that holds a key; nil when none does.
    func machine(key: ID<APIKey>) -> BotMachine? {
        if let place = holders[key], place < bots.count, bots[place].record.keyID == key {
            return bots[place]
        }
        let place = bots.firstIndex { $0.record.keyID == key }
        holders[key] = place
        return place.map { bots[$0] }
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
        if target > now, !(endsWithData && isOver) { now = target }
    }

    /// When the next event is due; nil when nothing ever will be.
    public var nextEventAt: Instant? {
        let next = min(earliestMarket().moment, timeline.soonest)
        return next < .never ? next.at : nil
    }

    /// Rows of the recorded markets in all, where that is known; for progress.
    public var recordedRows: Int { markets.reduce(0) { $0 + $1.rowCount } }

    /// All recorded markets have ended and nothing is on its way.
    public var isOver: Bool { nextMoments.allSatisfy { $0 == .never } }

    /// The market whose event comes first, the first of several; never when all have ended.
    @inline(__always)
    private func earliestMarket() -> (index: Int, moment: Moment) {
        var best = 0
        var earliest = Moment.never
        for index in nextMoments.indices where nextMoments[index] < earliest {
            best = index
            earliest = nextMoments[index]
        }
        return (best, earliest)
    }

    /// Recorded candles that open from an instant on are as good as not there.
    func endData(before end: Instant) {
        for (index, file) in recorded.enumerated() {
            guard let file else { continue }
            file.end(before: end)
            nextMoments[index] = file.nextMoment
        }
    }

    private func takeDue() {
        guard let due = timeline.popFirst() else { return }
        if due.at > now { now = due.at }
        handle(due.event)
    }

    private func takeMarket(_ index: Int) {
        guard let timed = markets[index].next() else { return }
        nextMoments[index] = markets[index].nextMoment
        if timed.at > now { now = timed.at }
        switch timed.event {
        case .trade(let price): tradePrinted(index, price, markets[index].book, watchers[index])
        case .candle(let candle): candleClosed(index, candle, watchers[index])
        case .range: preconditionFailure("a seeded market prints, it has no ranges")
        }
    }

    /// Plays recorded candles until something else is to happen: another market, or what is due.
    private func play(_ market: RecordedMarket, _ index: Int, to target: Instant) {
        nextMoments[index] = .never
        let rival = earliestMarket().moment
        // Nobody comes or goes while the clock advances.
        let watchers = watchers[index]
        var isFirst = true
        let isPlain = !isCatchingUp && !journal.scope.contains(.state)
        while let candle = market.candle {
            let end = candle.openTime + market.candleSpan
            let whole = PriceStretch(low: candle.low, high: candle.high)
            if market.stage == .print {
                guard takes(Moment(candle.openTime, .open), target, rival, &isFirst) else { break }
                let close = Moment(end, .close)
                if isPlain, end <= target, close < rival, close < timeline.soonest,
                    isQuiet(index, whole, watchers)
                {
                    now = end
                    barsTaken += 1
                    passQuietly(index, candle, watchers, withOpen: true)
                    market.passCandle(candle)
                    candleClosed(index, candle, watchers)
                    continue
                }
                tradePrinted(index, market.passPrint(candle), nil, watchers)
            }
            if market.stage == .range {
                guard takes(Moment(end, .price), target, rival, &isFirst) else { break }
                barsTaken += 1
                market.passRange(candle)
                if isPlain, isQuiet(index, whole, watchers) {
                    passQuietly(index, candle, watchers, withOpen: false)
                } else {
                    rangeTraded(index, candle, watchers)
                }
            }
            guard takes(Moment(end, .close), target, rival, &isFirst) else { break }
            market.passCandle(candle)
            candleClosed(index, candle, watchers)
        }
        nextMoments[index] = market.nextMoment
        if market.nextAt == nil { marketEnded(index) }
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
        if moment.at > now { now = moment.at }
        return true
    }
}

/// The next free ids; the application makes them, so that a later control plane can too.
struct Counters {
    var order: Int64 = 1
    var fill: Int64 = 1
    var position: Int64 = 1

    mutating func nextOrder() -> ID<Order> {
        defer { order += 1 }
        return ID(order)
    }
    mutating func nextFill() -> ID<Fill> {
        defer { fill += 1 }
        return ID(fill)
    }
    mutating func nextPosition() -> ID<Position> {
        defer { position += 1 }
        return ID(position)
    }
}
