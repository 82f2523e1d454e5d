/// What keeps the console's connection right; a test leaves each out and has to notice.

enum ConnectionSafeguard: CaseIterable, Sendable {
    /// A command's time runs only while there is no connection, however long ago it was sent.
    case timeWithoutConnection
    /// What stops losses starts an engine where none runs, and waits for it.
    case killLaneWaits
    /// Where an engine went away with it, the next one is started for it.
    case killLaneFollows
    /// No command's time runs while an engine is being started for it.
    case startIsWaitedFor
    /// A burst of keys reads boards no faster than data is drawn.
    case boardsKeepPace
}
