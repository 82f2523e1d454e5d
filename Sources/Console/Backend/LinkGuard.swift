/// What keeps a command from being given up too early; a test leaves each out and has to notice.

enum LinkGuard: CaseIterable, Sendable {
    /// A command's time runs only while there is no connection, however long ago it was sent.
    case timeWithoutConnection
    /// What stops losses starts an engine where none runs, and waits for it.
    case killLaneWaits
}
