/// A start that is made to last, for tests of what happens meanwhile.
import Store

/// Spreads the pieces of a phase evenly over a time; without one it holds nothing up.
public struct StartDelay: Sendable {
    private let lasts: Span
    private var began: Span?

    public static let none = StartDelay(.seconds(0))

    public init(_ lasts: Span) { self.lasts = lasts }

    /// Another phase begins.
    mutating func begin() { began = nil }

    /// Whether so many pieces may be done by now.
    mutating func allows(_ done: Int64, of total: Int64, at now: Span) -> Bool {
        guard lasts > .seconds(0) else { return true }
        let first = began ?? now
        began = first
        let passed = now.milliseconds - first.milliseconds
        return done * lasts.milliseconds <= passed * total
    }
}
