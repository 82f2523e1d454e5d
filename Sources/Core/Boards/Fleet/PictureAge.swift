/// How old the last commit makes what is read from it.
import Store

extension Workspace {
    /// Since the machine's clock of the last commit; where the market follows that clock, since the
    /// world's own time if that is longer: an engine commits at once when it starts, and only then
    /// catches up.
    /// - Parameters:
    ///   - world: time of what is shown.
    ///   - countsWorld: off in a test of the tests.
    /// - Returns: nil where the home does not know when that was.
    public func age(of world: Instant, at wall: Instant, countsWorld: Bool = true) -> Span? {
        guard let last = machineClock?.wall else { return nil }
        let commit = max(wall - last, .seconds(0))
        guard countsWorld, market == Market.modelSource else { return commit }
        return max(commit, wall - world)
    }
}
