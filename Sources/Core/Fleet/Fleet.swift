/// The department of the bots' lives: enrolment, jobs, heartbeats, links, sleep, rollouts, bills.
import Store

/// It knows how bots come, run and go, and asks ``Trading`` for what must happen to their orders
/// and positions then.
final class Fleet: Department {
    let trading: Trading
    var compute: any ComputeProvider = SimulatedCompute(seed: 0)
    var billing = Billing()
    /// The newest update that goes in cohorts.
    var rollout: RolloutWork?
    /// Jobs that have ended since the desk last asked.
    var finishedJobs: [JobResult] = []
    /// Commands whose cohort has begun since the desk last asked.
    var startedCommands: [ID<CommandRecord>] = []
    /// A link is back, and commands have waited for it.
    var linksHaveReturned = false

    init(on state: WorldState, _ trading: Trading) {
        self.trading = trading
        super.init(on: state)
    }

    /// As the last engine left it, on the machines of a provider.
    func resume(
        _ billing: BillingAccount?, _ rollout: RolloutWork?, on compute: any ComputeProvider
    ) {
        self.compute = compute
        self.billing = Billing(billing)
        self.rollout = rollout
    }

    func handle(_ event: FleetEvent) {
        switch event {
        case .heartbeats: beat()
        case .jobPhase(let id): phaseEnded(id)
        case .minute: passMinute()
        }
    }

    func schedule(_ event: FleetEvent, at due: Instant) {
        timeline.schedule(.fleet(event), at: due)
    }

    /// Jobs that have ended since the last time: the desk ends their commands.
    func takeFinishedJobs() -> [JobResult] {
        defer { finishedJobs.removeAll() }
        return finishedJobs
    }

    /// Commands whose cohort has begun since the last time.
    func takeStartedCommands() -> [ID<CommandRecord>] {
        defer { startedCommands.removeAll() }
        return startedCommands
    }

    /// The transaction that took them has failed.
    func putBack(_ jobs: [JobResult], started: [ID<CommandRecord>]) {
        (finishedJobs, startedCommands) = (jobs, started)
    }

    /// Whether a link has come back since the last time, for which commands may have waited.
    func takeReturnOfLinks() -> Bool {
        defer { linksHaveReturned = false }
        return linksHaveReturned
    }

    /// A bot's state decides what it may trade: the step is taken there.
    @discardableResult
    func apply(_ event: LifeEvent, to bot: BotMachine) -> Bool {
        trading.apply(event, to: bot)
    }
}
