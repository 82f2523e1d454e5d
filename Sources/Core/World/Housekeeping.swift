/// What no price brings: what is due by the calendar.
import Store

extension World {
    /// What every world does by the calendar, a replay too.
    func scheduleCalendar() {
        timeline.schedule(.trading(.equitySnapshots), at: next(settings.snapshotEvery))
        timeline.schedule(.trading(.newDay), at: next(.days(1)))
        timeline.schedule(.trading(.funding), at: next(Trading.fundingEvery))
    }

    /// What only a running backend does.
    func scheduleHousekeeping() {
        timeline.schedule(.fleet(.heartbeats), at: next(Deadlines.heartbeat))
        timeline.schedule(.trading(.reconcile), at: next(Deadlines.reconcile))
        timeline.schedule(.desk(.ticketAging), at: next(.hours(1)))
        timeline.schedule(.fleet(.minute), at: next(.minutes(1)))
        timeline.schedule(.desk(.pruning), at: next(.hours(1)))
    }

    /// What the desk has to look at.
    func handle(_ event: DeskEvent) {
        switch event {
        case .ticketAging: ticketsMayHaveAged = true
        case .pruning: decisionsMayBeOld = true
        }
        timeline.schedule(.desk(event), at: next(.hours(1)))
    }
}
