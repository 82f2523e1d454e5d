/// What of a position's row no trading can have led to, and of the trade that would come of it.
import Store

extension Position {
    /// What an exchange of today lets anybody borrow, whatever its contract said at the entry.
    static let leverages = 1...1000

    /// Nil when it can be gone on with.
    /// - Parameter clock: of the world that holds it.
    func flaw(_ contract: Contract, at clock: Instant) -> String? {
        if openedAt > clock { return "it was opened at \(openedAt), after the clock of its world" }
        if !Self.leverages.contains(leverage) { return "its leverage is \(leverage)" }
        if entryPrice > Countable.largestPrice { return "nothing is traded at \(entryPrice)" }
        if !contract.isCountable(openedQuantity, at: entryPrice, times: 2) {
            return "what it is worth cannot be counted"
        }
        return flawOfSums
    }

    private var flawOfSums: String? {
        let sums = [
            ("fees", fees), ("funding", funding), ("realised", realised), ("exit value", exitValue),
        ]
        if let sum = sums.first(where: { !$0.1.isCountable }) {
            return "its \(sum.0) cannot be counted"
        }
        if exitValue.isNegative { return "its exit value is below zero" }
        guard quantity == openedQuantity, !exitValue.isZero || !realised.isZero else { return nil }
        return "nothing of it is closed, and its exit value or realised is not zero"
    }

    /// `position-7 BTC-PERP long 0.5`.
    var named: String { "\(id) \(symbol) \(side.rawValue) \(quantity)" }

    /// The same without what no trade could be made of: its sums stand at zero, and it was opened
    /// when it was closed.
    /// - Parameter last: the price of the last closing fill.
    func withoutFlaws(_ contract: Contract, at now: Instant, last: Price) -> Position {
        var sound = self
        sound.openedAt = min(openedAt, now)
        let sums: [WritableKeyPath<Position, Money>] = [\.fees, \.funding, \.realised]
        for sum in sums where !self[keyPath: sum].isBookable {
            sound[keyPath: sum] = .zero
        }
        if !exitValue.isBookable || !contract.exitPrice(of: self, last: last).isPositive {
            sound.exitValue = contract.value(of: openedQuantity, at: last)
        }
        return sound
    }
}

extension Trade {
    /// What the books would refuse of it; nil when they take it.
    var flaw: String? {
        if closedAt < openedAt { return "it was opened at \(openedAt), after it was closed" }
        if !exitPrice.isPositive { return "its exit price is not above zero" }
        return [gross, fees, funding].allSatisfy(\.isBookable) ? nil : "its net cannot be counted"
    }
}

extension Money {
    /// Whether three of them add up within the range.
    fileprivate var isBookable: Bool { raw.magnitude <= UInt64(Countable.end) * 2 }
}
