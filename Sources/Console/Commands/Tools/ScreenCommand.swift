/// `screen`: one screen as plain text, for pipes, screen readers and docs.

import Core
import Store

enum ScreenCommand {
    static let actions: [String: CommandAction] = ["screen": screen]

    @Sendable static func screen(_ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let name = context.operand(0)
        guard ScreenPrinter.destination(name, bot: ID(1)) != nil else {
            throw unknown(name, orNeedsBot: false)
        }
        let bot = try context.botOption()
        let size = try size(context.call[.size] ?? "120x40")
        let glyphs = context.call.has(.ascii) ? GlyphSet.ascii : .detected(context.environment)
        let reader = try context.reader()
        let engine = engineState(of: try context.home())
        let text = try answered { () throws(BoardError) in
            try ScreenPrinter.text(
                name, size: size, bot: bot?.id, reader: reader, at: WallClock.read().utc,
                engine: engine, glyphs: glyphs)
        }
        guard let text else { throw unknown(name, orNeedsBot: bot == nil) }
        try context.output.result(json: ["screen": .string(name), "text": .string(text)]) {
            Output.lines(of: text)
        }
        return .done
    }

    private static func unknown(_ name: String, orNeedsBot: Bool) -> CommandFailure {
        .usage(
            "there is no screen \"\(DisplayText.clean(name))\""
                + (orNeedsBot ? ", or it needs --bot" : ""),
            remedy: "Known: \(ScreenPrinter.names.joined(separator: ", ")).")
    }

    /// What the header says of the engine; none is started for a print.
    private static func engineState(of home: Home) -> EngineState {
        guard
            let client = try? EngineClient.connect(
                to: home, build: ProgramVersion.text, within: EngineConnection.callLimit)
        else {
            let status = (try? Lease.status(in: home)) ?? .free
            return .unanswered(status, at: WallClock.read())
        }
        defer { client.close() }
        return .running(client.greeting)
    }

    private static func size(_ text: String) throws(CommandFailure) -> Size {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        let remedy = "Write columns and rows, as --size 120x40; at most 500x200."
        guard parts.count == 2 else {
            throw .usage("--size: \"\(DisplayText.clean(text))\" is not a size", remedy: remedy)
        }
        do throws(NumberError) {
            return Size(
                try WholeNumber.parse(parts[0], in: 1...500),
                try WholeNumber.parse(parts[1], in: 1...200))
        } catch { throw .number("--size", error, remedy) }
    }
}
