/// Equity over time of one bot or of several together, and how far it has fallen.

import Store

/// One moment of a curve.
public struct CurvePoint: Sendable, Equatable, Codable {
    public var at: Instant
    public var equity: Money

    public init(at: Instant, equity: Money) {
        self.at = at
        self.equity = equity
    }
}

/// Falls from the running peak. **Source** <doc:ProductRules#Figures>.
public struct DrawdownReport: Sendable, Equatable, Codable {
    /// Share of the peak by which equity lies below it now; zero at a peak.
    public private(set) var current = Rate.zero
    /// When the peak was last stood on; nil without points.
    public private(set) var since: Instant?
    public private(set) var deepest = Rate.zero
    /// The peak before the deepest fall, and its lowest point; nil while nothing fell.
    public private(set) var deepestFrom: Instant?
    public private(set) var deepestAt: Instant?

    public init(_ points: some Sequence<CurvePoint>) {
        var peak: CurvePoint?
        for point in points {
            guard let top = peak, point.equity < top.equity else {
                peak = point
                current = .zero
                since = point.at
                continue
            }
            guard top.equity.isPositive else { continue }
            current = (top.equity - point.equity).share(of: top.equity) ?? .zero
            guard current > deepest else { continue }
            deepest = current
            deepestFrom = top.at
            deepestAt = point.at
        }
    }
}

extension DrawdownReport {
    /// Of one account, by every price that was seen and not only at its points.
    /// - Parameter points: oldest first.
    public init(account points: [EquityPoint]) {
        var peak: CurvePoint?
        var before = points.first?.at
        for point in points {
            let top = peak ?? CurvePoint(at: point.at, equity: point.high)
            see(Self.share(of: point.low, below: top.equity), from: top.at, at: point.at)
            see(point.fall, from: before ?? point.at, at: point.at)
            peak = point.high >= top.equity ? CurvePoint(at: point.at, equity: point.high) : top
            current = Self.share(of: point.equity, below: max(top.equity, point.high))
            since = peak?.at
            before = point.at
        }
    }

    private mutating func see(_ fall: Rate, from start: Instant, at end: Instant) {
        guard fall > deepest else { return }
        (deepest, deepestFrom, deepestAt) = (fall, start, end)
    }

    private static func share(of equity: Money, below peak: Money) -> Rate {
        guard peak.isPositive, equity < peak else { return .zero }
        return (peak - equity).share(of: peak) ?? .zero
    }
}

public struct EquityCurve: Sendable, Equatable, Codable {
    /// Oldest first.
    public let points: [CurvePoint]
    public let drawdown: DrawdownReport

    public init(_ points: [CurvePoint]) {
        self.points = points
        drawdown = DrawdownReport(points)
    }

    /// Of one account: its points thinned, its drawdown by every price.
    /// - Parameter all: oldest first.
    public init(account all: [EquityPoint], every step: Span) {
        points = EquityCurve(sum: [all], every: step).points
        drawdown = DrawdownReport(account: all)
    }

    /// The sum of several accounts at the end of each span of time in which any has a point.
    ///
    /// An account counts with its last value, and before its first point with that one: a bot
    /// that joins later is no profit.
    /// - Parameter series: each oldest first.
    public init(sum series: [[EquityPoint]], every step: Span) {
        var ends: Set<Instant> = []
        for points in series { for point in points { ends.insert(point.at.floored(to: step)) } }
        let present = series.filter { !$0.isEmpty }
        var next = [Int](repeating: 0, count: present.count)
        var sum = present.reduce(Money.zero) { $0 + $1[0].equity }
        var points: [CurvePoint] = []
        for start in ends.sorted() {
            var at = start
            for (index, account) in present.enumerated() {
                while next[index] < account.count, account[next[index]].at < start + step {
                    let before = account[max(next[index] - 1, 0)].equity
                    sum += account[next[index]].equity - before
                    at = max(at, account[next[index]].at)
                    next[index] += 1
                }
            }
            points.append(CurvePoint(at: at, equity: sum))
        }
        self.init(points)
    }
}
