/// What a signal says: long, short, nothing, or that its input is missing.

import Store

/// Counts +1, −1 or 0 in the score. **Source** <doc:ProductRules#Roles-of-components>.
enum Vote: Int8, Sendable {
    case short = -1
    case neutral = 0
    case long = 1
    /// Not warm, or the market does not offer the input: counts 0.
    case noData = 2

    /// −1, 0 or +1.
    @inline(__always) var sign: Double {
        switch self {
        case .long: 1
        case .short: -1
        case .neutral, .noData: 0
        }
    }

    /// The vote with the sign of a number; neutral for zero.
    @inline(__always) init(signOf value: Double) {
        self = value > 0 ? .long : value < 0 ? .short : .neutral
    }

    /// Long at or below `low`, short at or above `high`: what reversion signals do.
    @inline(__always) static func reversion(_ value: Double, low: Double, high: Double) -> Vote {
        value <= low ? .long : value >= high ? .short : .neutral
    }

    /// `long`, `short`, `neutral` or `no data`.
    var text: String {
        switch self {
        case .long: "long"
        case .short: "short"
        case .neutral: "neutral"
        case .noData: "no data"
        }
    }
}
