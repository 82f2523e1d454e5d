/// Commands that have no outcome yet, and for how long no engine could be told of them.
import Core
import Store

/// They go again under their keys to the engine that comes.
struct Flights {
    struct Flight: Sendable {
        let command: Command
        /// Since the machine started.
        let askedAt: Span
        /// It went out on a connection: an engine may know it.
        var wasSent = false
        /// An engine has said that it is durable.
        var isAccepted = false
    }

    private var flights: [String: Flight] = [:]
    /// Since when there has been no connection; nil while there is one.
    private var aloneSince: Span?
    private let off: Switches<ConnectionSafeguard>

    /// How long a command may be without a connection before its fate is called unknown.
    static let limit = Span.seconds(30)

    init(off: Switches<ConnectionSafeguard> = []) { self.off = off }

    var isEmpty: Bool { flights.isEmpty }
    var keys: [String] { flights.keys.sorted() }

    subscript(key: String) -> Flight? { flights[key] }

    mutating func add(_ command: Command, key: String, at now: Span) {
        flights[key] = Flight(command: command, askedAt: now)
    }

    /// It goes out now; whether it arrives is not known.
    mutating func depart(_ key: String) { flights[key]?.wasSent = true }

    /// Whatever engine comes goes on with it.
    mutating func accept(_ key: String) { flights[key]?.isAccepted = true }

    /// Something that stops losses is on its way, and no engine has said that it has it.
    var stopLosses: Bool { flights.values.contains { $0.command.isOfKillLane && !$0.isAccepted } }

    /// The time without a connection begins anew: an engine that starts is waited for as long as
    /// it gets on.
    mutating func wait(at now: Span) { aloneSince = now }

    /// It has its answer.
    mutating func land(_ key: String) { flights[key] = nil }

    mutating func connected() { aloneSince = nil }

    /// Looks without a connection: the first look begins the time.
    /// - Returns: the keys whose time is over, each with what is known of its command.
    mutating func drop(at now: Span, home: String) -> [(key: String, fate: ConnectionError)] {
        let alone = aloneSince ?? now
        aloneSince = alone
        let isHeld = !off.contains(.timeWithoutConnection)
        return drop(home) { flight in
            let since = isHeld ? max(flight.askedAt, alone) : flight.askedAt
            return now - since > Self.limit
        }
    }

    /// No engine comes: what never went out was accepted by none.
    mutating func dropUnsent(home: String) -> [(key: String, fate: ConnectionError)] {
        drop(home) { !$0.wasSent }
    }

    private mutating func drop(
        _ home: String, where isOver: (Flight) -> Bool
    ) -> [(key: String, fate: ConnectionError)] {
        let old = flights.filter { isOver($0.value) }.sorted { $0.key < $1.key }
        for (key, _) in old { flights[key] = nil }
        return old.map { key, flight in
            (key, flight.wasSent ? .lost(key: key) : .noEngine(home: home))
        }
    }
}
