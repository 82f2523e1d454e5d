/// Why a replay traded no more than it did: what stood first against an entry, and how often.
import Store

/// One thing that stood in the way of entries.
public struct BlockedEntries: Sendable, Equatable {
    /// `warm_up`, `ADX / DMI`, `max_positions_total`, `margin`.
    public var what: String
    /// Candles on which it was the first; for what the exchange refused, orders.
    public var count: Int
}

extension World {
    /// Most first, equals by name.
    func blockedEntries(_ bot: BotMachine) -> [BlockedEntries] {
        var counts = bot.refusals
        for traded in bot.traded {
            for (obstacle, count) in traded.runs.obstacles {
                counts[obstacle.word(traded.strategy.template), default: 0] += count
            }
        }
        return counts.map { BlockedEntries(what: $0.key, count: $0.value) }.sorted {
            $0.count == $1.count ? $0.what < $1.what : $0.count > $1.count
        }
    }
}

extension Obstacle {
    /// One word for scripts; a component has the name that its template calls it by.
    fileprivate func word(_ template: Template) -> String {
        switch self {
        case .late: "late"
        case .warmUp: "warm_up"
        case .session: "session"
        case .score: "score"
        case .direction: "direction"
        case .phase: "state"
        case .paused: "paused"
        case .busy: "busy"
        case .unarmed: "unarmed"
        case .unreconciled: "not_reconciled"
        case .stopped: "engine"
        case .limit(.size): "lot"
        case .limit(let limit): limit.rawValue
        case .component(let place), .pointless(let place):
            template.components.indices.contains(place) ? template.components[place].name : "exit"
        }
    }
}

extension VenueRejection {
    /// One word for scripts.
    var word: String {
        switch self {
        case .unknownAccount, .unknownOrder: "unknown"
        case .quantityOffLot, .quantityTooSmall: "lot"
        case .notionalTooSmall: EntryLimit.minimumNotional.rawValue
        case .priceOffTick: "tick"
        case .leverageOutOfRange: EntryLimit.maxLeverage.rawValue
        case .insufficientMargin: "margin"
        case .nothingToReduce: "nothing_to_reduce"
        }
    }
}

extension VenueCancellation {
    /// One word for scripts; slippage has the name of its limit.
    var word: String { self == .slippage ? EntryLimit.maxSlippage.rawValue : rawValue }
}
