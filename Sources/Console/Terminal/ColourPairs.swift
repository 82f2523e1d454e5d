/// Hands out the numbers of colour pairs on first use, and shares one when they run out.

/// A terminal with 8 colours has 64 pairs, one of them fixed: <doc:ConsoleRules#Colour-depths>.
/// What is drawn first gets its pair first: these are the important roles.
struct ColourPairs: Sendable {
    /// The number of pairs besides pair 0, the terminal's own colours.
    let limit: Int
    private var numbers: [InkPair: Int] = [:]

    init(limit: Int) { self.limit = max(0, limit) }

    var count: Int { numbers.count }

    /// The number of a pair and whether it is new, so that the terminal has to learn it.
    mutating func number(for pair: InkPair) -> (number: Int, isNew: Bool) {
        if pair == InkPair(.terminal, .terminal) { return (0, false) }
        if let known = numbers[pair] { return (known, false) }
        guard numbers.count < limit else { return (shared(pair), false) }
        let number = numbers.count + 1
        numbers[pair] = number
        return (number, true)
    }

    /// A pair with the same background, best with the same foreground on the terminal's own.
    private func shared(_ pair: InkPair) -> Int {
        if let number = numbers[InkPair(pair.foreground, .terminal)] { return number }
        let others = numbers.filter { $0.key.background == pair.background }
        return others.values.min() ?? 0
    }
}
