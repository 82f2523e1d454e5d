/// Dice for values that people and files may give: often ordinary, often at the end of a range.
import Store

struct FuzzValues {
    private var dice: Randomness

    init(seed: UInt64) { dice = Randomness(seed: seed) }

    mutating func chance(_ count: Int, in all: Int) -> Bool { dice.chance(count, in: all) }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { dice.integer(in: range) }

    mutating func one<Item>(of items: [Item]) -> Item { items[whole(0...items.count - 1)] }

    /// Mostly near the least, so that indicators have a value after few candles.
    mutating func length(_ range: ClosedRange<Int>) -> Int {
        if chance(1, in: 40) { return range.upperBound }
        return min(range.upperBound, range.lowerBound + whole(0...3))
    }

    /// An end of the range, or anything between.
    mutating func number(_ range: ClosedRange<Double>) -> Double {
        switch whole(0...5) {
        case 0: range.lowerBound
        case 1, 2: range.upperBound
        case 3: min(max(range.lowerBound, spread(-2...3)), range.upperBound)
        default: range.lowerBound + dice.uniform() * (range.upperBound - range.lowerBound)
        }
    }

    /// Ten to a power of the range, times one to ten: each order of size as likely as the other.
    mutating func spread(_ powers: ClosedRange<Int>) -> Double {
        var value = 1 + 9 * dice.uniform()
        let power = whole(powers)
        for _ in 0..<abs(power) { value = power < 0 ? value / 10 : value * 10 }
        return value
    }
}
