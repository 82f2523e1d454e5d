/// What a new home is to hold.
import Store

/// One bot of a new home, with a key and an account of its own.
public struct BotPlan: Sendable {
    public var label: String
    /// Nil: none yet.
    public var template: String?
    public var symbols: [String]
    public var region: String

    public init(label: String, template: String?, symbols: [String], region: String) {
        self.label = label
        self.template = template
        self.symbols = symbols
        self.region = region
    }
}

/// Where prices come from.
public enum MarketPlan: Sendable {
    case model
    /// Candle files; their times are the world's times.
    case recorded([String])
}

/// Everything that `init` was told, completed.
public struct FoundingPlan: Sendable {
    public var name: String
    public var generation: String
    public var seed: Int64
    public var market: MarketPlan
    public var bots: [BotPlan]
    public var deposit: Money
    public var isDemo: Bool
    public var owner: (uid: Int64, name: String)
    /// What the clocks showed while it was founded.
    public var machineClock: MachineClock?

    public init(
        name: String, generation: String, seed: Int64, market: MarketPlan, bots: [BotPlan],
        owner: (uid: Int64, name: String), deposit: Money = PaperVenue.standardDeposit,
        isDemo: Bool = false
    ) {
        self.name = name
        self.generation = generation
        self.seed = seed
        self.market = market
        self.bots = bots
        self.owner = owner
        self.deposit = deposit
        self.isDemo = isDemo
    }
}

extension BotPlan {
    private static let regions = [
        "tokyo", "singapore", "london", "amsterdam", "frankfurt", "new-york",
    ]

    /// Up to four symbols: a bot's first, and others spread over the list.
    private static func basket(_ index: Int, _ symbols: [String]) -> [String] {
        let round = index / symbols.count
        let places = [0, 3 + round, 5 + 2 * round, 8 + round].map { (index + $0) % symbols.count }
        return Set(places.map { symbols[$0] }).sorted()
    }

    /// A fleet over some symbols: trend followers and mean reverters in turn.
    public static func fleet(_ count: Int, over symbols: [String]) -> [BotPlan] {
        guard !symbols.isEmpty else { return [] }
        return (0..<count).map { index in
            let isTrend = index % 2 == 0
            let first = symbols[index % symbols.count]
            let coin = first.split(separator: "-").first.map { $0.lowercased() } ?? "bot"
            return BotPlan(
                label: "\(coin)-\(isTrend ? "trend" : "mean")-\(index < 9 ? "0" : "")\(index + 1)",
                template: isTrend ? "Trend Follower" : "Mean Reverter",
                symbols: basket(index, symbols),
                region: regions[index % regions.count])
        }
    }
}
