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

    /// A bot's state decides what it may trade: the step is taken there.
    @discardableResult
    func apply(_ event: LifeEvent, to bot: BotMachine) -> Bool {
        trading.apply(event, to: bot)
    }
}
