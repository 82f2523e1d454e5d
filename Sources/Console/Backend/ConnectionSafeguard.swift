/// What keeps the console's connection right; a test leaves each out and has to notice.

enum ConnectionSafeguard: CaseIterable, Sendable {
    /// A command's time runs only while there is no connection, however long ago it was sent.
    case timeWithoutConnection
    /// What stops losses starts an engine where none runs, and waits for it.
    case killLaneWaits
    /// A burst of keys reads boards no faster than data is drawn.
    case boardsKeepPace
}
