/// Commands that show strategy templates. Reading the system templates needs no home.

import Core
import Store

enum TemplateActions {
    static let actions: [String: CommandAction] = [
        "templates": templates, "template show": show, "template export": export,
    ]

    @Sendable static func templates(
        _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let board = try board(context)
        try context.output.result(json: board.json) {
            var table = TextTable([
                .text("template"), .text("kind"), .number("version"), .text("tf"), .text("mode"),
                .number("threshold"), .text("used by"), .text("description"),
            ])
            for row in board.rows {
                table.add([
                    row.stored.name, row.stored.kind.rawValue, String(row.stored.version),
                    row.template?.timeframe.rawValue, row.template?.mode.rawValue,
                    row.template.map { String(ValueText.score($0.threshold).dropFirst()) },
                    row.usedBy.joined(separator: ", "),
                    row.template?.summary ?? "cannot be read by this program",
                ])
            }
            return context.output.table(table, none: "No templates.")
        }
        return .done
    }

    @Sendable static func show(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let row = try found(context)
        guard let template = row.template else { throw unreadable(row) }
        try context.output.result(json: template.json) {
            let components = TemplateBreakdown(template, decisions: []).components
            return [
                context.output.heading(DisplayText.clean(template.name)),
                DisplayText.clean(template.summary),
                "\(template.kind.rawValue), version \(template.version), "
                    + "\(template.timeframe.rawValue), \(template.mode.rawValue) over "
                    + "\(ValueText.score(template.threshold).dropFirst()), "
                    + "leverage \(template.leverage), opens \(template.direction.rawValue)",
            ] + ComponentText.lines(components, [])
        }
        return .done
    }

    @Sendable static func export(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let row = try found(context)
        // Stored before its hidden characters were written as escapes, it may still hold some.
        let text = Untrusted.escaped(row.stored.text)
        if let path = context.call[.exportTemplate] {
            try context.create(path) { write throws(CommandFailure) in try write(text) }
            try context.output.result(
                json: ["name": .string(row.stored.name), "file": .string(path)]
            ) { ["\(DisplayText.clean(row.stored.name)) written to \(DisplayText.clean(path))."] }
            return .done
        }
        try context.output.result(
            json: [
                "name": .string(row.stored.name), "version": .int(row.stored.version),
                "text": .string(text),
            ]
        ) {
            Output.lines(of: text)
        }
        return .done
    }

    /// The home's templates; those built into the program where there is no home.
    private static func board(_ context: CommandContext) throws(CommandFailure) -> TemplatesBoard {
        guard try context.hasHome() else { return .builtIn }
        let reader = try context.reader()
        return try answered { () throws(BoardError) in try reader.templates() }
    }

    /// By name, else by a beginning that only one name has.
    private static func found(_ context: CommandContext) throws(CommandFailure) -> TemplateRow {
        let name = context.operand(0)
        let rows = try board(context).rows
        if let named = Label.named(name, among: rows, by: \.stored.name) { return named }
        let begun = name.isEmpty ? [] : rows.filter { $0.stored.name.hasPrefix(name) }
        guard begun.count < 2 else {
            throw CommandFailure(
                Refusal.ambiguous(.template, name, candidates: begun.map(\.stored.name)))
        }
        guard let one = begun.first else { throw CommandFailure(Refusal.noSuch(.template, name)) }
        return one
    }

    static func unreadable(_ row: TemplateRow) -> CommandFailure {
        CommandFailure(
            .failed, "unreadable_template",
            "\(row.stored.name), version \(row.stored.version): this program cannot read its text",
            remedy: "See the text: plutarc template export '\(row.stored.name)'.")
    }
}
