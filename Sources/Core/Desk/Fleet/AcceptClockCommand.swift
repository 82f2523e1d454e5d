/// Accept the clock: the machine's clock counts as it is.
import Store

/// Whoever may change the workspace says that the clock is right, or that it shall count.
public struct AcceptClockCommand: EarlyCommand {
    static let verb = "accept-clock"
    static let permission = Permission.orgUpdate
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    var arguments: JSON { [:] }
    var target: String { "clock" }

    func plan(in fleet: CommittedFleet, at desk: Desk, by person: Operator) throws -> Plan {
        try plan(at: desk, by: person)
    }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        guard let doubt = desk.clock.doubt else {
            return Plan(deeds: [
                Deed(target: target, unchanged: "the clock was not in doubt")
            ])
        }
        let deed = Deed(
            target: target, before: "believed at \(doubt.since)",
            after: "accepted at \(desk.wall)", message: Self.consequence(at: desk)
        ) { _, _ in
            desk.clock.accept()
            desk.world.trading.allowEntries(.clock)
        }
        return Plan(deeds: [deed])
    }

    /// What becomes of the world, whose own time never goes back.
    private static func consequence(at desk: Desk) -> String {
        guard desk.workspace.market == Market.modelSource else { return "the clock is accepted" }
        let ahead = desk.world.now - desk.wall
        if ahead > ClockDoubt.tolerance {
            return "the clock is accepted; the world goes on \(ahead.ageText) ahead of it"
        }
        let behind = Span(milliseconds: -ahead.milliseconds)
        return "the clock is accepted; the world was \(behind.ageText) behind it"
    }
}

extension AcceptClockCommand {
    init(_ fields: CommandArguments) throws(Refusal) { self.init() }
}

extension Command {
    public static let acceptClock = Command(AcceptClockCommand())
}
