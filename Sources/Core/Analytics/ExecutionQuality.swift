/// How far fills lay from the prices that were decided on, and how long they took.

import Store

/// Mean and 95th percentile of something measured; both nil without a measurement.
public struct Distribution<Value: FixedPoint>: Sendable, Equatable, Codable {
    public let count: Int
    public let mean: Value?
    /// The smallest value that at least 95 of 100 do not exceed.
    public let p95: Value?

    public init(_ values: [Value]) {
        count = values.count
        guard !values.isEmpty else {
            mean = nil
            p95 = nil
            return
        }
        let sum = values.reduce(Value.zero, +)
        mean = Value(raw: divide(sum.raw, by: Int64(values.count), .nearest))
        p95 = values.sorted()[(values.count * 95 + 99) / 100 - 1]
    }
}

/// Signed slippage against the decision price; positive is worse.
/// **Source** <doc:ProductRules#Figures>.
public struct ExecutionQuality: Sendable, Equatable, Codable {
    /// Shares of the decision price.
    public let slippageIn: Distribution<Rate>
    public let slippageOut: Distribution<Rate>
    /// From the decision to the last fill, in seconds.
    public let fillSeconds: Distribution<Rate>

    /// - Parameter orders: those that were filled whole at market are measured.
    public init(_ trades: [Trade], orders: [Order]) {
        slippageIn = Distribution(trades.map(\.slippageIn))
        slippageOut = Distribution(trades.map(\.slippageOut))
        fillSeconds = Distribution(
            orders.compactMap { order in
                guard order.status == .filled, let doneAt = order.doneAt else { return nil }
                return Rate(raw: (doneAt - order.createdAt).milliseconds * 100_000)
            })
    }
}
