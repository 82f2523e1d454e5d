/// Where the text of a ticket comes from: an option, a file, a pipe, or an editor.

import Core
import Glibc

/// **Source** <doc:CommandLine#Text-of-a-ticket>.
struct TextSource {
    let context: CommandContext

    /// The text as it was given. **Throws** 2 when it says nothing.
    func text() throws(CommandFailure) -> String {
        let text = try raw()
        guard TextRules.says(text) else {
            throw .usage("the text is empty", remedy: "Give it with --message TEXT or --file FILE.")
        }
        return text
    }

    private func raw() throws(CommandFailure) -> String {
        let call = context.call
        guard call[.message] == nil || call[.file] == nil else {
            throw .usage("--message and --file exclude each other", remedy: "Keep one of them.")
        }
        if let message = call[.message] { return message }
        if let file = call[.file] { return Self.body(try TextFile.read(file)) }
        if !TextFile.standardInputIsTerminal {
            return Self.body(try TextFile.readStandardInput())
        }
        return Self.body(try edited())
    }

    /// Without the line ends at its end, which every program that writes a file puts there.
    private static func body(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, last == "\n" || last == "\r\n" { text.removeLast() }
        return String(text)
    }

    /// Runs the person's editor on an empty file of their own.
    private func edited() throws(CommandFailure) -> String {
        _ = try context.looking { ExternalEditor.chosen($0) }
        guard let editor = ExternalEditor(environment: context.environment) else {
            throw .usage(
                "no text was given", remedy: "Add --message TEXT or --file FILE, or set $EDITOR.")
        }
        let file = try temporaryFile()
        defer { file.remove() }
        if let problem = editor.open(file.path) {
            throw CommandFailure(
                .failed, "editor_failed", "\(problem); nothing was sent",
                remedy: "Check $EDITOR, or use --message TEXT.")
        }
        return try TextFile.read(file.path)
    }

    private func temporaryFile() throws(CommandFailure) -> TemporaryFile {
        if let file = try context.looking({ TemporaryFile(for: $0) }) { return file }
        throw CommandFailure(
            .failed, "no_temporary_file",
            "no file for the editor could be made: \(String(cString: strerror(errno)))",
            remedy: "Use --message TEXT, or set $TMPDIR to a folder that you may write.")
    }
}
