/// Tickets, audit rows and commands of one fixed night, and a console that shows them.
import Foundation
import Store
import TestKit
import Testing

@testable import Console
@testable import Core

enum SupportFixture {
    static let now = Instant(text: "2026-08-24T02:14:07Z")!

    static let member = Operator(uid: 1000, name: "op1", role: .riskManager)
    static let staff = Operator(uid: 2000, name: "st1", role: .viewer, isStaff: true)
    /// Owner of a home that lists no staff.
    static let owner = Operator(uid: 1, name: "root", role: .owner, actsForSupport: true)
    static let viewer = Operator(uid: 1001, name: "vi1", role: .viewer)

    static func ago(_ minutes: Int64) -> Instant { now - .minutes(minutes) }

    static func row(
        _ number: Int64, _ subject: String, _ priority: TicketPriority, _ status: TicketStatus,
        _ category: TicketCategory = .bot, by: String = "op1", bot: Bool = true, quiet: Int64,
        messages: Int = 1, assignee: String? = nil
    ) -> TicketRow {
        let ticket = Ticket(
            id: ID(number), subject: subject, category: category, priority: priority,
            status: status, openedBy: by, botID: bot ? ID(9) : nil, assignee: assignee,
            openedAt: ago(quiet + 10), activeAt: ago(quiet),
            closedAt: status == .closed ? ago(quiet) : nil, snapshot: bot ? snapshot : "",
            messageCount: messages)
        return TicketRow(
            ticket: ticket, botLabel: bot ? "btc-grid-09" : nil,
            closesAt: TicketAging.closes(ticket))
    }

    static let snapshot = """
        {"bot":"btc-grid-09","state":"offline","template":"grid-v1","equity":"10640.02",\
        "positions":[{"symbol":"BTCUSDT","side":"short","size":"0.05","entry_price":"62010"}],\
        "at":"2026-08-24T01:58:12.000Z"}
        """

    static var board: SupportBoard {
        SupportBoard(
            page: Page(
                now: now,
                rows: [
                    row(
                        42, "Close-all did not fire", .high, .waitingOnUser, quiet: 6, messages: 4),
                    row(
                        39, "Wake took 9 minutes", .normal, .open, by: "o2", quiet: 130,
                        messages: 2),
                    row(
                        31, "Charged while asleep?", .low, .inProgress, .billing, by: "desk",
                        bot: false, quiet: 1500, messages: 7, assignee: "st1"),
                    row(
                        18, "Add region to IP whitelist", .low, .waitingOnUser, .apiKey, bot: false,
                        quiet: 7300, messages: 3),
                    row(
                        9, "Bot stuck in Winding Down", .urgent, .closed, quiet: 20_000,
                        messages: 5),
                ]),
            supportNames: ["st1", "st2"])
    }

    static func entry(
        _ author: String, _ minutes: Int64, _ body: String, staff: Bool = false,
        note: Bool = false
    ) -> ThreadEntry {
        ThreadEntry(
            author: author, at: ago(minutes), body: body, isStaff: staff, isInternal: note)
    }

    static func thread(_ number: Int64 = 42, for person: Operator) -> TicketThread {
        let showsNotes = person.actsForSupport
        let all = [
            entry("op1", 16, "Pressed close-all on btc-grid-09, four positions stayed open."),
            entry(
                "st1", 10,
                "Thanks. The bot was offline at 01:55 (missed 3 heartbeats), so the command is "
                    + "queued. It runs as soon as the bot is back.", staff: true),
            entry(
                "st1", 8, "woo gateway is flapping, see INC-204.\nDo not restart from our side.",
                staff: true, note: true),
            entry(
                "st1", 6,
                "Can you confirm you want them closed at market once it is up?\nIf you would "
                    + "rather keep them, say so.", staff: true),
        ]
        return TicketThread(
            now: now, row: board.rows.first { $0.ticket.id.number == number } ?? board.rows[0],
            entries: all.filter { showsNotes || !$0.isInternal }, showsNotes: showsNotes)
    }

