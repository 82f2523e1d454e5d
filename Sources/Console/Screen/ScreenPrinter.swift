/// Screens without a terminal: `plutarc screen NAME --size WxH`, README pictures, tests.
import Core
import Store

/// The same state and view as on a terminal; boards are read once.
enum ScreenPrinter {
    /// Names that can be printed.
    static let names = [
        "fleet", "list", "positions", "support", "audit", "commands", "bot", "bot:risk",
        "bot:activity", "billing", "help",
    ]

    /// The destination that a name stands for; nil for an unknown one, or a bot's without a bot.
    static func destination(_ name: String, bot: ID<Bot>?) -> Destination? {
        switch name {
        case "fleet", "list", "help": return .fleet
        case "positions": return .positions
        case "support": return .support
        case "audit": return .audit
        case "commands": return .commands(bot)
        case "billing": return .billing
        default: break
        }
        guard let bot else { return nil }
        switch name {
        case "bot", "bot:template": return .bot(bot, .template)
        case "bot:risk": return .bot(bot, .risk)
        case "bot:activity": return .bot(bot, .activity)
        default: return nil
        }
    }

    /// What one sees, without blanks at the end of lines.
    /// - Parameter wall: the clock of the machine, which tells how old the last commit is.
    /// - Throws: ``BoardError/refused(_:)`` where the person has no right to the screen.
    static func text(
        _ name: String, size: Size, bot: ID<Bot>? = nil, reader: BoardReader, at wall: Instant,
        engine: EngineState = .absent, glyphs: GlyphSet = .unicode
    ) throws(BoardError) -> String? {
        try frame(
            name, size: size, bot: bot, reader: reader, at: wall, engine: engine, glyphs: glyphs)?
            .text
    }

    static func frame(
        _ name: String, size: Size, bot: ID<Bot>? = nil, reader: BoardReader, at wall: Instant,
        engine: EngineState = .absent, glyphs: GlyphSet = .unicode
    ) throws(BoardError) -> Frame? {
        guard let destination = destination(name, bot: bot) else { return nil }
        var state = ConsoleState(size: size, session: "print", at: destination)
        let person: Operator?
        do throws(StoreError) { person = try reader.person() } catch { throw .store(error) }
        var waiting: [ConsoleEvent] = [.person(person), .engine(engine), .tick]
        if name == "list" { waiting.append(.key(.character("v"))) }
        if name == "help" { waiting.append(.key(.character("?"))) }
        while !waiting.isEmpty {
            let event = waiting.removeFirst()
            for effect in state.update(event, at: wall) {
                guard case .watch(let requests) = effect else { continue }
                for request in requests {
                    do throws(StoreError) {
                        waiting.append(.board(try request.read(reader)))
                    } catch { throw .store(error) }
                }
            }
        }
        if let refusal = state.refusalOfTop { throw .refused(refusal) }
        return view(state, in: size, glyphs)
    }
}
