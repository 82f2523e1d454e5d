/// Template delete: a template that no bot runs is gone.
import Store

public struct DeleteTemplateCommand: CommandBody {
    static let verb = "template-delete"
    static let permission = Permission.templatesEdit
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let template: String

    var arguments: JSON { ["template": .string(template)] }
    var target: String { template }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let found = try desk.template(named: template)
        let users = desk.world.bots.filter { $0.record.templateName == found.name }
            .map(\.record.label)
        try TemplateRules.delete(found, runningOn: users)
        return Plan(deeds: [
            Deed(
                target: found.name, before: "v\(found.version)", after: "gone", message: "deleted"
            ) { db, _ throws(StoreError) in try db.deleteTemplate(found.name) }
        ])
    }
}

extension DeleteTemplateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(template: try fields.name("template"))
    }
}

extension Command {
    public static func templateDelete(_ template: String) -> Command {
        Command(DeleteTemplateCommand(template: template))
    }
}
