/// Anything that can stand between a closed candle and an entry.

import Store

/// In the order in which they are asked: session, signals, score, filters, risk gates, entry
/// guards, the bot's state, its limits. **Source** <doc:ProductRules#Decisions>.
///
/// Limits, and exits that would close at once, are asked only when the strategy wants to enter.
public enum Obstacle: Sendable, Hashable {
    /// A gap in the data held the candle open: too old to enter on.
    case late
    case warmUp, session
    /// The score does not exceed the threshold.
    case score
    /// The template does not open the side of the score.
    case direction
    /// A filter, gate or guard: its index in ``Template/components``.
    case component(Int)
    /// The bot is not Online.
    case phase
    case paused
    /// Its provider is at work on it.
    case busy
    /// Key or template are missing.
    case unarmed
    /// The bot's book and the exchange differ, or were not compared yet.
    case unreconciled
    /// The engine opens nothing: disk, clock or database forbid it.
    case stopped
    /// An exit rule would close the position at once: its place in ``Template/components``.
    case pointless(Int)
    case limit(EntryLimit)

    /// On disk; never changed. 0 stands for none.
    var code: UInt8 {
        switch self {
        case .late: 1
        case .warmUp: 2
        case .session: 3
        case .score: 4
        case .direction: 5
        case .component: 6
        case .phase: 7
        case .paused: 8
        case .unarmed: 9
        case .unreconciled: 10
        case .pointless: 11
        case .limit(.maxPositionsPerAsset): 12
        case .limit(.maxPositionsTotal): 13
        case .limit(.maxLeverage): 14
        case .limit(.size): 15
        case .limit(.maxSlippage): 16
        case .limit(.oppositePosition): 17
        case .busy: 18
        case .stopped: 19
        case .limit(.minimumNotional): 20
        }
    }

    /// The component that it is about.
    var index: Int? {
        switch self {
        case .component(let index), .pointless(let index): index
        default: nil
        }
    }

    /// What a code stands for; nil for an unknown one.
    init?(code: UInt8, index: Int) {
        let known: [Obstacle] = [
            .late, .warmUp, .session, .score, .direction, .component(index), .phase, .paused,
            .unarmed, .unreconciled, .pointless(index), .limit(.maxPositionsPerAsset),
            .limit(.maxPositionsTotal), .limit(.maxLeverage), .limit(.size),
            .limit(.maxSlippage), .limit(.oppositePosition), .busy,
            .stopped, .limit(.minimumNotional),
        ]
        guard code > 0, Int(code) <= known.count else { return nil }
        self = known[Int(code) - 1]
    }
}

extension Obstacle {
    init(_ blocker: Blocker) {
        switch blocker {
        case .warmUp: self = .warmUp
        case .session: self = .session
        case .score: self = .score
        case .direction: self = .direction
        case .component(let index): self = .component(index)
        }
    }
}
