/// What a start owes to those who wait for it, each with a switch that only a test throws.

/// A test that still passes while its safeguard is off proves nothing.
public enum StartSafeguard: String, CaseIterable, Sendable {
    /// Loading and catching up stop every few milliseconds, for the beat, signals and callers.
    case slices
    /// Pauses and closes are accepted before the fleet is loaded.
    case killLaneEarly
    /// What was accepted is carried out before anything else happens in the world.
    case killLaneFirst
    /// A confirmation that held when it was accepted is not asked again.
    case confirmationHolds
    /// A close that an earlier engine accepted and never began is too old to be carried out.
    case oldOnesExpire
    /// The time that a start takes does not make a command older.
    case startIsNoAge
    /// Who holds the log of the database is named during a start, too.
    case logInSight
    /// Who has lost a right since is not obeyed.
    case rightsAgain
    /// A mistake in a file that people edit costs what the file grants, not the engine.
    case filesOnlyGrant
    /// A world whose clock lies far beyond its markets goes on from where those stand.
    case clockOfMarkets
    /// What cannot be read of one bot keeps that bot from running, and not the fleet.
    case oneBotOnly
    /// A bot with a position whose market is missing goes to Error; it is not forgotten.
    case lostPositions
    /// A bot with a position whose row cannot be true goes to Error; its close goes through.
    case brokenPositions
    /// The exchange goes on from the books where its own rows cannot be true, and the bot goes to
    /// Error.
    case brokenVenueRows
    /// An engine that ends because the store refuses a row of a bot has died at work on it.
    case refusalsCount
    /// An alarm of an earlier engine ends where this one finds in order what it was about.
    case olderAlarms
    /// A bot that stands in Error because engines died at work on it is let be.
    case staysAside
    /// What nobody can have died at is done, also for a bot that was set aside.
    case ownCommandsGoOn
}
