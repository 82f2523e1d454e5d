/// How many messages one account may send in a second, over all its connections.

import Store

/// Fills with time; each message takes one.
struct RateBucket {
    let perSecond: Int64
    /// In thousandths, so that short spans count.
    private let capacity: Int64
    private var level: Int64
    private var filledAt: Span

    /// - Parameter burst: what a full one holds; a second's worth unless said otherwise.
    init(perSecond: Int64, burst: Int64? = nil, at boot: Span) {
        self.perSecond = perSecond
        capacity = (burst ?? perSecond) * 1000
        level = capacity
        filledAt = boot
    }

    /// One of what is there, if anything is.
    mutating func spend(at boot: Span) -> Bool {
        guard has(at: boot) else { return false }
        level -= 1000
        return true
    }

    /// Takes more than there may be: what is missing has to come in before the next one.
    mutating func owe(_ count: Int64, at boot: Span) {
        fill(at: boot)
        level -= count * 1000
    }

    /// Whether there is one to take.
    mutating func has(at boot: Span) -> Bool {
        fill(at: boot)
        return level >= 1000
    }

    /// Whether nothing is owed: a new bucket would be the same.
    func isFull(at boot: Span) -> Bool {
        var copy = self
        copy.fill(at: boot)
        return copy.level == capacity
    }

    private mutating func fill(at boot: Span) {
        let toFull = (capacity - level) / perSecond + 1
        let passed = min(max(0, boot.milliseconds - filledAt.milliseconds), toFull)
        level = min(capacity, level + passed * perSecond)
        filledAt = boot
    }
}
