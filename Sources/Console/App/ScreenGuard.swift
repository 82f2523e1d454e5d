/// What keeps a screen from saying more than is known; a test leaves each out and has to notice.

enum ScreenGuard: CaseIterable, Sendable {
    /// Without an engine no state is known.
    case unseenFleet
    /// Ages go on while the world stands still.
    case growingAges
    /// A filter that cannot be asked stands in the place of the rows.
    case filterMistake
    /// An open box follows its board.
    case liveBox
    /// A reading of more than two candles ago is marked.
    case oldReading
}
