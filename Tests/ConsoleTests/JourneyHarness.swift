/// A console over the fixture fleet without a terminal: a key script goes in, pictures come out.
import Store
import TestKit

@testable import Console
@testable import Core

/// Commands end here: a test says what the engine made of them.
struct Journey {
    private(set) var state: ConsoleState
    private(set) var effects: [ConsoleEffect] = []
    private(set) var wall = ScreenFleet.now
    /// Whether previews are answered at once; else ``answerPreviews()`` does.
    var isPrompt = true
    private var lateAnswers: [ConsoleEvent] = []
    private let database: Database
    private let reader: BoardReader

    init(
        _ size: Size = Size(80, 24), at place: Destination = .fleet,
        role: WorkspaceRole = .riskManager,
        isStaff: Bool = false, isReadOnly: Bool = false, engine: Bool = true, isEmpty: Bool = false,
        kept: [String: String] = [:], isStranger: Bool = false, hasEditor: Bool = true,
        mayLaunch: Bool = true, launchOption: String? = nil, off: Set<ScreenSafeguard> = []
    ) throws {
        database = isEmpty ? try ScreenFleet.emptyDatabase() : try ScreenFleet.database()
        let person = Operator(uid: 1000, name: "op1", role: role, isStaff: isStaff)
        reader = BoardReader(
            over: database, owner: ScreenFleet.owner,
            as: isStranger ? .account(uid: 4343, session: "") : .person(person))
        state = ConsoleState(size: size, session: "test", at: .fleet)
        state.around.wall = wall
        state.around.isReadOnly = isReadOnly
        state.around.off = off
        state.around.mayLaunch = mayLaunch
        state.around.launchOption = launchOption
        state.around.hasEditor = hasEditor
        state.around.kept = kept
        state.start(at: place)
        try send(.person(isStranger ? nil : person))
        try send(.engine(engine ? .running(Self.greeting) : .stopped("it went away")))
    }

    static let greeting = EngineGreeting(
        build: "0.1.0", pid: 7, epoch: 3, worldClock: ScreenFleet.now, speed: "0")

    // MARK: Events

    mutating func run(_ script: String) throws {
        for press in KeyScript.presses(script) {
            pass(press.before)
            try send(.key(press.key))
            pass(press.after)
        }
    }

    /// What a terminal reads, batch by batch, through the safeguard against pastes.
    mutating func take(_ reads: [[TerminalEvent]], off: Set<InputSafeguard> = []) throws {
        var queue = InputQueue(off: off)
        for read in reads {
            queue.add(read, at: .seconds(1))
            while let event = queue.next(takesText: state.takesText, at: .seconds(1)) {
                try send(event)
            }
        }
    }

    mutating func open(_ overlay: any Overlay) throws {
        state.open(overlay)
        try send(.tick)
    }

    /// Takes another key table.
    mutating func use(_ keymap: Keymap) { state.around.keymap = keymap }

    mutating func pass(_ span: Span) { wall = wall + span }

    /// Hands over an event, and reads what is asked for until nothing is.
    mutating func send(_ event: ConsoleEvent) throws {
        var waiting = [event]
        while !waiting.isEmpty {
            for effect in state.update(waiting.removeFirst(), at: wall) {
                effects.append(effect)
                switch effect {
                case .watch(let requests):
                    waiting += try requests.read(reader)
                case .submit(let key, let command):
                    guard let preview = try preview(command) else { break }
                    let report = CommandReport(
                        command: ID(0), outcome: .done, message: "", result: preview)
                    let answer = ConsoleEvent.answer(key: key, .outcome(report))
                    if isPrompt { waiting.append(answer) } else { lateAnswers.append(answer) }
                default: break
                }
            }
        }
    }

    /// The engine's answers to the previews that waited.
    mutating func answerPreviews() throws {
        let answers = lateAnswers
        lateAnswers = []
        for answer in answers { try send(answer) }
    }

    /// The engine's word on the last command that was sent.
    mutating func answer(
        _ outcome: CommandOutcome, _ message: String, code: String? = nil
    ) throws {
        guard let key = lastKey else { return }
        let error = code.map { WireError(code: $0, message: message, remedy: "Look again.") }
        try send(
            .answer(
                key: key,
                .outcome(
                    CommandReport(command: ID(99), outcome: outcome, message: message, error: error)
                )))
    }

