/// Trades apart by something they have in common: symbol, exit reason, signal.

import Store

/// What the trades of one kind amount to.
public struct TradeGroup: Sendable, Equatable, Codable {
    public var name: String
    public var performance: Performance

    public init(name: String, performance: Performance) {
        self.name = name
        self.performance = performance
    }

    /// Trades by a name. **Order** most profit first, then by name.
    static func by(
        _ trades: some Sequence<Trade>, _ names: (Trade) -> [String]
    ) -> [TradeGroup] {
        var groups: [String: Performance] = [:]
        for trade in trades {
            for name in names(trade) { groups[name, default: Performance([])].add(trade) }
        }
        return groups.map { TradeGroup(name: $0.key, performance: $0.value) }.sorted {
            $0.performance.net == $1.performance.net
                ? $0.name < $1.name : $0.performance.net > $1.performance.net
        }
    }

    static func bySymbol(_ trades: [Trade]) -> [TradeGroup] { by(trades) { [$0.symbol] } }

    static func byExitReason(_ trades: [Trade]) -> [TradeGroup] { by(trades) { [$0.exitReason] } }
}

/// What trades amount to in which a signal stood for or against their side at the entry.
public struct SignalGroup: Sendable, Equatable, Codable {
    /// `EMA Cross`.
    public var signal: String
    /// `long` or `short`.
    public var stood: String
    public var performance: Performance

    /// A trade counts once under each of its signals that stood long or short; those without a
    /// readable record of their entry count nowhere. **Order** by signal, then long before short.
    static func by(_ trades: some Sequence<Trade>) -> [SignalGroup] {
        TradeGroup.by(trades) { trade in standing(trade.entrySignals) }.map { group in
            let cut = group.name.lastIndex(of: " ") ?? group.name.endIndex
            return SignalGroup(
                signal: String(group.name[..<cut]),
                stood: String(group.name[cut...].dropFirst()), performance: group.performance)
        }.sorted { ($0.signal, $0.stood) < ($1.signal, $1.stood) }
    }

    /// `EMA Cross long` for each signal that was not silent, each once.
    private static func standing(_ text: String) -> [String] {
        var names: [String] = []
        for reading in ComponentReading.list(text: text) ?? [] where reading.role == .signal {
            guard reading.state == "long" || reading.state == "short" else { continue }
            let name = "\(reading.name) \(reading.state)"
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
