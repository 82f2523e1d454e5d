/// The department that trades: entries, exits, orders, fills, limits, halts, reconciliation.
import Store

/// What a price, an answer of the exchange or a person's word sets off comes to its end here,
/// within the same call; what concerns more than trading is news.
final class Trading: Department {
    var venue: Venue
    /// Bots that trade a symbol, by symbol index, in the order of their ids.
    var watchers: [[Watcher]]
    var counters = Counters()
    var halts: [Halt] = []
    /// Closes that have ended since the desk last asked.
    var finishedHalts: [HaltResult] = []
    /// Why nothing is opened in the whole fleet, in words.
    var entryStops: [EntryStop: String] = [:]
    /// What of the exchange's rows was put right while it was loaded, until its bot is told.
    var repairs: [ID<APIKey>: [String]] = [:]
    /// Reused between prices, so that a quiet one allocates nothing.
    var exitRequests: [ExitRequest] = []
    /// What has happened since the world last asked that concerns more than trading.
    var news: [News] = []

    /// What follows from it beyond trading.
    enum News {
        /// A close whose bot is to be stopped then has ended.
        case flat(Halt)
    }

    init(on state: WorldState, weather: VenueWeather?) {
        venue = Venue(
            state.markets.map(\.instrument),
            remembersEnded: state.journal.scope.contains(.state), weather: weather)
        watchers = Array(repeating: [], count: state.markets.count)
        super.init(on: state)
    }

    func handle(_ event: TradingEvent) {
        switch event {
        case .deliver(let id): deliver(id)
        case .closeAgain(let bot, let id, let purpose, let reason):
            closeAgain(id, of: bot, purpose, reason)
        case .reconcile: reconcileAll()
        case .equitySnapshots: snapshotEquity()
        case .funding: settleFunding()
        case .newDay: beginDay()
        case .cooldown(let id): endCooldown(id)
        case .haltPoll(let id): pollHalt(id)
        case .letters: takeLetters()
        }
    }

    func schedule(_ event: TradingEvent, at due: Instant) {
        timeline.schedule(.trading(event), at: due)
    }

    /// What has been told since the last time.
    func takeNews() -> [News] {
        guard !news.isEmpty else { return [] }
        defer { news.removeAll() }
        return news
    }

    /// Closes that have ended since the last time: the desk ends their commands.
    func takeFinishedHalts() -> [HaltResult] {
        defer { finishedHalts.removeAll() }
        return finishedHalts
    }

    /// The transaction that was to end them has failed.
    func putBack(_ halts: [HaltResult]) { finishedHalts = halts }

    /// Numbers go on from those that were saved.
    func count(from counters: Counters) { self.counters = counters }
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
