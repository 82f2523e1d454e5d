/// What keeps a screen from saying more than is known; a test leaves each out and has to notice.

enum ScreenSafeguard: CaseIterable, Sendable {
    /// Without an engine no state is known.
    case unseenFleet
    /// Ages go on while the world stands still.
    case growingAges
    /// But no time of a world that is ahead of the wall lies in the past.
    case worldAhead
    /// A world that has not caught up with the wall is as old as its time.
    case worldBehind
    /// A filter that cannot be asked stands in the place of the rows.
    case filterMistake
    /// An open box follows its board.
    case liveBox
    /// A reading of more than two candles ago is marked.
    case oldReading
    /// An editor is named only where one is there.
    case editorIsThere
    /// What Enter will do is what is lit.
    case litButton
    /// A row says in a word what is wrong with its bot.
    case causeInRow
    /// Trouble first is sorted by that cause.
    case troubleByCause
    /// The clock of a world that stands says as of when.
    case standingClock
    /// The menu of acts says which of them do nothing now.
    case menuTellsRefusals
    /// What means something by its colour stands on a bar in a chip of its own.
    case chipsOnBars
    /// What the engine advises is told in keys.
    case keysInRemedies
    /// A column waits until those before it have their texts.
    case columnsWait
    /// A command that waits at a hung engine names what helps.
    case waitNamesRemedy
    /// What waits there is not hidden behind what is told of the engine.
    case waitStandsFirst
    /// What was said of a state of the engine goes with that state.
    case stateWordsGo
    /// Reading anew is no other thing to do: what was asked for still opens.
    case refreshLeavesNothing
    /// What became of a command that nobody answered stays until a key that could follow it.
    case lateFateStays
    /// What is typed behind `/` is text, also where there is nothing to filter.
    case filterTakesText
}
