/// A part of a world that has rules of its own and works on the state that all parts share.
import Store

/// Departments call those below them and never one above: what they have to say there is news.
public class Department {
    final let state: WorldState

    init(on state: WorldState) { self.state = state }
}

extension Department {
    public var now: Instant { @inline(__always) get { state.now } }

    public internal(set) var journal: Journal {
        @inline(__always) _read { yield state.journal }
        @inline(__always) _modify { yield &state.journal }
    }

    public var markets: [Market] { @inline(__always) _read { yield state.markets } }

    var recorded: [RecordedMarket?] { @inline(__always) _read { yield state.recorded } }

    /// In the order of their ids.
    var bots: [BotMachine] { @inline(__always) _read { yield state.bots } }

    var timeline: Timeline {
        @inline(__always) _read { yield state.timeline }
        @inline(__always) _modify { yield &state.timeline }
    }

    var settings: WorldSettings { @inline(__always) _read { yield state.settings } }

    var isCatchingUp: Bool { @inline(__always) get { state.isCatchingUp } }

    var trail: LifeTrail? {
        @inline(__always) _read { yield state.trail }
        @inline(__always) _modify { yield &state.trail }
    }

    var disarmed: Switches<Safeguard> {
        @inline(__always) get { state.disarmed }
        set { state.disarmed = newValue }
    }

    /// Everywhere but in a test of the tests.
    @inline(__always)
    func isOn(_ one: Safeguard) -> Bool { state.disarmed.isEmpty || !state.disarmed.contains(one) }

    /// The index of an instrument's market; nil when there is none.
    public func symbol(_ id: InstrumentID) -> Int? { state.symbol(id) }

    /// The index of a symbol where a bot trades; nil when there is no such market.
    func symbol(_ name: String, of bot: BotMachine) -> Int? {
        state.symbol(InstrumentID(name, on: bot.venue))
    }

    func machine(_ id: ID<Bot>) -> BotMachine? { state.machine(id) }

    /// The bot that holds a key; nil when none does.
    func machine(key: ID<APIKey>) -> BotMachine? { state.machine(key: key) }

    func next(_ span: Span) -> Instant { now.floored(to: span) + span }
}

extension Department {
    /// Bots that wait for a person because a limit stopped them. **Order** by id.
    public var pausedByLimits: [Bot] {
        bots.map(\.record).filter { bot in
            bot.isPaused && bot.resumeAt == nil
                && (bot.pauseCause == .apiErrors || bot.pauseCause == .killSwitch)
        }
    }
}
