/// Commands about themes: which there are, which roles they name, whether a file is sound.

import Core

enum ThemeActions {
    static let actions: [String: CommandAction] = ["themes": themes]

    @Sendable static func themes(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        switch (context.optionalOperand(0), context.optionalOperand(1)) {
        case (nil, _): return try list(context)
        case ("roles", nil): return try roles(context)
        case ("check", let file?): return try check(file, context)
        case ("check", nil):
            throw .usage("\"plutarc themes check\" needs FILE", remedy: "Name a theme or a file.")
        case ("roles", .some(let word)), (.some(let word), _):
            throw .usage(
                "\"\(DisplayText.clean(word))\" is not a word of \"plutarc themes\"",
                remedy: "Write plutarc themes, themes roles, or themes check FILE.")
        }
    }

    private static func list(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let library = try context.looking { ThemeLibrary(environment: $0) }
        let codes = library.codes
        try context.output.result(
            json: .list(codes) { code in
                ["name": .string(code), "title": .optional((try? library.load(code))?.name)]
            }
        ) { codes }
        return .done
    }

    private static func roles(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let names = Role.allCases.map(\.name)
        try context.output.result(json: .list(names) { .string($0) }) { names }
        return .done
    }

    private static func check(
        _ name: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let library = try context.looking { ThemeLibrary(environment: $0) }
        let paints: ThemePaints
        do throws(FileError) {
            paints = try library.load(name)
        } catch where error.line != nil {
            return try show(["\(error.headline). \(error.remedy)"], of: name, context)
        } catch { throw CommandFailure(error) }
        return try show(ThemeCheck(paints).report, of: name, context)
    }

    /// Whatever is wrong with a theme, a word or a colour, ends with 1.
    private static func show(
        _ problems: [String], of name: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try context.output.result(
            json: ["ok": .bool(problems.isEmpty), "problems": .list(problems) { .string($0) }]
        ) {
            problems.isEmpty
                ? ["\(DisplayText.clean(name)) is sound."] : problems.map(DisplayText.clean)
        }
        return problems.isEmpty ? .done : .failed
    }
}
