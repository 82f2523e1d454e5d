/// A command as people meet it: its keys, its words in the palette and on the command line, and
/// what is asked before it.
import Core
import Store

/// One for each command, each in a file of its own; ``ActList`` has them all.
protocol Act: SendableMetatype {
    /// Its line in the table of keys of a view; nil where it has none.
    static func binding(in context: KeyContext) -> Binding?
    /// Its line of the palette; nil where it has none.
    static var palette: PaletteCommand? { get }
    /// Its words on the command line, and what they do; nil where it has none.
    static var words: CommandSpec? { get }
    static func run(_ context: CommandContext) throws(CommandFailure) -> ExitStatus
}

extension Act {
    static func binding(in context: KeyContext) -> Binding? { nil }
    static var palette: PaletteCommand? { nil }
}

/// What is done to bots that stand on a screen.
protocol BotAct: Act {
    static var key: KeyCommand { get }
    /// False where it is about the fleet, or about a bot that is to be.
    static var needsBot: Bool { get }
    /// Why it does nothing now is said by the menu of acts alone; its key is never grey for that.
    static var isAlwaysLit: Bool { get }
    /// Why it does nothing to a bot now, in a few words; nil when it works.
    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String?
    /// The question before it, or why it cannot be.
    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction]
}

extension BotAct {
    static var needsBot: Bool { true }
    static var isAlwaysLit: Bool { false }

    /// Why its key does nothing now on a list. Of several that are marked each is asked for itself
    /// when it is given.
    static func refusal(
        in list: RowList<BotRow, ID<Bot>>, _ around: Surroundings
    ) -> String? {
        if isAlwaysLit { return list.targets.isEmpty ? "no bot here" : nil }
        guard !needsBot || list.marks.isEmpty else { return nil }
        return refusal(list.current, around)
    }
}

/// What is done to one bot at a time.
protocol OneBotAct: BotAct {
    /// The engine's own rule: what it refuses is not even asked.
    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal)
    static func ask(_ row: BotRow, _ around: Surroundings) -> [ScreenAction]
}

extension OneBotAct {
    static func check(_ row: BotRow, _ around: Surroundings) throws(Refusal) {}

    static func refusal(_ row: BotRow?, _ around: Surroundings) -> String? {
        guard let row else { return nil }
        do throws(Refusal) { try check(row, around) } catch { return error.note(of: row, around) }
        return nil
    }

    static func ask(_ rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        askAboutOne(of: rows, around)
    }

    static func askAboutOne(of rows: [BotRow], _ around: Surroundings) -> [ScreenAction] {
        guard rows.count == 1, let row = rows.first else {
            return [.say(.warn, rows.isEmpty ? "no bot here" : "one bot at a time")]
        }
        do throws(Refusal) { try check(row, around) } catch {
            return [.say(.warn, error.sentence(of: row, around))]
        }
        return ask(row, around)
    }

    /// A dialog that is answered with yes.
    static func confirm(
        _ verb: String, _ row: BotRow, _ lines: [String], _ around: Surroundings,
        _ action: ScreenAction
    ) -> [ScreenAction] {
        [
            .open(
                ConfirmDialog(
                    verb.lowercased(), title: "\(verb) \(row.label)",
                    badge: row.environment.badge, lines: lines.map { Dialog.Line($0) },
                    action: verb, around, then: [action]))
        ]
    }
}
