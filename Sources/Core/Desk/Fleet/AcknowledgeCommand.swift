/// Acknowledge: somebody has taken note of an alert.
import Store

public struct AcknowledgeCommand: CommandBody {
    static let verb = "alert-ack"
    /// No row of the table speaks of alerts: who may stop a bot may take note of its alarm.
    static let permission = Permission.botsPause
    static let staff = StaffRule.never
    static let effect = CommandEffect.rows

    public let notice: String

    var arguments: JSON { ["alert": .string(notice)] }
    var target: String { notice }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let found = try desk.database.read { db throws(StoreError) in
            try ID<Notice>(text: notice).map { id throws(StoreError) in try db.notice(id) } ?? nil
        }
        guard var found else { throw Refusal.noSuch(.notice, notice) }
        if let by = found.acknowledgedBy, let at = found.acknowledgedAt {
            throw Refusal.nothingToChange("acknowledged already, by \(by) at \(at.stamp)")
        }
        found.acknowledgedBy = person.name
        found.acknowledgedAt = desk.world.now
        let acknowledged = found
        return Plan(deeds: [
            Deed(target: notice, after: "acknowledged", message: "acknowledged") {
                db, _ throws(StoreError) in try db.save(acknowledged)
            }
        ])
    }
}

extension AcknowledgeCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(notice: try fields.name("alert"))
    }
}

extension Command {
    public static func noticeAcknowledge(_ notice: String) -> Command {
        Command(AcknowledgeCommand(notice: notice))
    }
}
