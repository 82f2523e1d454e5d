/// Template import, as people meet it.

import Core
import Store

enum ImportTemplateAct: Act {
    static let words: CommandSpec? = CommandSpec(
        "template import", .strategy, "store a template file", [.one("FILE")],
        changes: true, details: "A name that is there already gets a new version.",
        examples: [CommandExample("plutarc template import mine.template", "a new version")])

    /// Read and checked here, so that an error names the file's line before any engine is asked;
    /// who may not store one hears that instead.
    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let file = context.operand(0)
        let text = try context.text(for: .templateImport(text: "", file: file)) {
            () throws(CommandFailure) in
            let text = try TextFile.read(file)
            do throws(FileError) { _ = try TemplateFile.parseNew(text, file: file) } catch {
                throw CommandFailure(error)
            }
            return text
        }
        return try context.perform(.templateImport(text: text, file: file))
    }
}