    mutating func resize(_ columns: Int, _ rows: Int) throws {
        try send(.resize(Size(columns, rows)))
    }

    // MARK: What came of it

    /// Commands that act, in order; previews are answered at once and left out.
    var sent: [Command] {
        effects.compactMap { effect in
            guard case .submit(_, let command) = effect else { return nil }
            return command.isPreview ? nil : command
        }
    }

    private var lastKey: String? {
        for case .submit(let key, _) in effects.reversed() { return key }
        return nil
    }

    var said: String { state.around.status.history.last?.text ?? "" }
    var overlay: String { state.overlays.last?.name ?? "" }
    var place: String { state.top?.name ?? "" }
    var fleet: FleetScreen? { state.top as? FleetScreen }
    var bot: BotScreen? { state.top as? BotScreen }

    func frame(_ glyphs: GlyphSet = .unicode) -> Frame {
        view(state, in: state.around.size, glyphs)
    }

    var text: String { frame().text }

    // MARK: The engine's part

    private func preview(_ command: Command) throws -> JSON? {
        if let limits = command.as(PreviewLimitsCommand.self),
            limits.settings.map(\.name) == ["max_leverage"]
        {
            return Self.change(of: limits.bot, [Self.still], asks: .yes).json
        }
        let changed = command.as(PreviewLimitsCommand.self)?.bot
            ?? command.as(PreviewTemplateCommand.self)?.bot
        if let changed {
            return Self.change(of: changed, [Self.moved, Self.closed], asks: .label).json
        }
        // The engine sees what the person at the console may not.
        let reader = BoardReader(over: database, owner: ScreenFleet.owner)
        let board = try reader.positions()
        if let close = command.as(PreviewCloseCommand.self) {
            let rows = board.rows.filter { $0.id.description == close.position }
            let bots = rows.map(\.position.botID.description)
            return try closing("close", rows, of: bots, reader).json
        }
        guard case .named(let names)? = command.as(PreviewCloseAllCommand.self)?.bots else {
            return nil
        }
        let rows = board.rows.filter { names.contains($0.position.botID.description) }
        return try closing("close-all", rows, of: names, reader).json
    }

    private func closing(
        _ verb: String, _ rows: [PositionRow], of bots: [String], _ reader: BoardReader
    ) throws -> ClosePreview {
        let fleet = try reader.fleet()
        let notional = rows.reduce(Money.zero) { $0 + ($1.notional ?? .zero) }
        return ClosePreview(
            verb: verb, token: "k7pd-3wxa", expiresAt: fleet.now,
            bots: fleet.rows.filter { bots.contains($0.id.description) }
                .map { NamedBot(id: $0.id, label: $0.label) },
            positions: rows.map { row in
                ClosePreview.Line(
                    id: row.id, bot: row.botLabel, symbol: row.position.symbol,
                    side: row.position.side, size: row.position.quantity,
                    notional: row.notional ?? .zero, unrealised: row.unrealised ?? .zero)
            },
            notional: CurrencySums(notional, in: .usdt),
            cost: CurrencySums(notional.times(.basisPoints(6)), in: .usdt), ordersToCancel: 2)
    }

    private static func change(
        of bot: String, _ positions: [ExitOutlook], asks: LimitNeed.Question
    ) -> ChangePreview {
        ChangePreview(
            token: "k7pd-3wxa", expiresAt: ScreenFleet.now,
            bots: [NamedBot(id: ID(text: bot) ?? ID(0), label: bot)], positions: positions,
            loosens: nil, asks: asks)
    }

    private static let still = outlook("BTC-PERP", .long, "0.12", [], closedBy: nil)
    private static let moved = outlook(
        "BTC-PERP", .long, "0.12", ["stop 60100 -> 59800"], closedBy: nil)
    private static let closed = outlook("ETH-PERP", .short, "1", [], closedBy: "Hard Stop Loss")

    private static func outlook(
        _ symbol: String, _ side: Side, _ size: String, _ changes: [String], closedBy: String?
    ) -> ExitOutlook {
        ExitOutlook(
            position: ID(1), symbol: symbol, side: side,
            quantity: (try? Quantity.parse(size)) ?? .zero, changes: changes, closedBy: closedBy)
    }
}
