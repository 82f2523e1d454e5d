/// Whether and how a console may start an engine, and what helps where none runs.
import Core
import Glibc
import Store

extension EngineConnection {
    enum Policy: Equatable, Sendable {
        /// `--no-engine`, `--read-only`: only joins one that runs.
        case join
        /// Starts one with these options when none runs.
        case launch([String])
    }

    /// Whoever was sent away and waits for nothing does not push in again at once.
    static let restAfterRefusal = Span.seconds(2)

    /// Whether F5 starts an engine: an organisation's engine is its owner's to start.
    var mayLaunch: Bool {
        guard case .launch = policy, let home else { return false }
        return home.owner == geteuid()
    }

    var remedy: String { Self.absenceRemedy(mayLaunch: mayLaunch, option: barredBy) }

    /// - Parameter option: with which the home's own account told this console to start none.
    static func absenceRemedy(mayLaunch: Bool, option: String?) -> String {
        mayLaunch ? "F5 starts one" : remedy(without: option)
    }

    /// What helps where this console starts no engine.
    static func remedy(without option: String?) -> String {
        option.map { "this console was opened with \($0); plutarc engine start starts one" }
            ?? "its owner starts one: plutarc engine start"
    }

    /// The same where one hangs.
    static func silenceRemedy(without option: String?) -> String {
        option.map { "this console was opened with \($0); \(LeaseHolder.remedy)" }
            ?? remedy(without: nil)
    }

    /// Nil where it may start one, and where the home is another account's: then not even
    /// without the option.
    var barredBy: String? {
        guard policy == .join, let home, home.owner == geteuid() else { return nil }
        return option
    }
}
