/// Strategy templates with the bots that run them.

import Store

/// The newest version of one template.
public struct TemplateRow: Sendable, Equatable, Codable {
    public var stored: TemplateVersion
    /// Nil when this program cannot read its text.
    public var template: Template?
    /// Labels of the bots that run any version of it, sorted.
    public var usedBy: [String] = []

    init(_ stored: TemplateVersion, _ template: Template?) {
        self.stored = stored
        self.template = template
    }
}

public struct TemplatesBoard: Sendable, Equatable, Codable {
    /// System templates first, then by name.
    public var rows: [TemplateRow]

    static func load(_ db: Reading) throws(StoreError) -> TemplatesBoard {
        let stored = try db.templates().map { TemplateRow($0, $0.parsed) }
        let names = Set(stored.map(\.stored.name))
        var rows = stored + builtIn.rows.filter { !names.contains($0.stored.name) }
        let bots = try db.bots()
        for index in rows.indices {
            let users = bots.filter { $0.templateName == rows[index].stored.name }
            rows[index].usedBy = users.map(\.label).sorted()
        }
        return TemplatesBoard(rows: rows.sorted(by: precedes))
    }

    /// The templates built into the program: what a command shows that has no home.
    public static var builtIn: TemplatesBoard {
        TemplatesBoard(
            rows: SystemTemplates.all.map { template in
                let stored = TemplateVersion(
                    name: template.name, version: template.version, kind: .system,
                    text: TemplateFile.print(template), createdAt: Instant(milliseconds: 0),
                    createdBy: "plutarc")
                return TemplateRow(stored, template)
            }.sorted(by: precedes))
    }

    private static func precedes(_ left: TemplateRow, _ right: TemplateRow) -> Bool {
        (left.stored.kind == .system ? 0 : 1, left.stored.name)
            < (right.stored.kind == .system ? 0 : 1, right.stored.name)
    }

    /// An array of templates.
    public var json: JSON { .list(rows) { $0.json } }
}

extension TemplateRow {
    public var json: JSON {
        [
            "name": .string(stored.name), "kind": .string(stored.kind.rawValue),
            "version": .int(stored.version), "description": .optional(template?.summary),
            "timeframe": .optional(template?.timeframe.rawValue),
            "mode": .optional(template?.mode.rawValue),
            "threshold": .double(template?.threshold),
            "components": template.map { .int($0.components.count) } ?? .null,
            "used_by": .list(usedBy) { .string($0) },
        ]
    }
}

extension TemplateVersion {
    /// The template that the text describes; nil when this program cannot read it.
    public var parsed: Template? {
        guard var template = try? TemplateFile.parse(text, file: name) else { return nil }
        template.name = name
        template.kind = kind
        template.version = version
        return template
    }
}
