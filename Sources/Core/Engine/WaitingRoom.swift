/// Requests that an engine cannot take before its start is over.

import Store

/// Kept in the order in which they came, within bounds; whoever hangs up has asked for nothing.
/// What stops losses has places of its own and goes in first: nobody's other commands, one's own
/// included, keep it out.
struct WaitingRoom {
    private var urgent: [CommandSocket.Arrival] = []
    private var usual: [CommandSocket.Arrival] = []
    /// Switched off by tests of the tests.
    var disarmed: Switches<DoorSafeguard> = []

    /// Of one account, in each of the two.
    static let perUser = 32
    /// Pauses and closes of all accounts together.
    static let urgentInAll = 256

    /// How full it may be of other commands for somebody of a standing: closers find room beside
    /// all others.
    static func inAll(_ standing: Admission.Standing) -> Int {
        switch standing {
        case .stranger: 32
        case .member: 192
        case .closer: 256
        }
    }

    var isEmpty: Bool { urgent.isEmpty && usual.isEmpty }

    /// - Returns: false when there is no room left.
    mutating func admit(
        _ arrival: CommandSocket.Arrival, _ standing: Admission.Standing
    ) -> Bool {
        if arrival.isUrgent, !disarmed.contains(.closesWaitApart) {
            return Self.add(arrival, to: &urgent, upTo: Self.urgentInAll)
        }
        return Self.add(arrival, to: &usual, upTo: Self.inAll(standing))
    }

    private static func add(
        _ arrival: CommandSocket.Arrival, to room: inout [CommandSocket.Arrival], upTo limit: Int
    ) -> Bool {
        let same = room.count { $0.peer.uid == arrival.peer.uid }
        guard same < perUser, room.count < limit else { return false }
        room.append(arrival)
        return true
    }

    /// Forgets the requests of those who have left.
    mutating func keep(where isThere: (ConnectionID) -> Bool) {
        urgent.removeAll { !isThere($0.connection) }
        usual.removeAll { !isThere($0.connection) }
    }

    /// The next few that may go in: what is urgent, then the others, each oldest first.
    mutating func next(
        _ count: Int, where mayEnter: (CommandSocket.Arrival) -> Bool = { _ in true }
    ) -> [CommandSocket.Arrival] {
        let first = Self.next(count, from: &urgent, where: mayEnter)
        return first + Self.next(count - first.count, from: &usual, where: mayEnter)
    }

    private static func next(
        _ count: Int, from room: inout [CommandSocket.Arrival],
        where mayEnter: (CommandSocket.Arrival) -> Bool
    ) -> [CommandSocket.Arrival] {
        var taken: [CommandSocket.Arrival] = []
        room.removeAll { arrival in
            guard taken.count < count, mayEnter(arrival) else { return false }
            taken.append(arrival)
            return true
        }
        return taken
    }
}
