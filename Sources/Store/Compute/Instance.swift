/// What stands behind a bot at its compute provider, and what is being done to it.

/// Work of the provider that takes time and is seen in phases.
/// **Source** <doc:ProductRules#Jobs-of-the-provider>.
public enum ComputeJob: String, Sendable, CaseIterable, Codable {
    case deploy, wake, restart, update
    /// The old version again, after a new one failed its check.
    case rollback
    /// A new instance in the place of one that was lost.
    case replace
    case release
}

/// One visible step of a job.
public enum JobPhase: String, Sendable, CaseIterable, Codable {
    case provisioning, installing, connecting
    case stopping, starting
    case pausing, cancelling, pulling, replacing
    case reconciling, resuming
    case releasing
}

/// One row a bot; a bot without one has never had anything done to its instance.
public struct Instance: Sendable, Equatable, Codable {
    public var botID: ID<Bot>
    /// What is under way; nil when nothing is.
    public var job: ComputeJob?
    public var phase: JobPhase?
    public var phaseStartedAt: Instant?
    /// When the provider answers.
    public var phaseEndsAt: Instant?
    /// What the provider will answer; nil for success.
    public var phaseFailure: String?
    /// The command that ends with the job.
    public var commandID: ID<CommandRecord>?
    /// The version that an update brings.
    public var targetVersion: String?
    /// Jobs so far: it names the dice of each.
    public var jobNumber: Int
    /// Provisioned since then; nil while there is no instance.
    public var since: Instant?
    /// Paid up to here.
    public var chargedUntil: Instant?
    /// When it was last restarted.
    public var restartedAt: Instant?
    /// Gone at the provider, and not yet noticed or replaced.
    public var isLost: Bool
    /// When a sleeping bot is woken.
    public var wakeAt: Instant?

    public init(
        botID: ID<Bot>, job: ComputeJob? = nil, phase: JobPhase? = nil,
        phaseStartedAt: Instant? = nil, phaseEndsAt: Instant? = nil, phaseFailure: String? = nil,
        commandID: ID<CommandRecord>? = nil, targetVersion: String? = nil, jobNumber: Int = 0,
        since: Instant? = nil, chargedUntil: Instant? = nil, restartedAt: Instant? = nil,
        isLost: Bool = false, wakeAt: Instant? = nil
    ) {
        self.botID = botID
        self.job = job
        self.phase = phase
        self.phaseStartedAt = phaseStartedAt
        self.phaseEndsAt = phaseEndsAt
        self.phaseFailure = phaseFailure
        self.commandID = commandID
        self.targetVersion = targetVersion
        self.jobNumber = jobNumber
        self.since = since
        self.chargedUntil = chargedUntil
        self.restartedAt = restartedAt
        self.isLost = isLost
        self.wakeAt = wakeAt
    }
}

extension JobPhase {
    /// No process of the bot runs meanwhile: neither entries nor exits.
    public var isDown: Bool {
        switch self {
        case .provisioning, .installing, .connecting, .stopping, .starting, .replacing, .releasing:
            true
        case .pausing, .cancelling, .pulling, .reconciling, .resuming: false
        }
    }
}

extension Instance {
    /// The next restart is refused before this. **Source** <doc:ProductRules#Restarts>.
    public func restartReady(every spacing: Span) -> Instant? { restartedAt.map { $0 + spacing } }
}
