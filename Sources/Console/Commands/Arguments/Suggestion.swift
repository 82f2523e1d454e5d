/// The word that was probably meant.

enum Suggestion {
    /// The nearest of `words` to `typed`, when it is near enough to be meant; ties go to the first.
    static func nearest(to typed: String, among words: [String]) -> String? {
        var best: (word: String, distance: Int)?
        for word in words {
            let distance = distance(
                from: Array(typed.unicodeScalars), to: Array(word.unicodeScalars))
            let near = distance <= max(1, min(typed.count, word.count) / 3)
            let begins = typed.count >= 3 && word.hasPrefix(typed)
            guard near || begins else { continue }
            let rank = begins ? min(distance, 1) : distance
            if best.map({ rank < $0.distance }) ?? true { best = (word, rank) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    static func distance(from left: [Unicode.Scalar], to right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let change = left[row - 1] == right[column - 1] ? 0 : 1
                var least = min(
                    previous[column] + 1, current[column - 1] + 1, previous[column - 1] + change)
                if row > 1, column > 1, left[row - 1] == right[column - 2],
                    left[row - 2] == right[column - 1] {
                    least = min(least, before[column - 2] + 1)
                }
                current.append(least)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