    static func command(
        _ number: Int64, _ verb: String, by actor: String, staff: Bool = false,
        reason: String? = nil, _ outcome: CommandOutcome, _ message: String, ago minutes: Int64
    ) -> CommandRow {
        CommandRow(
            record: CommandRecord(
                id: ID(number), idempotencyKey: "k-\(number)", verb: verb, botID: ID(9),
                target: "btc-grid-09", actor: actor, actorUID: 1,
                role: staff ? "staff" : "risk_manager", isStaff: staff, reason: reason,
                at: ago(minutes),
                expiresAt: outcome == .queued ? now + .seconds(41) : nil,
                finishedAt: outcome.isFinal ? ago(minutes) + .milliseconds(340) : nil,
                wallAt: outcome == .queued ? ago(minutes) : nil,
                outcome: outcome, message: message),
            botLabel: "btc-grid-09")
    }

    static var commands: CommandsBoard {
        CommandsBoard(
            now: now,
            rows: [
                command(77, "close-all", by: "op1", .queued, "bot offline", ago: 18),
                command(
                    76, "resume", by: "st1", staff: true, reason: "INC-204 is over", .done,
                    "resumed", ago: 20),
                command(
                    75, "pause", by: "st1", staff: true, reason: "exchange incident INC-204",
                    .done, "4 positions kept", ago: 35),
                command(74, "risk-set", by: "tr2", .refused, "a trader may not", ago: 300),
            ])
    }

    static func audit(
        _ number: Int64, _ actor: String, _ role: String, _ verb: String,
        _ before: String, _ after: String, _ outcome: String = "done", reason: String = ""
    ) -> AuditEntry {
        AuditEntry(
            id: ID(number), at: ago(100 - number), wallAt: ago(100 - number), actor: actor,
            uid: 1000, role: role, workspace: "acme-desk", verb: verb, target: "btc-grid-09",
            before: before, after: after, reason: reason, session: "pts/3", outcome: outcome,
            hash: String(repeating: "ab", count: 32))
    }

    static var audit: AuditBoard {
        AuditBoard(
            now: now,
            rows: [
                audit(4, "tr2", "trader", "risk-set", "", "", "refused"),
                audit(3, "op1", "risk_manager", "risk-set", "total_cap=50000", "total_cap=60000"),
                audit(2, "st1", "staff", "resume", "paused", "online", reason: "INC-204 is over"),
                audit(1, "st1", "staff", "pause", "online", "paused", reason: "INC-204"),
            ])
    }

    static var fleet: FleetBoard {
        let labels = ["btc-grid-09", "btc-trend-01", "eth-grid-02"]
        let rows = labels.enumerated().map { index, label in
            BotRow(
                bot: Bot(
                    id: ID(Int64(index + 9)), label: label, createdAt: ago(10_000),
                    heartbeatAt: now, reconciledAt: now),
                key: nil, timeframe: nil, openPositions: index, unrealised: .zero,
                realisedToday: .zero, equity: nil)
        }
        return FleetBoard(now: now, workspace: nil, rows: rows, figures: [], alerts: [])
    }
}

/// A console without a terminal: keys go in, pictures and effects come out.
struct ScriptedConsole {
    private(set) var state: ConsoleState
    private(set) var effects: [ConsoleEffect] = []
    private(set) var wall = SupportFixture.now
    /// Why nothing can be remembered; nil while it can.
    var diskProblem: String?

    /// - Parameter waiting: between two keys; more than a dialog's time for type-ahead by default.
    init(
        _ place: Destination, as person: Operator, _ size: Size = Size(80, 24),
        kept: [String: String] = [:], hasEditor: Bool = true, off: Set<ScreenSafeguard> = []
    ) {
        state = ConsoleState(size: size, session: "test", at: .support)
        state.around.wall = wall
        state.around.person = person
        state.around.kept = kept
        state.around.hasEditor = hasEditor
        state.around.off = off
        state.around.themes = ["default", "mono", "nord"]
        state.start(at: place)
        send(.person(person))
        send(
            .engine(
                .running(
                    EngineGreeting(
                        build: "1.0", pid: 1, epoch: 1, worldClock: SupportFixture.now,
                        speed: "0"))))
        boards()
    }

