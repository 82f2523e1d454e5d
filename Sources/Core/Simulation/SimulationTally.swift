/// Counts what happened over many seeds, so that a run in which nothing happened proves nothing.
import Store

public struct SimulationTally: Sendable {
    /// How often each limit tripped, by its name on the command line.
    public var limits: [String: Int] = [:]
    /// How often each reason closed a position.
    public var exits: [String: Int] = [:]
    /// How often each verb came to each outcome.
    public var outcomes: [String: Int] = [:]
    /// How often each refusal was met, by its code.
    public var refusals: [String: Int] = [:]
    /// How often each transition of a bot's life was made: `T1` to `T20`.
    public var transitions: [String: Int] = [:]
    public var faults: [String: Int] = [:]
    /// How often each thing that people do was taken, by its verb and what is special about it.
    public var deeds: [String: Int] = [:]
    public var orders = 0
    public var fills = 0
    public var entries = 0
    public var partialEntries = 0
    public var trades = 0

    public init() {}

    mutating func take(_ picture: Picture) {
        for entry in picture.activities where entry.kind == .risk {
            limits[entry.what, default: 0] += 1
        }
        orders += picture.orders.count
        fills += picture.fills.count
        for seen in picture.fills where seen.order.purpose == .entry {
            entries += 1
            if seen.fill.quantity < seen.order.quantity { partialEntries += 1 }
        }
        for trade in picture.trades { exits[trade.exitReason, default: 0] += 1 }
        trades += picture.trades.count
        for trace in picture.trail.traces {
            transitions["T\(trace.transition.rawValue)", default: 0] += 1
        }
        faults.merge(picture.trail.faults, uniquingKeysWith: +)
    }

    mutating func take(_ refusal: Refusal) { refusals[refusal.code, default: 0] += 1 }

    mutating func take(_ reply: DeskReply) {
        if let refusal = reply.refusal { take(refusal) }
        for command in reply.commands {
            outcomes["\(command.verb) \(command.outcome.rawValue)", default: 0] += 1
            guard reply.refusal == nil, let code = command.errorCode else { continue }
            refusals[code, default: 0] += 1
        }
    }

    public mutating func add(_ other: SimulationTally) {
        for list in Self.lists {
            self[keyPath: list.counts].merge(other[keyPath: list.counts], uniquingKeysWith: +)
        }
        orders += other.orders
        fills += other.fills
        entries += other.entries
        partialEntries += other.partialEntries
        trades += other.trades
    }

    public typealias Counts = WritableKeyPath<SimulationTally, [String: Int]>

    /// The lists of counts, by the names under which they are told.
    public static var lists: [(name: String, counts: Counts)] {
        [
            ("transitions", \.transitions), ("faults", \.faults), ("refusals", \.refusals),
            ("limits", \.limits), ("exits", \.exits), ("commands", \.outcomes),
            ("deeds", \.deeds),
        ]
    }

    public var text: String {
        let lines = Self.lists.map { list in
            let counts = self[keyPath: list.counts].sorted { Self.precedes($0.key, $1.key) }
            return list.name + ": " + counts.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        return "\(counted(orders, "order")), \(counted(fills, "fill")), "
            + "\(counted(entries, "entry", "entries")) (\(partialEntries) cut), "
            + "\(counted(trades, "trade"))\n" + lines.joined(separator: "\n")
    }

    /// `T2` before `T10`.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        let numbers = (number(left), number(right))
        if case (let one?, let other?) = numbers { return one < other }
        return left < right
    }

    private static func number(_ text: String) -> Int? {
        text.hasPrefix("T") ? Int(text.dropFirst()) : nil
    }
}
