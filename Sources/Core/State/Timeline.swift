/// What is due next: a queue ordered by instant, then by the order of insertion.
import Store

/// Something that a department of the world, or the desk, does at a known instant.
enum DueEvent: Sendable {
    case trading(TradingEvent)
    case fleet(FleetEvent)
    case desk(DeskEvent)
}

enum TradingEvent: Sendable {
    /// An order reaches the exchange.
    case deliver(ID<Order>)
    /// A close of this position filled in part.
    case closeAgain(ID<Bot>, ID<Position>, OrderPurpose, String)
    case reconcile
    case equitySnapshots
    case funding
    case newDay
    /// A cool-down of this bot may be over.
    case cooldown(ID<Bot>)
    /// Is the halt of this command finished?
    case haltPoll(ID<CommandRecord>)
    /// Messages from the exchange arrive.
    case letters
}

enum FleetEvent: Sendable {
    case heartbeats
    /// The provider answers about this bot.
    case jobPhase(ID<Bot>)
    case minute
}

enum DeskEvent: Sendable {
    case ticketAging
    /// Are there decision records older than they are kept?
    case pruning
}

/// A binary heap; ties go by rank, then to what was scheduled first.
struct Timeline {
    private struct Item {
        let at: Instant
        let sequence: UInt64
        let event: DueEvent
        func precedes(_ other: Item) -> Bool {
            guard at == other.at else { return at < other.at }
            let (mine, others) = (event.rank, other.event.rank)
            return mine == others ? sequence < other.sequence : mine < others
        }
    }

    private var heap: [Item] = []
    private var sequence: UInt64 = 0

    /// When the earliest event is due; never when nothing is.
    private(set) var soonest = Moment.never
    #if DEBUG
        /// On in a test of the tests alone: what is due comes before what ends at its instant.
        var comesFirst = false {
            didSet { findSoonest() }
        }
    #else
        var comesFirst: Bool { false }
    #endif

    mutating func schedule(_ event: DueEvent, at: Instant) {
        sequence += 1
        heap.append(Item(at: at, sequence: sequence, event: event))
        rise(from: heap.count - 1)
        findSoonest()
    }

    /// Whether some event is still to come, whenever that is.
    func awaits(_ event: (DueEvent) -> Bool) -> Bool { heap.contains { event($0.event) } }

    /// Takes the earliest event out.
    mutating func popFirst() -> (at: Instant, event: DueEvent)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(from: 0)
        findSoonest()
        return (first.at, first.event)
    }

    private mutating func findSoonest() {
        guard let first = heap.first?.at else { return soonest = .never }
        soonest = comesFirst ? Moment(first - .milliseconds(1), .open) : Moment(first, .due)
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

extension DueEvent {
    /// Of what is due at one instant: funding goes to the day that ends, and what is counted from
    /// then on, or written down, knows of it.
    var rank: Int {
        switch self {
        case .trading(.funding): 0
        case .trading(.newDay): 1
        case .trading(.equitySnapshots): 2
        default: 3
        }
    }
}
