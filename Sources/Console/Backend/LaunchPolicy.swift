/// Whether and how a console may start an engine, and what helps where none runs.

extension EngineLink {
    enum Policy: Equatable, Sendable {
        /// `--no-engine`, `--read-only`: only joins one that runs.
        case join
        /// Starts one with these options when none runs.
        case launch([String])
    }

    static func absenceRemedy(mayLaunch: Bool) -> String {
        mayLaunch ? "F5 starts one" : ownersRemedy
    }

    static let ownersRemedy = "its owner starts one: plutarc engine start"
}
