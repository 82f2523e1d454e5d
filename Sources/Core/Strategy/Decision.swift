/// What a strategy concludes at one candle's close.

import Store

/// One decision; the verdicts behind it stay in the strategy until the next close.
public struct Decision: Sendable, Equatable {
    /// The combined score. **Range** -1...1.
    public var score: Double
    /// The side on which the score exceeds the threshold, whatever blocks it.
    public var lean: Side?
    /// The side to enter; nil when the score is short of the threshold or anything blocks.
    public var side: Side?
    /// False until ``Strategy/warmUpCandles`` have been seen before this one.
    public var isWarm: Bool
    /// The first in the order of ``Obstacle``; nil exactly when `side` is not.
    public var firstBlocker: Blocker?

    public init(
        score: Double, lean: Side?, side: Side?, isWarm: Bool, firstBlocker: Blocker?
    ) {
        self.score = score
        self.lean = lean
        self.side = side
        self.isWarm = isWarm
        self.firstBlocker = firstBlocker
    }
}

/// Why a candle brings no entry, in the order in which it is asked.
public enum Blocker: Sendable, Equatable {
    /// Too few candles seen.
    case warmUp
    /// Outside every session of the template.
    case session
    /// The score does not exceed the threshold.
    case score
    /// The template does not open the side that the score names.
    case direction
    /// A filter, gate or guard: its index in ``Strategy/snapshot()``.
    case component(Int)
}

/// One component as the console and the record of an entry show it.
public struct ComponentReading: Sendable, Equatable, Codable {
    public var name: String
    public var role: ComponentRole
    public var weight: Double
    /// The present value, as `31.4` or `9 > 21 by 12.5`.
    public var value: String
    /// `long`, `short`, `neutral`, `pass`, `pass long`, `pass short`, `block`, `no data`, `armed`,
    /// `not armed`.
    public var state: String

    public init(
        name: String, role: ComponentRole, weight: Double, value: String, state: String
    ) {
        self.name = name
        self.role = role
        self.weight = weight
        self.value = value
        self.state = state
    }
}

/// A price that closes a position, and the rule that set it.
public struct ExitLevel: Sendable, Equatable {
    public var price: Price
    /// The rule's index among the template's exit rules; see ``Strategy/exitName(_:)``.
    public var rule: Int
    /// True for protection, false for a target.
    public var isStop: Bool

    public init(price: Price, rule: Int, isStop: Bool) {
        self.price = price
        self.rule = rule
        self.isStop = isStop
    }
}

/// The levels that matter for a position: of several stops the tightest, of several targets the
/// nearest.
public struct ExitLevels: Sendable, Equatable {
    public var stop: ExitLevel?
    public var target: ExitLevel?

    public init(stop: ExitLevel? = nil, target: ExitLevel? = nil) {
        self.stop = stop
        self.target = target
    }
}

extension Template.Direction {
    /// Whether entries on a side are allowed.
    func opens(_ side: Side) -> Bool {
        switch self {
        case .both: true
        case .long: side == .long
        case .short: side == .short
        }
    }
}
