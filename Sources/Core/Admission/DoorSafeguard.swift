/// What protects the socket, each with a switch that only a test of the tests throws.

/// A door without one of these lets somebody else keep the owner out, or says less than it should.
enum DoorSafeguard: CaseIterable, Sendable {
    /// Connections are shared out by what the kernel says of a visitor.
    case shares
    /// When descriptors run out, strangers and members leave before a closer is turned away.
    case roomIsMade
    /// Whoever does not greet has to go.
    case greetingInTime
    /// What was said last can still be read after the end.
    case lastWordArrives
    /// Whoever is connected at the end hears why it is one.
    case leaveIsTaken
    /// A socket that lost its name gets it back.
    case nameIsKept
    /// What has the socket's name and cannot be removed is put aside.
    case wayIsCleared
    /// Whoever waits to be let in when a socket ends is let in, or hears why not.
    case queueIsHeard
    /// Pauses and closes wait for a start apart from the rest.
    case closesWaitApart
    /// Only who holds the right is spared the limit.
    case rightBeforeExemption
    /// What did nothing uses up the kill lane's reserve.
    case idleIsCounted
    /// What did nothing, many times over in one request, uses up as much as it wrote.
    case idleRowsAreCounted
    /// A stranger is counted before anything of his is read.
    case strangersAreCountedUnread
}
