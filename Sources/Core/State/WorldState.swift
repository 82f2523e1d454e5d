/// What the departments of a world share: the instant, what is due, the journal, markets and bots.
import Store

/// No rule lives here: departments read it and change it, and it calls none of them.
final class WorldState {
    let settings: WorldSettings
    var now: Instant
    var timeline = Timeline()
    var journal: Journal
    var markets: [Market]
    /// The markets that play recorded candles, by symbol index; those have no book.
    let recorded: [RecordedMarket?]
    /// In the order of their ids.
    var bots: [BotMachine] = []
    /// While the market catches up with a clock that ran without an engine, bots only listen.
    var isCatchingUp = false
    /// Candles of a seeded market that opened earlier are not written down.
    var candlesFrom = Instant(milliseconds: .min)
    /// Nothing, but in a test of the tests.
    var disarmed: Switches<Safeguard> = [] {
        didSet {
            #if DEBUG
                timeline.comesFirst = disarmed.contains(.boundaryOrder)
            #endif
        }
    }
    /// Words that say which bot is worked on: see ``Department/working(on:_:)``. Nil where nobody
    /// reads them.
    var work: UnsafeMutablePointer<Int64>?
    /// The bot whose row is written just now; it stands where the store refuses that row.
    var writing: ID<Bot>?
    /// Nothing, but in a test of what a trap leaves behind.
    var trapsAt: ID<Bot>?
    /// Set where somebody checks this world from outside.
    var trail: LifeTrail?
    private let indices: [InstrumentID: Int]
    /// Where the bot stood that was last seen to hold a key.
    private var holders = SortedMap<ID<APIKey>, Int>()

    init(
        settings: WorldSettings, markets: [Market], at now: Instant, journal scope: Journal.Scope
    ) {
        self.settings = settings
        self.markets = markets
        self.now = now
        journal = Journal(scope: scope)
        recorded = markets.map(\.recorded)
        var indices: [InstrumentID: Int] = [:]
        for (index, market) in markets.enumerated() { indices[market.instrument.id] = index }
        self.indices = indices
    }

    /// The index of an instrument's market; nil when there is none.
    func symbol(_ id: InstrumentID) -> Int? { indices[id] }

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
}