    var support: SupportScreen? { state.top as? SupportScreen }
    var said: String { state.around.status.history.last?.text ?? "" }
    /// The text in the field.
    var written: String { support?.writing?.draft ?? "" }
    /// Commands that were sent, in order.
    var sent: [Command] {
        effects.compactMap { if case .submit(_, let command) = $0 { command } else { nil } }
    }

    /// What is kept on disk by now.
    var kept: [String: String] {
        var result: [String: String] = [:]
        for case .keep(let name, let text) in effects { result[name] = text }
        return result
    }

    /// What is to be remembered is written at once, unless the disk takes nothing.
    mutating func send(_ event: ConsoleEvent) {
        let asked = state.update(event, at: wall)
        effects += asked
        let keeps = asked.contains { if case .keep = $0 { true } else { false } }
        if keeps { send(.kept(problem: diskProblem)) }
    }

    mutating func use(_ keymap: Keymap) { state.around.keymap = keymap }

    /// What a terminal reads, batch by batch, through the queue that tells pastes.
    mutating func take(_ reads: [[TerminalEvent]], off: Set<InputSafeguard> = []) {
        var queue = InputQueue(off: off)
        for read in reads {
            queue.add(read, at: .seconds(1))
            while let event = queue.next(takesText: state.takesText, at: .seconds(1)) {
                send(event)
            }
        }
    }

    /// Answers everything that is watched.
    mutating func boards() {
        guard let person = state.around.person else { return }
        send(.board(.fleet(SupportFixture.fleet)))
        send(.board(.tickets(SupportFixture.board)))
        for case .thread(let id) in state.wants {
            send(.board(.thread(id, SupportFixture.thread(id.number, for: person))))
        }
        for case .commands(let bot) in state.wants {
            send(.board(.commands(bot, SupportFixture.commands)))
        }
        send(.board(.audit(before: nil, SupportFixture.audit)))
    }

    mutating func press(_ keys: Key..., pause: Span = .milliseconds(400)) {
        for key in keys {
            wall = wall + pause
            send(.key(key))
            boards()
        }
    }

    mutating func type(_ text: String) {
        for character in text { press(.character(character), pause: .milliseconds(20)) }
    }

    /// The engine's answer to the last command that was sent.
    mutating func answer(_ outcome: CommandOutcome, _ message: String = "done") {
        for case .submit(let key, _) in effects.reversed() {
            let report = CommandReport(
                command: ID(99), outcome: outcome, message: message, error: nil, result: .null)
            return send(.answer(key: key, .outcome(report)))
        }
    }

    func frame(_ size: Size? = nil, _ glyphs: GlyphSet = .ascii) -> Frame {
        view(state, in: size ?? state.around.size, glyphs)
    }

    mutating func resize(_ size: Size) { send(.resize(size)) }
}

/// A picture compared with `Snapshots/<name>.txt`; `RECORD_SNAPSHOTS=1` rewrites it.
func expectPicture(
    _ frame: Frame, _ name: String, at location: SourceLocation = #_sourceLocation
) throws {
    let folder = Shared.package.appendingPathComponent("Tests/ConsoleTests/Snapshots")
    let file = folder.appendingPathComponent(name + ".txt")
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    let found = frame.snapshot
    guard !isRecording, let wanted = try? String(contentsOf: file, encoding: .utf8) else {
        try found.write(to: file, atomically: true, encoding: .utf8)
        if !isRecording {
            Issue.record("\(name) had no picture; it is written now", sourceLocation: location)
        }
        return
    }
    #expect(found == wanted, "picture \(name) is another one", sourceLocation: location)
}
