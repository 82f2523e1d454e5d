/// A strategy as data: components in roles, how their scores combine, when they may trade.

/// One version of a strategy template. **Source** <doc:ProductRules#Templates>.
public struct Template: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, CaseIterable, Codable { case system, user }

    /// **Source** <doc:ProductRules#Combining-votes>.
    public enum Mode: String, Sendable, CaseIterable, Codable {
        case weighted, majority, unanimous, any
    }

    /// Which sides may be opened.
    public enum Direction: String, Sendable, CaseIterable, Codable { case long, short, both }

    public var name: String
    public var kind: Kind
    /// 1 for the first; a trade says which one it ran.
    public var version: Int
    public var summary: String
    public var timeframe: Timeframe
    public var mode: Mode
    /// The score must exceed it strictly. **Range** 0...1.
    public var threshold: Double
    public var direction: Direction
    public var sizing: Sizing
    /// Sets the margin of an entry, not its size. **Range** 1...100.
    public var leverage: Int
    /// Closed candles to see before the first entry; nil: as many as its components ask for.
    public var warmUp: Int?
    public var components: [ComponentSpec]
    public var sessions: [SessionWindow]

    public init(
        name: String, kind: Kind = .user, version: Int = 1, summary: String = "",
        timeframe: Timeframe, mode: Mode, threshold: Double = 0.5, direction: Direction = .both,
        sizing: Sizing = .equityShare(.percent(10)), leverage: Int = 3, warmUp: Int? = nil,
        components: [ComponentSpec], sessions: [SessionWindow] = []
    ) {
        self.name = name
        self.kind = kind
        self.version = version
        self.summary = summary
        self.timeframe = timeframe
        self.mode = mode
        self.threshold = threshold
        self.direction = direction
        self.sizing = sizing
        self.leverage = leverage
        self.warmUp = warmUp
        self.components = components
        self.sessions = sessions
    }
}

/// How large an entry is.
public enum Sizing: Sendable, Equatable, Codable {
    case quantity(Quantity)
    case notional(Money)
    /// Share of equity as notional; the default is a tenth.
    case equityShare(Rate)
    /// Share of equity that the distance to the stop may lose.
    case riskShare(Rate)
}

/// What a component does in a template. **Source** <doc:ProductRules#Roles-of-components>.
public enum ComponentRole: String, Sendable, CaseIterable, Codable {
    case signal, filter, gate, guardRole = "guard", exit

    public var title: String {
        switch self {
        case .signal: "Signals"
        case .filter: "Filters"
        case .gate: "Risk gates"
        case .guardRole: "Entry guards"
        case .exit: "Exit rules"
        }
    }
}

/// One component in one role, with its parameters by name.
public struct ComponentSpec: Sendable, Equatable, Codable {
    /// The name in the catalog, as `EMA Cross`.
    public var name: String
    public var role: ComponentRole
    /// Weight of a signal. **Range** 0...10.
    public var weight: Double
    /// Only what differs from the defaults; numbers and words as text.
    public var parameters: [String: String]

    public init(
        _ name: String, _ role: ComponentRole, weight: Double = 1,
        _ parameters: [String: String] = [:]
    ) {
        self.name = name
        self.role = role
        self.weight = weight
        self.parameters = parameters
    }
}

/// A named window of local time in which entries are allowed.
/// **Source** <doc:ProductRules#Sessions-and-sleep>.
public struct SessionWindow: Sendable, Equatable, Codable {
    public var name: String
    /// 0 for Monday ... 6 for Sunday: the local day on which the window opens.
    public var days: Set<Int>
    /// Minutes after local midnight. An end at or before the start lies on the next day.
    public var start: Int
    public var end: Int
    /// IANA name, as `Asia/Tokyo`.
    public var zone: String

    public init(name: String, days: Set<Int>, start: Int, end: Int, zone: String) {
        self.name = name
        self.days = days
        self.start = start
        self.end = end
        self.zone = zone
    }
}
