/// What a finished request shows: the document that `--json` prints.
import Store

/// Made from the rows, so that it is the same for whoever waited and for whoever asks later.
struct CommandDocument {
    let json: JSON

    init(_ commands: [CommandRecord], _ db: Reading) throws(StoreError) {
        let closes = [Command.Verb.close, Command.Verb.closeAll]
        let isClose = commands.first.map { closes.contains($0.verb) } ?? false
        json = isClose ? try Self.closed(commands, db) : .array(commands.map(Self.row))
    }

    private static func row(_ command: CommandRecord) -> JSON {
        [
            "bot": .optional(command.botID?.description), "target": .string(command.target),
            "command_id": .string(command.id.description), "verb": .string(command.verb),
            "ticket": command.verb.hasPrefix(Command.Verb.ofTickets)
                ? .string(command.target) : .null,
            "outcome": .string(command.outcome.rawValue), "changed": .bool(command.changed),
            "message": .string(command.message),
            "error": command.errorCode.map { code in
                [
                    "code": .string(code), "message": .string(command.message),
                    "remedy": .optional(command.remedy),
                ]
            } ?? .null,
        ]
    }

    private static func closed(
        _ commands: [CommandRecord], _ db: Reading
    ) throws(StoreError) -> JSON {
        var closed: [JSON] = []
        var failed: [JSON] = []
        for command in commands {
            for order in try db.orders(of: command.id) {
                if order.status == .filled { closed.append(json(of: order)) }
            }
            if command.outcome != .done { failed.append(row(command)) }
        }
        return [
            "closed": .array(closed), "failed": .array(failed),
            "flat": .bool(commands.allSatisfy { $0.outcome == .done }),
            "commands": .array(commands.map(row)),
        ]
    }

    private static func json(of order: Order) -> JSON {
        [
            "position": .optional(order.positionID?.description),
            "bot": .string(order.botID.description), "symbol": .string(order.symbol),
            "side": .string(order.side.rawValue), "size": .string(order.filled.description),
            "price": .optional(order.averagePrice?.description),
        ]
    }
}

extension CommandReport {
    /// One report for all commands of a request: the worst outcome speaks.
    init(_ commands: [CommandRecord], result: JSON) {
        // What waits for a link or its cohort has not gone wrong.
        let bad = commands.first { $0.outcome != .done && $0.outcome != .queued }
        let waiting = commands.first { $0.outcome == .queued }
        let first = commands.first?.id ?? ID(0)
        let error = bad.map { row in
            WireError(
                code: row.errorCode ?? row.outcome.rawValue, message: row.message,
                remedy: row.remedy ?? "See plutarc commands.")
        }
        self.init(
            command: first, outcome: (bad ?? waiting)?.outcome ?? .done,
            message: commands.count == 1
                ? commands[0].message
                : commands.map { "\($0.target): \($0.message)" }.joined(separator: "; "),
            error: error, result: result)
    }
}
