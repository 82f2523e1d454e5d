/// What one combination of a sweep came to: small, so that it travels as one line.

import Store

public struct SweepOutcome: Sendable, Equatable {
    /// The index in ``SweepGrid/runs``.
    public var run: Int
    public var net: Money
    public var trades: Int
    /// Nil without trades.
    public var winRate: Rate?
    /// Nil without a loss.
    public var profitFactor: Rate?
    /// The deepest fall of equity, a share of its peak.
    public var maxDrawdown: Rate
    public var finalEquity: Money

    public init(run: Int, _ result: ReplayResult) {
        self.run = run
        net = result.performance.net
        trades = result.performance.trades
        winRate = result.performance.winRate
        profitFactor = result.performance.profitFactor
        maxDrawdown = result.drawdown.deepest
        finalEquity = result.finalEquity
    }

    /// Most profit first; of equals the shallower drawdown, then the order of the grid.
    public static func ranked(_ outcomes: [SweepOutcome]) -> [SweepOutcome] {
        outcomes.sorted { left, right in
            if left.net != right.net { return left.net > right.net }
            if left.maxDrawdown != right.maxDrawdown {
                return left.maxDrawdown < right.maxDrawdown
            }
            return left.run < right.run
        }
    }
}

extension SweepOutcome {
    /// The figures, without the index in the grid.
    public var figures: [JSON.Member] {
        [
            JSON.Member("net", .decimal(net)), JSON.Member("trades", .int(trades)),
            JSON.Member("win_rate", .decimal(winRate)),
            JSON.Member("profit_factor", .decimal(profitFactor)),
            JSON.Member("max_drawdown", .decimal(maxDrawdown)),
            JSON.Member("final_equity", .decimal(finalEquity)),
        ]
    }

    /// The line that a worker hands to its parent.
    public var line: JSON { .object([JSON.Member("run", .int(run))] + figures) }

    /// Reads a worker's line; nil for anything else.
    public init?(line: String) {
        guard let json = try? JSON.parse(line), let run = json["run"]?.integer,
            let trades = json["trades"]?.integer, let net: Money = json.decimal("net"),
            let maxDrawdown: Rate = json.decimal("max_drawdown"),
            let finalEquity: Money = json.decimal("final_equity")
        else { return nil }
        self.run = Int(run)
        self.net = net
        self.trades = Int(trades)
        self.maxDrawdown = maxDrawdown
        self.finalEquity = finalEquity
        winRate = json.decimal("win_rate")
        profitFactor = json.decimal("profit_factor")
    }
}

extension JSON {
    /// The decimal string of a key; nil for null and anything else.
    fileprivate func decimal<Value: FixedPoint>(_ key: String) -> Value? {
        self[key]?.text.flatMap { try? Value.parse($0) }
    }
}

/// The part of a sweep that one worker does: every `count`-th combination.
public struct SweepShare: Sendable, Equatable {
    public var index: Int
    public var count: Int

    public init(index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// `0/2`.
    public var text: String { "\(index)/\(count)" }

    /// Nil for anything but `INDEX/COUNT` with an index below the count.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], index >= 0,
            index < count
        else { return nil }
        self.init(index: index, of: count)
    }

    /// Runs this share's combinations one after the other and hands over each outcome.
    public func run(
        _ grid: SweepGrid, _ request: ReplayRequest, _ each: (SweepOutcome) throws -> Void
    ) throws {
        for run in stride(from: index, to: grid.runs.count, by: count) {
            var request = request
            request.template = grid.runs[run].template
            let world = try World.replaying(request)
            try each(SweepOutcome(run: run, world.replay(from: request.from, to: request.to)))
        }
    }
}
