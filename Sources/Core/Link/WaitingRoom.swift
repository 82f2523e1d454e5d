/// Requests that an engine cannot take before its start is over.

import Store

/// Kept in the order in which they came, within bounds; whoever hangs up has asked for nothing.
struct WaitingRoom {
    private(set) var arrivals: [CommandSocket.Arrival] = []

    static let perUser = 32

    /// How full it may be for somebody of a standing: closers find room beside all others.
    static func inAll(_ standing: Admission.Standing) -> Int {
        switch standing {
        case .stranger: 32
        case .member: 192
        case .closer: 256
        }
    }

    var isEmpty: Bool { arrivals.isEmpty }

    /// - Returns: false when there is no room left.
    mutating func admit(
        _ arrival: CommandSocket.Arrival, _ standing: Admission.Standing
    ) -> Bool {
        let same = arrivals.count { $0.peer.uid == arrival.peer.uid }
        guard same < Self.perUser, arrivals.count < Self.inAll(standing) else { return false }
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
