/// The transitions of a bot as one table: which event leads from which state to which.
import Store

/// The twenty transitions, by their numbers. **Source** <doc:ProductRules#Transitions>.
public enum Transition: Int, Sendable, CaseIterable {
    case t1 = 1, t2, t3, t4, t5, t6, t7, t8, t9, t10
    case t11, t12, t13, t14, t15, t16, t17, t18, t19, t20
}

/// What can happen to a bot that exists. T1 has no state to come from:
/// see ``BotTransitions/birth``.
public enum LifeEvent: String, Sendable, CaseIterable, Codable {
    case provisioned, provisioningFailed = "provisioning_failed"
    case pause, resume, closeAll = "close_all"
    case heartbeatsMissed = "heartbeats_missed", heartbeatReturned = "heartbeat_returned"
    case criticalError = "critical_error", recovered
    case restart, update
    case sessionsEnded = "sessions_ended", wakeDue = "wake_due"
    case stop, released, redeploy
}

/// What an event does.
public enum LifeStep: Sendable, Equatable {
    /// The phase changes; the pause flag stays as it was.
    case becomes(BotState, Transition)
    /// Only the pause flag changes. No transition in states that wake or return with the flag.
    case flags(paused: Bool, Transition?)
    /// An overlay with phases of its own; the state stays.
    case overlays(Transition)
    case refused
}

public enum BotTransitions {
    /// The state of a bot that has just been asked for: T1.
    public static let birth = BotState.deploying

    /// - Parameter state: as people see it, so `paused` for a bot that is online with the flag.
    public static func step(_ event: LifeEvent, in state: BotState) -> LifeStep {
        let isRunning = state == .online || state == .paused
        let hasProcess = isRunning || state == .offline
        return switch event {
        case .provisioned:
            state == .deploying ? .becomes(.online, .t2)
                : state == .waking ? .becomes(.online, .t15) : .refused
        case .provisioningFailed:
            state == .deploying ? .becomes(.error, .t3)
                : state == .waking ? .becomes(.error, .t16) : .refused
        case .pause: flag(true, in: state, .t4)
        case .resume: flag(false, in: state, .t5)
        case .closeAll: flag(true, in: state, .t6)
        case .heartbeatsMissed: isRunning ? .becomes(.offline, .t7) : .refused
        case .heartbeatReturned: state == .offline ? .becomes(.online, .t8) : .refused
        case .criticalError: hasProcess ? .becomes(.error, .t9) : .refused
        case .recovered: state == .error ? .becomes(.online, .t10) : .refused
        // In Error it leads to T10, out of Offline to T8, when it succeeds.
        case .restart: hasProcess || state == .error ? .overlays(.t11) : .refused
        case .update: isRunning ? .overlays(.t12) : .refused
        case .sessionsEnded: isRunning ? .becomes(.sleeping, .t13) : .refused
        case .wakeDue: state == .sleeping ? .becomes(.waking, .t14) : .refused
        case .stop: stop(in: state)
        case .released: state == .windingDown ? .becomes(.stopped, .t18) : .refused
        case .redeploy: state == .stopped ? .becomes(.deploying, .t20) : .refused
        }
    }

    private static func flag(
        _ paused: Bool, in state: BotState, _ transition: Transition
    ) -> LifeStep {
        switch state {
        case .online, .paused: .flags(paused: paused, transition)
        // It wakes, returns or recovers with the flag that it then has.
        case .deploying, .offline, .error, .sleeping, .waking: .flags(paused: paused, nil)
        case .windingDown, .stopped: .refused
        }
    }

    private static func stop(in state: BotState) -> LifeStep {
        switch state {
        case .sleeping: .becomes(.stopped, .t19)
        case .windingDown, .stopped: .refused
        default: .becomes(.windingDown, .t17)
        }
    }

    /// What a person can do where an event is refused.
    public static func remedy(_ event: LifeEvent, in state: BotState, bot: String) -> String {
        switch (event, state) {
        case (_, .stopped) where event != .stop: "Deploy it again: plutarc start \(bot)."
        case (_, .stopped): "Nothing is left to do."
        case (_, .windingDown): "Wait until it is Stopped: plutarc bot \(bot)."
        case (.redeploy, .sleeping): "It wakes by itself ahead of its next session."
        case (_, .sleeping), (_, .waking), (_, .deploying):
            "Wait until it is Online: plutarc bot \(bot)."
        case (.update, .error), (.update, .offline): "Restart it first: plutarc restart \(bot)."
        case (.redeploy, _): "It runs already."
        default: "See its state: plutarc bot \(bot)."
        }
    }
}
