/// What is written down of the past: nothing is decided by its rows.

/// Where its pages are damaged the rest of a commit goes on without it, or no position could be
/// closed any more.
enum History: CaseIterable, Sendable {
    case fills, trades, deployments, ledger, decisions, activities, equity, candles
    /// Written with a command: without them only what stops losses is done.
    case audit, commands

    /// Nobody trades, pays or warms up by them.
    static let needless: Set<History> = [.decisions, .equity]

    /// What the world itself gathers.
    static let recorded = allCases.filter { $0 != .audit && $0 != .commands }
}
