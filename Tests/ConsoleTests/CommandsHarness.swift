/// Answers in the engine's place and keeps what it was asked.

import Store
import TestKit

@testable import Console
@testable import Core

final class ScriptedSender: CommandSender {
    var requests: [CommandRequest] = []
    var limits: [Span] = []
    var answer: CommandAnswer

    init(_ answer: CommandAnswer) { self.answer = answer }

    func perform(
        _ request: CommandRequest, within limit: Span
    ) throws(CommandFailure) -> CommandAnswer {
        requests.append(request)
        limits.append(limit)
        return answer
    }
}

/// Runs single commands over the small fleet.
final class CommandsHarness {
    let streams: CapturedStreams
    let sender: ScriptedSender
    let person: Operator?
    var sight = FleetSight.seen
    private let reader: BoardReader
    private let database: Database

    static let owner = Operator(
        uid: 1000, name: "ana", role: .owner, actsForSupport: true, session: "")
    static let done = CommandReport(command: ID(5), outcome: .done, message: "done so")

    init(
        person: Operator = owner, answer: CommandAnswer = .outcome(done), isSound: Bool = true,
        hasDecisions: Bool = false, isGuarded: Bool = true, blocked: Int32 = 0,
        pausedBy: String? = nil, isEmpty: Bool = false, restartedAgo: Span? = nil,
        entriesStopped: String? = nil, sessions: String? = nil
    ) throws {
        streams = CapturedStreams(blocked: blocked)
        self.person = person
        self.sender = ScriptedSender(answer)
        let database =
            try isEmpty ? Database.memory() : FleetFixture.database(isSound: isSound)
        if hasDecisions { try FleetFixture.addDecisions(to: database) }
        if let pausedBy { try Self.pause(database, by: pausedBy) }
        if let entriesStopped { try Self.stopEntries(database, because: entriesStopped) }
        if let sessions { try Self.give(database, sessions: sessions) }
        if let restartedAgo {
            try database.write { db throws(StoreError) in
                try db.save(
                    Instance(botID: ID(1), restartedAt: FleetFixture.now - restartedAgo))
            }
        }
        self.database = database
        self.reader = BoardReader(
            over: database, owner: FleetFixture.owner, as: .person(person), isGuarded: isGuarded)
    }

    /// One bot, by a person.
    private static func stopEntries(_ database: Database, because words: String) throws {
        try database.write { db throws(StoreError) in
            var workspace = try db.existingWorkspace()
            workspace.entriesStopped = words
            try db.save(workspace)
        }
    }

    /// To the first bot, whether or not they can be read.
    private static func give(_ database: Database, sessions: String) throws {
        try database.write { db throws(StoreError) in
            guard var bot = try db.bots().first else { return }
            bot.sessions = sessions
            try db.save(bot)
        }
    }

    private static func pause(_ database: Database, by name: String) throws {
        try database.write { db throws(StoreError) in
            guard var bot = try db.bots().last else { return }
            bot.isPaused = true
            bot.pauseCause = .person
            bot.pausedBy = name
            try db.save(bot)
        }
    }

    /// Somebody whom the home does not know, or the account that owns it, by the account alone.
    init(account: Int64) throws {
        streams = CapturedStreams()
        person = nil
        sender = ScriptedSender(.outcome(Self.done))
        database = try FleetFixture.database()
        reader = BoardReader(
            over: database, owner: FleetFixture.owner,
            as: .account(uid: account, session: ""))
    }

    /// The label of one bot goes to another one.
    func move(_ label: String, to other: String) {
        try? database.write { db throws(StoreError) in
            let bots = try db.bots()
            for (from, to) in [(label, "\(label)-moved"), (other, label)] {
                for var bot in bots where bot.label == from {
                    bot.label = to
                    try db.save(bot)
                }
            }
        }
    }

    /// One more bot, paused by somebody.
    func addPaused(_ id: ID<Bot>, by name: String) throws {
        try database.write { db throws(StoreError) in
            try db.save(
                Bot(
                    id: id, label: "far-\(id.number)", phase: .offline, isPaused: true,
                    pauseCause: .person, createdAt: FleetFixture.now, pausedBy: name))
        }
    }

    /// What `--view` says of a place; nil when it is shown.
    func view(_ name: String) -> CommandFailure? {
        do throws(CommandFailure) {
            _ = try ConsoleApp.destination(name, reader)
            return nil
        } catch { return error }
    }

    /// The exit status; the complaint is reported as the dispatcher does.
    func run(_ line: String...) -> Console.ExitStatus { run(line) }

    func run(_ line: [String]) -> Console.ExitStatus {
        streams.out = ""
        streams.err = ""
        var output = Output(streams, json: ArgumentParser.asksForJSON(line))
        do throws(CommandFailure) {
            let call = try ArgumentParser.parse(line, .all)
            output = Output(streams, json: call.has(.json), quiet: call.has(.quiet))
            let context = CommandContext(
                call: call, output: output, environment: { _ in nil }, table: .all,
                reader: reader, person: person, sender: sender, sight: sight)
            guard let name = call.command?.name, let action = ProgramActions.all[name]
            else { throw CommandFailure(.failed, "no_action", "no function") }
            return try context.run(action)
        } catch {
            output.failure(error)
            return error.status
        }
    }

    /// The one document on stdout.
    func json() throws -> JSON { try JSON.parse(streams.out) }

    /// What the engine would say of a close of one position.
    static func closing(of verb: String, _ label: String) throws -> ClosePreview {
        let line = ClosePreview.Line(
            id: ID(1), bot: label, symbol: "ETH-PERP", side: .short, size: try .parse("0.377"),
            notional: try .parse("1011.62"), unrealised: try .parse("12.38"))
        return ClosePreview(
            verb: verb, token: "abc", expiresAt: Instant(milliseconds: 0),
            bots: [NamedBot(id: ID(1), label: label)], positions: [line],
            notional: CurrencySums(line.notional, in: .usdt),
            cost: CurrencySums(try .parse("0.5"), in: .usdt), ordersToCancel: 1)
    }
}

extension CommandDispatcher {
    /// Words that are text already.
    func run(
        _ arguments: [String], streams: any OutputStreams,
        environment: @escaping (String) -> String?, console: @escaping CommandAction
    ) -> Console.ExitStatus {
        run(
            ProcessWords(arguments, environment: environment), streams: streams, console: console)
    }
}
