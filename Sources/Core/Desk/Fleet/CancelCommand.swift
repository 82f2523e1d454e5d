/// Cancel: takes back a command that has not begun: it waits for a link that is away, or for its
/// cohort.
import Store

public struct CancelCommand: CommandBody {
    static let verb = "cancel"
    /// All who may ask for something that can wait hold it; to take that back, its own right is
    /// asked for as well.
    static let permission = Permission.botsPause
    static let staff = StaffRule.always
    static let effect = CommandEffect.world

    public let command: String

    var arguments: JSON { ["command": .string(command)] }
    var target: String { command }

    func plan(at desk: Desk, by person: Operator) throws -> Plan {
        let row = try waitingCommand(at: desk)
        let asked = try Command(verb: row.verb, arguments: JSON.parse(row.arguments))
        try Gate.check(asked.permission, for: person, act: "cancel \(row.verb)")
        guard !person.isStaff || asked.isOpenToStaff else {
            throw Refusal.notForStaff(name: person.name, act: "cancel \(row.verb)")
        }
        let bot = row.botID.flatMap { desk.world.machine($0) }
        return Plan(deeds: [
            Deed(
                bot: bot?.record, target: "\(row.id) \(row.verb) \(row.target)",
                before: row.outcome.rawValue, after: "cancelled",
                message: "\(row.id), \(row.verb) of \(row.target), is cancelled; it had not begun"
            ) { db, _ throws(StoreError) in
                try Self.takeBack(row, bot, at: desk, by: person, db)
            }
        ])
    }

    private func waitingCommand(at desk: Desk) throws -> CommandRecord {
        let row = try desk.database.read { db throws(StoreError) in
            try ID<CommandRecord>(text: command).map { id throws(StoreError) in
                try db.command(id)
            } ?? nil
        }
        guard let row else { throw Refusal.noSuch(.command, command) }
        guard row.outcome == .queued, !row.isAcceptedEarly else {
            throw Refusal.notWaiting(command: command, outcome: row.outcome)
        }
        return row
    }

    private static func takeBack(
        _ waiting: CommandRecord, _ bot: BotMachine?, at desk: Desk, by person: Operator,
        _ db: Writing
    ) throws(StoreError) {
        var row = waiting
        row.outcome = .refused
        row.changed = false
        row.finishedAt = desk.world.now
        row.message = "cancelled by \(person.name) before it began"
        row.errorCode = "cancelled"
        row.remedy = "Send it anew if it is still wanted."
        try desk.close(row, db)
        desk.endedCommands.append(row)
        guard let bot else { return }
        if row.verb == UpdateCommand.verb {
            try db.deleteRolloutBot(of: row.id)
            return desk.world.fleet.leaveRollout(row.id)
        }
        let flags = try db.unfinishedCommands().filter {
            $0.outcome == .queued && $0.botID == bot.id && $0.id != row.id
        }.compactMap(\.wantedPause)
        desk.world.fleet.unqueued(bot, pause: flags.last)
    }
}

extension CancelCommand {
    init(_ fields: CommandArguments) throws(Refusal) {
        self.init(command: try fields.name("command"))
    }
}

extension Command {
    public static func cancel(_ command: String) -> Command {
        Command(CancelCommand(command: command))
    }
}

extension CommandRecord {
    /// The pause flag that it asks for; nil when it speaks of something else.
    fileprivate var wantedPause: Bool? {
        (try? Command(verb: verb, arguments: JSON.parse(arguments)))?.wantsPause
    }
}
