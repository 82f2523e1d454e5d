/// `:`: commands by name, with completion, history, and the reason why one does nothing now.
import Core
import Store

/// Enter is GO; Tab completes and goes on to the next; Up and Down walk what was typed before.
/// Only a whole name or the only one that starts so is run: a near miss never acts.
struct Palette: Overlay {
    let name = "palette"
    let keyContext = KeyContext.field
    let takesText = true
    let wants: [BoardRequest] = [.tickets]
    private(set) var editor = LineEditor(limit: 200)
    /// What each command is refused for here; with a bot named, only ``everywhere`` counts.
    private var here: [String: String] = [:]
    private var everywhere: [String: String] = [:]
    private let origin: TicketOrigin
    private let bot: BotRow?
    private let targets: [BotRow]
    /// The theme before a preview, for Esc.
    private let theme: String
    private var tickets: [TicketRow] = []
    private var cycle: Cycle?
    /// Index in the history while walking it.
    private var historyIndex: Int?

    private struct Cycle: Sendable {
        var stem: String
        var index: Int
    }

    static let historyName = "palette-history"

    init(_ state: ConsoleState) {
        let around = state.around
        origin = TicketOrigin(state)
        bot = state.top?.currentBot(around)
        targets = state.top?.targets(around) ?? []
        theme = around.theme
        refresh(state)
    }

    /// Why a command does nothing changes while the line is open; what it is about does not.
    mutating func refresh(_ state: ConsoleState) {
        let around = state.around
        let context = state.top?.keyContext ?? .everywhere
        (here, everywhere) = ([:], [:])
        for command in PaletteCommand.all {
            guard let key = command.key else { continue }
            let local = around.keymap.binding(of: key, in: context)
            guard let binding = local ?? around.keymap.bindings.first(where: { $0.command == key })
            else {
                here[command.code] = "not in this build"
                continue
            }
            everywhere[command.code] = around.refusal(of: binding)
            let isElsewhere = local == nil && command.deed == .run(key)
            here[command.code] =
                around.refusal(of: binding)
                ?? (isElsewhere ? "not in this view" : state.top?.refusal(of: binding, around))
        }
    }

    mutating func receive(_ board: Board, _ around: Surroundings) -> OverlayAnswer {
        if case .tickets(let board) = board { tickets = board.rows }
        return .stay
    }

    // MARK: Keys

    mutating func handle(_ command: KeyCommand, _ around: Surroundings) -> OverlayAnswer {
        switch command {
        case .closeTop:
            let isPreview = around.theme != theme
            return OverlayAnswer(
                closes: true, actions: isPreview ? [.perform(.useTheme(theme))] : [])
        case .open: return go(around)
        case .nextPane: return complete(1, around)
        case .previousPane: return complete(-1, around)
        case .up: walk(-1, around)
        case .down: walk(1, around)
        default: break
        }
        return .stay
    }

    mutating func type(_ key: Key, _ around: Surroundings) -> OverlayAnswer {
        if key == .backspace, editor.isEmpty { return .close }
        cycle = nil
        historyIndex = nil
        _ = editor.handle(key)
        return .stay
    }

    mutating func paste(_ text: String, _ around: Surroundings) -> OverlayAnswer {
        cycle = nil
        guard editor.paste(text) == .full else { return .stay }
        return .stay(.say(.warn, editor.tooLong(text)))
    }

    private mutating func complete(_ step: Int, _ around: Surroundings) -> OverlayAnswer {
        let stem = cycle?.stem ?? editor.text
        let found = candidates(for: stem, around).filter { !$0.completion.isEmpty }
        guard !found.isEmpty else { return .stay }
        let start = cycle.map { $0.index + step } ?? (step > 0 ? 0 : found.count - 1)
        let index = (start + found.count) % found.count
        cycle = Cycle(stem: stem, index: index)
        editor.text = found[index].completion
        guard let theme = found[index].theme else { return .stay }
        return .stay(.perform(.useTheme(theme)))
    }

    private mutating func walk(_ step: Int, _ around: Surroundings) {
        let history = Self.history(around)
        guard !history.isEmpty else { return }
        let next = (historyIndex ?? history.count) + step
        guard next >= 0 else { return }
        historyIndex = min(next, history.count)
        editor.text = next < history.count ? history[next] : ""
        cycle = nil
    }

