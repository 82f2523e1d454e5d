/// Counts what happened over many seeds, so that a run in which nothing happened proves nothing.
import Store

public struct SimulationTally: Sendable {
    /// How often each limit tripped, by its name on the command line.
    public var limits: [String: Int] = [:]
    /// How often each reason closed a position.
    public var exits: [String: Int] = [:]
    public var outcomes: [String: Int] = [:]
    public var entries = 0
    public var partialEntries = 0
    public var trades = 0
    public var crashes = 0

    public init() {}

    mutating func take(_ picture: Picture) {
        for entry in picture.activities where entry.kind == .risk {
            limits[entry.what, default: 0] += 1
        }
        for seen in picture.fills where seen.order.purpose == .entry {
            entries += 1
            if seen.fill.quantity < seen.order.quantity { partialEntries += 1 }
        }
        for trade in picture.trades { exits[trade.exitReason, default: 0] += 1 }
        trades += picture.trades.count
    }

    mutating func take(_ reply: DeskReply) {
        if let refusal = reply.refusal { outcomes["refused \(refusal.code)", default: 0] += 1 }
        for command in reply.commands {
            outcomes["\(command.verb) \(command.outcome.rawValue)", default: 0] += 1
        }
    }

    public mutating func add(_ other: SimulationTally) {
        limits.merge(other.limits, uniquingKeysWith: +)
        exits.merge(other.exits, uniquingKeysWith: +)
        outcomes.merge(other.outcomes, uniquingKeysWith: +)
        entries += other.entries
        partialEntries += other.partialEntries
        trades += other.trades
        crashes += other.crashes
    }

    public var text: String {
        let words = { (counts: [String: Int]) in
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")
        }
        return "\(entries) entries (\(partialEntries) cut), \(trades) trades, \(crashes) crashes\n"
            + "limits: \(words(limits))\nexits: \(words(exits))\ncommands: \(words(outcomes))"
    }
}
