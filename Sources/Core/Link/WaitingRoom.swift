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

    /// The next few that may go in, oldest first.
    mutating func take(
        _ count: Int, where mayEnter: (CommandSocket.Arrival) -> Bool = { _ in true }
    ) -> [CommandSocket.Arrival] {
        var taken: [CommandSocket.Arrival] = []
        arrivals.removeAll { arrival in
            guard taken.count < count, mayEnter(arrival) else { return false }
            taken.append(arrival)
            return true
        }
        return taken
    }
}
