/// Requests that an engine cannot take before its start is over.

import Store

/// Kept in the order in which they came, within bounds; whoever hangs up has asked for nothing.
struct WaitingRoom {
    private(set) var arrivals: [CommandSocket.Arrival] = []

    static let perUser = 32
    static let inAll = 256

    var isEmpty: Bool { arrivals.isEmpty }

    /// - Returns: false when there is no room left.
    mutating func admit(_ arrival: CommandSocket.Arrival) -> Bool {
        let same = arrivals.count { $0.peer.uid == arrival.peer.uid }
        guard same < Self.perUser, arrivals.count < Self.inAll else { return false }
        arrivals.append(arrival)
        return true
    }

    /// Forgets the requests of those who have left.
    mutating func keep(where isThere: (ConnectionID) -> Bool) {
        arrivals.removeAll { !isThere($0.connection) }
    }

    /// The next few, oldest first.
    mutating func take(_ count: Int) -> [CommandSocket.Arrival] {
        let taken = Array(arrivals.prefix(count))
        arrivals.removeFirst(taken.count)
        return taken
    }
}
