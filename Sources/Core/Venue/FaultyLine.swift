/// A line to the exchange that loses, delays, doubles and reorders messages; for simulations.
import Store

/// What a bot's side has heard of the exchange: messages in their order, each once.
struct VenueInbox: Sendable, Equatable {
    private(set) var expected: [ID<APIKey>: Int] = [:]
    private var early: [ID<APIKey>: [Int: VenueEvent]] = [:]

    /// - Returns: what can be taken now; nothing for a message that was had before, or that comes
    ///   before one that is missing.
    mutating func take(_ number: Int, _ event: VenueEvent) -> [VenueEvent] {
        let key = event.keyID
        guard number >= expected[key, default: 0] else { return [] }
        early[key, default: [:]][number] = event
        var ready: [VenueEvent] = []
        while let next = early[key]?.removeValue(forKey: expected[key, default: 0]) {
            ready.append(next)
            expected[key, default: 0] += 1
        }
        return ready
    }

    /// The exchange was asked and has told everything up to here.
    mutating func hasHeard(upTo number: Int, for key: ID<APIKey>) {
        expected[key] = number
        early[key] = nil
    }
}

/// Both ways of the line. The exchange numbers what it tells each account, and tells it again when
/// it is asked.
struct FaultyLine: Sendable, Equatable {
    /// A message on its way.
    private struct Letter: Sendable, Equatable {
        let number: Int
        let event: VenueEvent
        let at: Instant
    }

    /// What becomes of one order on its way to the exchange.
    enum Passage: Equatable {
        case straight, lost, late(Span), twice
        /// It arrives, the answer does not.
        case unanswered
    }

    /// What a message meets on its way.
    enum Fault: String { case drop, delay, duplicate, reorder }

    /// Messages in a thousand that meet each fault.
    private let drops, delays, duplicates, reorders: Int
    private var dice: Randomness
    private var inbox = VenueInbox()
    private var letters: [Letter] = []
    /// Told, and not yet known to have been heard.
    private var told: [ID<APIKey>: [VenueEvent]] = [:]
    private var numbers: [ID<APIKey>: Int] = [:]

    /// Nil for a line without faults.
    /// - Parameter scale: how often a fault comes; 1 is usual, 0 never.
    init?(_ dice: Randomness, scale: (Fault) -> Double) {
        drops = Int(20 * scale(.drop))
        delays = Int(40 * scale(.delay))
        duplicates = Int(30 * scale(.duplicate))
        reorders = Int(30 * scale(.reorder))
        self.dice = dice
        if drops + delays + duplicates + reorders == 0 { return nil }
    }

    mutating func send() -> Passage {
        let roll = dice.integer(in: 0...999)
        if roll < drops { return dice.chance(1, in: 2) ? .lost : .unanswered }
        if roll < drops + delays {
            return .late(.milliseconds(Int64(dice.integer(in: 100...12_000))))
        }
        return roll < drops + delays + duplicates ? .twice : .straight
    }

    /// Sends one message to the bot's side.
    /// - Returns: the fault that it meets.
    mutating func tell(_ event: VenueEvent, at now: Instant) -> Fault? {
        let number = numbers[event.keyID, default: 0]
        numbers[event.keyID] = number + 1
        told[event.keyID, default: []].append(event)
        let (fault, lateness) = fate()
        if fault == .drop { return fault }
        post(event, number, lateness, at: now)
        if fault == .duplicate { post(event, number, 0...5000, at: now) }
        return fault
    }

    /// What the next message meets, and how many milliseconds it may be late.
    private mutating func fate() -> (Fault?, ClosedRange<Int>) {
        let roll = dice.integer(in: 0...999)
        if roll < drops { return (.drop, 0...0) }
        if roll < drops + delays { return (.delay, 100...20_000) }
        // What comes next arrives before it.
        if roll < drops + delays + reorders { return (.reorder, 1...100) }
        return (roll >= 1000 - duplicates ? .duplicate : nil, 0...0)
    }

    private mutating func post(
        _ event: VenueEvent, _ number: Int, _ lateness: ClosedRange<Int>, at now: Instant
    ) {
        let arrival = now + .milliseconds(Int64(dice.integer(in: lateness)))
        letters.append(Letter(number: number, event: event, at: arrival))
    }

    /// What the bot's side takes now, in the exchange's order.
    mutating func arrived(by now: Instant) -> [VenueEvent] {
        guard letters.contains(where: { $0.at <= now }) else { return [] }
        let here = letters.filter { $0.at <= now }
        letters.removeAll { $0.at <= now }
        let ready = here.flatMap { inbox.take($0.number, $0.event) }
        for event in ready { trim(event.keyID) }
        return ready
    }

    /// Everything that was not heard yet: the bot's side has asked.
    mutating func asked(for key: ID<APIKey>) -> [VenueEvent] {
        inbox.hasHeard(upTo: numbers[key, default: 0], for: key)
        return told.removeValue(forKey: key) ?? []
    }

    private mutating func trim(_ key: ID<APIKey>) {
        let open = numbers[key, default: 0] - inbox.expected[key, default: 0]
        told[key] = open == 0 ? nil : told[key]?.suffix(open)
    }

    /// Told and not heard, by account.
    var unheard: [ID<APIKey>: [VenueEvent]] { told }
    /// When the next message arrives.
    var nextArrival: Instant? { letters.map(\.at).min() }
}
