/// What goes wrong in a simulation, and how often.
import Store

/// Something that goes wrong in a simulation.
public enum SimulatedFault: String, Sendable, CaseIterable {
    /// Minutes in which the exchange answers next to nothing.
    case storms
    /// Single answers that fail.
    case strays
    /// Orders that the exchange rejects for being busy.
    case rejects
    /// Messages to and from the exchange that are lost.
    case drop
    /// Messages that come late.
    case delay
    /// Messages that come twice.
    case duplicate
    /// Messages that overtake each other.
    case reorder
    /// Phases at the compute provider that fail.
    case provisioning
    /// Instances that are gone.
    case losses
    /// The network between the backend and a bot is away for seconds or minutes.
    case link
    /// The engine is killed between two commits, and started again.
    case crashes
    /// The engine is killed within a transaction, at any step of it.
    case cuts
    /// The disk is full: a transaction is refused, the engine stops and starts again.
    case disk
    /// The wall clock jumps, forwards and back.
    case clock
    /// The machine sleeps, or the process stands still, for seconds or hours.
    case standstill
    /// The machine is off for a while.
    case absence
}

/// Scales of the faults: 0 is never, 1 the usual, 10 the most.
public struct FaultScales: Sendable, Equatable {
    private var scales: [SimulatedFault: Double] = [:]

    public static let usual = FaultScales()

    public init() {}

    public subscript(fault: SimulatedFault) -> Double {
        get { scales[fault] ?? 1 }
        set { scales[fault] = newValue }
    }

    /// How many times less often something comes that is usually due in `mean` units; 0: never.
    func mean(_ mean: Int, _ fault: SimulatedFault) -> Int {
        self[fault] == 0 ? 0 : max(1, Int(Double(mean) / self[fault]))
    }
}
