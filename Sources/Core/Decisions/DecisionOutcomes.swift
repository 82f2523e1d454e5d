/// How many decisions ended in which way, counted from their bytes without reading all of them.

import Store

/// A count for each code of an outcome, and each component that it can be about.
struct DecisionOutcomes {
    private var counts: [Int] = []
    /// A template has fewer components.
    private static let components = 128
    private static let ofComponents = [Obstacle.component(0).code, Obstacle.pointless(0).code]

    /// Counts what ``DecisionCoding`` wrote.
    mutating func add(_ facts: UnsafePointer<UInt8>, times: Int) {
        let code = facts[DecisionCoding.outcome]
        guard code > 0 else { return }
        let isOfComponent = Self.ofComponents.contains(code)
        let component = isOfComponent ? Int(facts[DecisionCoding.outcome + 1]) : 0
        if counts.isEmpty { counts = Array(repeating: 0, count: 256 * Self.components) }
        counts[Int(code) * Self.components + component % Self.components] += times
    }

    /// Entries apart: what stood first against one, and how often.
    var obstacles: [Obstacle: Int] {
        var known: [Obstacle: Int] = [:]
        for (index, count) in counts.enumerated() where count > 0 {
            let (code, component) = index.quotientAndRemainder(dividingBy: Self.components)
            guard let obstacle = Obstacle(code: UInt8(code), index: component) else {
                continue
            }
            known[obstacle, default: 0] += count
        }
        return known
    }
}
