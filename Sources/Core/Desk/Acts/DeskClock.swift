/// A person accepts the machine's clock as it is.
import Store

extension Desk {
    /// Whoever may change the workspace says that the clock is right, or that it shall count.
    func acceptClock() -> Plan {
        guard let doubt = clock.doubt else {
            return Plan(deeds: [
                Deed(target: "clock", message: "the clock was not in doubt") { _, _ in }
            ])
        }
        let deed = Deed(
            target: "clock", before: "believed at \(doubt.since)", after: "accepted at \(wall)",
            message: consequence
        ) { [self] _, _ in
            clock.accept()
            world.allowEntries(.clock)
        }
        return Plan(deeds: [deed])
    }

    /// What becomes of the world, whose own time never goes back.
    private var consequence: String {
        guard workspace.market == Market.modelSource else { return "the clock is accepted" }
        let ahead = world.now - wall
        if ahead > ClockDoubt.tolerance {
            return "the clock is accepted; the world goes on \(ahead.ageText) ahead of it"
        }
        let behind = Span(milliseconds: -ahead.milliseconds)
        return "the clock is accepted; the world was \(behind.ageText) behind it"
    }
}
