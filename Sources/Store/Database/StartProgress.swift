/// How far the start of an engine is: told to whoever waits for it.

/// What a start does at the moment, in the order in which it does it.
public enum StartPhase: String, Sendable, CaseIterable {
    /// The file is opened; nothing has been looked at yet.
    case opening
    /// Another program holds the database for writing: it is waited for.
    case held
    /// The data is looked over before anything rests on it.
    case checking
    /// An older file is copied and brought to the schema of this program.
    case upgrading
    /// The fleet is read.
    case loading
    /// The market plays what went on while no engine ran.
    case catchingUp = "catching_up"
}

/// One report of a start.
public struct StartProgress: Sendable, Equatable {
    public var phase: StartPhase
    /// Of whatever the phase counts: statements, pages, bots, minutes of the world.
    public var done: Int64
    /// How many there are in all; 0 while nobody knows.
    public var total: Int64
    /// Set before a step from which no report comes until it is over: its name. Whoever waits
    /// must not take the silence for the end.
    public var silentStep: String?
    /// The process that is waited for, where it is known.
    public var holder: Int32?

    public init(
        _ phase: StartPhase, done: Int64 = 0, of total: Int64 = 0, silentStep: String? = nil
    ) {
        self.phase = phase
        self.done = done
        self.total = total
        self.silentStep = silentStep
    }
}

/// Called at least every 100 ms of a start, but for a silent step; false asks it to stop.
public typealias StartReport = (StartProgress) -> Bool
