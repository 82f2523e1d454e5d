/// Template copy: a template under another name, to be changed.
import Store

public struct CopyTemplateCommand: CommandBody {
    static let verb = "template-copy"
    static let permission = Permission.templatesEdit
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let template: String
    public let name: String

    var arguments: JSON { ["template": .string(template), "name": .string(name)] }
    var target: String { template }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        var copy = try desk.template(named: template)
        try TemplateRules.copy(as: name, taken: try desk.takenTemplateNames())
        copy.name = name
        copy.kind = .user
        return Plan(deeds: [desk.store(copy, version: 1, before: nil, by: person)])
    }
}

extension CopyTemplateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(template: try fields.name("template"), name: try fields.name("name"))
    }
}

extension Command {
    public static func templateCopy(_ template: String, name: String) -> Command {
        Command(CopyTemplateCommand(template: template, name: name))
    }
}
