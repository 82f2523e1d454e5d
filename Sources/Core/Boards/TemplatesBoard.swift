/// Strategy templates with the bots that run them.

import Store

/// The newest version of one template.
public struct TemplateRow: Sendable, Equatable {
    public var stored: TemplateVersion
    /// Nil when this program cannot read its text.
    public var template: Template?
    /// Labels of the bots that run any version of it, sorted.
    public var usedBy: [String]
}

public struct TemplatesBoard: Sendable, Equatable {
    /// System templates first, then by name.
    public var rows: [TemplateRow]

    public static func load(_ db: Reading) throws(StoreError) -> TemplatesBoard {
        let bots = try db.bots()
        let rows = try db.templates().map { stored in
            TemplateRow(
                stored: stored, template: stored.parsed,
                usedBy: bots.filter { $0.templateName == stored.name }.map(\.label).sorted())
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
                return TemplateRow(stored: stored, template: template, usedBy: [])
            })
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
