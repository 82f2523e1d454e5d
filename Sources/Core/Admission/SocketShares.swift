/// How the connections at the socket are shared out, and who gives his up when a share is full.

import Store

/// Strangers and members have shares of their own; what is left beside those is always free for
/// the owner and for whoever may close positions.
/// **Source** <doc:SafetyRules#Connections-at-the-socket>.
enum SocketShares {
    static let inAll = 64

    /// Of one account.
    static func each(_ standing: Admission.Standing) -> Int {
        standing == .stranger ? 4 : 24
    }

    /// Of all accounts of that standing together.
    static func together(_ standing: Admission.Standing) -> Int {
        switch standing {
        case .stranger: 8
        case .member: 40
        case .closer: inAll
        }
    }

    /// Whoever has a connection.
    struct Guest {
        var uid: UInt32
        var standing: Admission.Standing
        var cameAt: Span
        /// When it last said anything; nil if it never did.
        var heardAt: Span?
    }

    /// Who leaves so that a newcomer finds room. A share takes from itself alone; closers also
    /// give back what they have borrowed of the shares of others.
    /// - Parameter guests: the longest connected first.
    /// - Returns: an index; nil while there is room.
    static func whoLeaves(
        for uid: UInt32, _ standing: Admission.Standing, _ guests: [Guest]
    ) -> Int? {
        let own = guests.indices.filter { guests[$0].uid == uid }
        if own.count >= each(standing) { return longestSilent(own, guests) }
        let alike = guests.indices.filter { guests[$0].standing == standing }
        if alike.count >= together(standing) { return ofTheCrowd(alike, guests, for: uid) }
        guard guests.count >= inAll else { return nil }
        let closers = guests.indices.filter { guests[$0].standing == .closer }
        return ofTheCrowd(closers, guests, for: uid)
    }

    /// Who leaves when not even a connection that is free can be had: the machine has no more. A
    /// stranger; for whoever may close positions, else a member.
    static func whoMakesRoom(for standing: Admission.Standing, _ guests: [Guest]) -> Int? {
        guard standing != .stranger else { return nil }
        let strangers = guests.indices.filter { guests[$0].standing == .stranger }
        if let stranger = longestSilent(strangers, guests) { return stranger }
        guard standing == .closer else { return nil }
        let members = guests.indices.filter { guests[$0].standing == .member }
        return longestSilent(members, guests)
    }

    /// From the account that has most connections, so that nobody is driven out by another's crowd.
    private static func ofTheCrowd(
        _ share: [Int], _ guests: [Guest], for uid: UInt32
    ) -> Int? {
        var count = [uid: 1]
        for index in share { count[guests[index].uid, default: 0] += 1 }
        let most = share.map { count[guests[$0].uid] ?? 0 }.max() ?? 0
        return longestSilent(share.filter { count[guests[$0].uid] == most }, guests)
    }

    private static func longestSilent(_ share: [Int], _ guests: [Guest]) -> Int? {
        share.min { guests[$0].isSilentLonger(than: guests[$1]) }
    }
}

extension SocketShares.Guest {
    /// What somebody has just said is still to be answered: in the same instant, whoever has said
    /// nothing yet is the more silent of two.
    fileprivate func isSilentLonger(than other: SocketShares.Guest) -> Bool {
        let (last, otherLast) = (heardAt ?? cameAt, other.heardAt ?? other.cameAt)
        return last == otherLast ? heardAt == nil && other.heardAt != nil : last < otherLast
    }
}
