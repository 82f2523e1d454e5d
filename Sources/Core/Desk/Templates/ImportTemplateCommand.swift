/// Template import: a template file becomes a template, or its next version.
import Store

public struct ImportTemplateCommand: CommandBody {
    static let verb = "template-import"
    static let permission = Permission.templatesEdit
    static let staff = StaffRule.never
    static let effect = CommandEffect.world

    public let text: String
    /// Named in error messages only.
    public let file: String?

    var arguments: JSON { .given(.text("text", text), .text("file", file)) }
    var target: String { file ?? "template" }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let template: Template
        do throws(FileError) {
            template = try TemplateFile.parseNew(text, file: target)
        } catch {
            throw Refusal.template(.broken(headline: error.headline, remedy: error.remedy))
        }
        // Another spelling of a name that is taken is no new version of what has it.
        let found = try? desk.template(named: template.name)
        let existing = found?.name == template.name ? found : nil
        let version = try TemplateRules.importVersion(
            named: template.name, over: existing, taken: try desk.takenTemplateNames())
        _ = try Strategy(template, tick: Price(raw: 1))
        return Plan(deeds: [
            desk.store(template, version: version, before: existing, by: person)
        ])
    }
}

extension ImportTemplateCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(text: try fields.body("text"), file: try fields.optionalName("file"))
    }
}

extension Command {
    public static func templateImport(text: String, file: String?) -> Command {
        Command(ImportTemplateCommand(text: text, file: file))
    }
}
