/// The nine states in which people see a bot.

/// **Source** <doc:ProductRules#Bot-states>.
public enum BotState: String, Sendable, CaseIterable, Codable {
    case deploying, online, paused, offline, error, sleeping, waking
    case windingDown = "winding_down"
    case stopped

    /// Charged exactly while an instance is provisioned.
    @inlinable public var isProvisioned: Bool {
        switch self {
        case .online, .paused, .offline, .error, .windingDown: true
        case .deploying, .sleeping, .waking, .stopped: false
        }
    }

    /// Exit rules run; in Winding Down until the instance is released. Offline tells nothing.
    @inlinable public var runsExitRules: Bool {
        self == .online || self == .paused || self == .windingDown
    }

    /// `Winding Down`.
    public var title: String {
        switch self {
        case .deploying: "Deploying"
        case .online: "Online"
        case .paused: "Paused"
        case .offline: "Offline"
        case .error: "Error"
        case .sleeping: "Sleeping"
        case .waking: "Waking"
        case .windingDown: "Winding Down"
        case .stopped: "Stopped"
        }
    }
}

/// Why a bot opens nothing.
public enum PauseCause: String, Sendable, CaseIterable, Codable {
    case person
    case staff
    /// The daily loss kill switch: latched until a person with the risk permission resumes.
    case killSwitch = "kill_switch"
    case lossStreak = "loss_streak"
    case apiErrors = "api_errors"
    /// The book and the exchange differ; a person decides.
    case reconciliation
    /// Pause & close all.
    case closeAll = "close_all"
    /// The balance is nearly used up. **Source** <doc:ProductRules#Billing>.
    case billing
}