    private static func history(_ around: Surroundings) -> [String] {
        (around.kept[historyName] ?? "").split(separator: "\n").map(String.init)
    }

    // MARK: Going

    private func go(_ around: Surroundings) -> OverlayAnswer {
        let line = PaletteLine(editor.text)
        guard !line.word.isEmpty else { return .close }
        guard let command = PaletteCommand.named(line.word) else {
            return .stay(.say(.warn, "There is no command \"\(line.word)\"; Tab completes."))
        }
        let namesBot = !line.argument.isEmpty
        if let refusal = (namesBot ? everywhere : here)[command.code] {
            return .stay(.say(.warn, around.answer(command.name, refused: refusal)))
        }
        let context = PaletteContext(
            bot: bot, targets: targets, origin: origin, around: around)
        switch command.actions(line.argument, context) {
        case .failure(let problem): return .stay(.say(.warn, problem.words))
        case .success(let actions):
            return OverlayAnswer(closes: true, actions: remember(around) + actions)
        }
    }

    private func remember(_ around: Surroundings) -> [ScreenAction] {
        var history = Self.history(around).filter { $0 != editor.text }
        history.append(editor.text)
        let text = history.suffix(50).joined(separator: "\n")
        return [.perform(.keep(name: Self.historyName, text: text))]
    }

    // MARK: Candidates

    /// A line of the list over the prompt.
    struct Candidate: Equatable, Sendable {
        /// What the line becomes; empty for one that only tells.
        var completion: String
        var label: String
        var words: String
        var key = ""
        var refusal: String?
        var theme: String?
    }

    func candidates(for text: String, _ around: Surroundings) -> [Candidate] {
        let line = PaletteLine(text)
        guard line.hasArgument, let command = PaletteCommand.named(line.word) else {
            return FuzzyMatch.filter(PaletteCommand.all, by: line.word) { [$0.code, $0.name] }
                .map { candidate($0, around) }
        }
        let start = "\(line.word) "
        switch command.argument {
        case .bot:
            let rows = around.fleet?.rows ?? []
            return FuzzyMatch.filter(rows, by: line.argument) { [$0.label, $0.id.description] }
                .map {
                    Candidate(
                        completion: start + $0.label, label: $0.label,
                        words: $0.shownMark(around).text)
                }
        case .ticket:
            return FuzzyMatch.filter(tickets, by: line.argument) {
                ["\($0.ticket.id.number)", $0.ticket.subject]
            }.map {
                Candidate(
                    completion: start + "\($0.ticket.id.number)", label: $0.mark,
                    words: $0.ticket.subject)
            }
        case .theme:
            return FuzzyMatch.filter(around.themes, by: line.argument) { [$0] }.map {
                Candidate(completion: start + $0, label: $0, words: "", theme: $0)
            }
        case .none, .text: return [candidate(command, around)]
        }
    }

    private func candidate(_ command: PaletteCommand, _ around: Surroundings) -> Candidate {
        let key = command.key.flatMap { command in
            around.keymap.bindings.first { $0.command == command }?.keys.first?.name
        }
        let space = command.argument == .none ? "" : " "
        return Candidate(
            completion: command.code + space, label: command.usage, words: command.words,
            key: key ?? "", refusal: here[command.code])
    }

    /// The candidates to show now; while Tab cycles they stand still.
    func shown(_ around: Surroundings) -> (candidates: [Candidate], current: Int?) {
        (candidates(for: cycle?.stem ?? editor.text, around), cycle?.index)
    }
}

/// What was typed, in its two parts.
struct PaletteLine: Equatable, Sendable {
    let word: String
    let argument: String
    /// A blank stands behind the word.
    let hasArgument: Bool

    init(_ text: String) {
        var text = text[...]
        while text.first == ":" || text.first == " " { text = text.dropFirst() }
        word = text.prefix { $0 != " " }.lowercased()
        let rest = text.dropFirst(word.count)
        hasArgument = rest.first == " "
        argument = TextRules.trimmed(String(rest))
    }
}
