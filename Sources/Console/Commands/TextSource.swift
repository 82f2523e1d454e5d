/// Where the text of a ticket comes from: an option, a file, a pipe, or an editor.

import Glibc

/// **Source** CLI, `ticket`: `--message`, `--file`, stdin, or `$EDITOR`.
struct TextSource {
    let context: CommandContext

    /// The text, without blank lines at its end. **Throws** 2 when there is none.
    func text() throws(CommandFailure) -> String {
        var text = Substring(try raw())
        while let last = text.last, last.isWhitespace { text.removeLast() }
        guard !text.isEmpty else {
            throw .usage("the text is empty", remedy: "Give it with --message TEXT or --file FILE.")
        }
        return String(text)
    }

    private func raw() throws(CommandFailure) -> String {
        let call = context.call
        guard call[.message] == nil || call[.file] == nil else {
            throw .usage("--message and --file exclude each other", remedy: "Keep one of them.")
        }
        if let message = call[.message] { return message }
        if let file = call[.file] { return try TextFile.read(file) }
        if !TextFile.standardInputIsTerminal { return try TextFile.readStandardInput() }
        return try edited()
    }

    /// Runs the person's editor on an empty file of their own.
    private func edited() throws(CommandFailure) -> String {
        let editor = context.environment("VISUAL") ?? context.environment("EDITOR") ?? ""
        guard !editor.isEmpty else {
            throw .usage(
                "no text was given", remedy: "Add --message TEXT or --file FILE, or set $EDITOR.")
        }
        var folder = context.environment("TMPDIR") ?? "/tmp"
        if !folder.hasPrefix("/") { folder = "/tmp" }
        var template = Array("\(folder)/plutarc-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .failed, "no_temporary_file",
                "no file for the editor could be made: \(String(cString: strerror(errno)))",
                remedy: "Use --message TEXT, or set $TMPDIR to a folder that you may write.")
        }
        close(descriptor)
        defer { unlink(path) }
        guard Self.run(["/bin/sh", "-c", "\(editor) \"$1\"", "sh", path]) else {
            throw CommandFailure(
                .failed, "editor_failed", "the editor ended with an error; nothing was sent",
                remedy: "Check $EDITOR, or use --message TEXT.")
        }
        return try TextFile.read(path)
    }

    /// Runs a program on this terminal. True when it ended well.
    private static func run(_ words: [String]) -> Bool {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var child: pid_t = 0
        guard posix_spawn(&child, words[0], nil, nil, arguments, environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return false }
        }
        return status == 0
    }
}
