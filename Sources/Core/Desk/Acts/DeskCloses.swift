/// Closing at the desk: previews, confirmations, and the halts that carry them out.
import Store

extension Desk {
    func close(
        _ name: String, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let (bot, position) = try position(named: name)
        if position.exitReason != nil { throw Refusal.closeUnderWay(position: name) }
        let content = content(verb: Command.Verb.close, [target(bot)], only: position)
        try confirm(confirmation, content, labels: [bot.record.label], by: person)
        return Plan(deeds: [close(position, of: bot, consuming: confirmation)])
    }

    /// - Parameter confirmation: used up by it; nil where that was done before.
    func close(
        _ position: Position, of bot: BotMachine, consuming confirmation: Confirmation?
    ) -> Deed {
        Deed(
            bot: bot.record, target: Self.target(position, bot.record),
            before: "\(position.side.rawValue) \(position.quantity)", after: "flat",
            outcome: .running, message: "closing \(position.side.rawValue) \(position.quantity)"
        ) { [world] db, row throws(StoreError) in
            try Self.consume(confirmation, db)
            world.closePosition(position.id, of: bot, command: row.id)
        }
    }

    /// As a command that closes one position names it.
    static func target(_ position: Position, _ bot: Bot) -> String {
        "\(position.id) \(bot.label) \(position.symbol)"
    }

    /// One command a bot, so that its history tells; all under one confirmation.
    func closeAll(
        _ scope: BotScope, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let bots = try machines(in: scope)
        let content = content(verb: Command.Verb.closeAll, bots.map(target), only: nil)
        try confirm(
            confirmation, content, labels: bots.map(\.record.label), by: person)
        return Plan(
            deeds: bots.enumerated().map { index, bot in
                closeAll(bot, by: person.name, consuming: index == 0 ? confirmation : nil)
            } + bots.compactMap(notClosed))
    }

    /// What no market is there for is not closed: a bot that holds it is not called flat.
    private func notClosed(_ bot: BotMachine) -> Deed? {
        bot.flaws.lostWords.map {
            Deed(target: bot.record.label, refusal: .damaged($0, isDone: false))
        }
    }

    func closeAll(
        _ bot: BotMachine, by name: String, consuming confirmation: Confirmation?
    ) -> Deed {
        var deed = Deed(
            bot: bot.record, before: "\(bot.record.state.rawValue), \(bot.held.count) open",
            after: "paused, flat", outcome: .running,
            message: "closing \(counted(bot.held.count, "position"))"
        ) { [world] db, row throws(StoreError) in
            try Self.consume(confirmation, db)
            world.closeAll([bot], command: row.id, by: name)
        }
        deed.changes = !isAtRest(bot)
        return deed
    }

    /// Paused for good and flat, with nothing resting at the exchange.
    private func isAtRest(_ bot: BotMachine) -> Bool {
        guard PauseByPerson.isPausedForGood(bot.record), bot.held.isEmpty, bot.orders.isEmpty else {
            return false
        }
        guard let key = bot.record.keyID else { return true }
        return world.venue.openOrders(key).isEmpty && world.venue.positions(key).isEmpty
    }

    func preview(position name: String, by person: Operator) throws -> Plan {
        let (bot, position) = try position(named: name)
        return try preview(Command.Verb.close, [target(bot)], only: position, by: person)
    }

    func preview(_ scope: BotScope, by person: Operator) throws -> Plan {
        try preview(
            Command.Verb.closeAll, try machines(in: scope).map(target), only: nil, by: person)
    }

    /// A preview is written down by the engine, so that its token means the same after a restart.
    func preview(
        _ verb: String, _ targets: [CloseTarget], only: Position?, by person: Operator
    ) throws -> Plan {
        let preview = try store(content(verb: verb, targets, only: only), for: person)
        return Plan(deeds: [], result: json(of: preview, targets))
    }

    func store(_ content: PreviewContent, for person: Operator) throws(StoreError) -> Preview {
        let preview = PreviewRules.make(content, for: person, dice: dice.next(), at: wall)
        try database.write { db throws(StoreError) in try db.insert(preview) }
        previewsEnd = preview.expiresAt
        return preview
    }

    private func json(of preview: Preview, _ targets: [CloseTarget]) -> JSON {
        let positions = targets.flatMap { target in
            target.positions.filter { preview.positionIDs.contains($0.id) }
                .map { json(of: $0, target.bot) }
        }
        return [
            "verb": .string(preview.verb), "preview_token": .string(preview.token),
            "expires_at": .string(preview.expiresAt.description),
            "bots": .array(
                targets.map {
                    ["id": .string($0.bot.id.description), "label": .string($0.bot.label)]
                }),
            "positions": .array(positions),
            "notional": .string(preview.notional.description),
            "expected_cost": .string(expectedCost(preview.notional).description),
            "orders_to_cancel": .int(preview.orderIDs.count),
        ]
    }

    private func json(of position: Position, _ bot: Bot) -> JSON {
        let mark = mark(position)
        return [
            "id": .string(position.id.description), "bot": .string(bot.label),
            "symbol": .string(position.symbol), "side": .string(position.side.rawValue),
            "size": .string(position.quantity.description),
            "notional": .string(position.notional(at: mark).description),
            "unrealised_pnl": .string(position.unrealised(at: mark).description),
        ]
    }

    private func expectedCost(_ notional: Money) -> Money {
        let fee = lastCommit?.takerFee ?? world.markets.first?.instrument.takerFee
        let spread = lastCommit?.spread ?? world.markets.first?.spread ?? .zero
        return PreviewRules.expectedCost(
            of: notional, takerFee: fee ?? .basisPoints(5),
            halfSpread: Rate(raw: spread.raw / 2))
    }

    func target(_ bot: BotMachine) -> CloseTarget {
        CloseTarget(
            bot: bot.record, positions: bot.positions,
            resting: bot.record.keyID.map { world.venue.openOrders($0).map(\.clientOrderID) }
                ?? [])
    }

    func content(verb: String, _ targets: [CloseTarget], only: Position?) -> PreviewContent {
        let positions = targets.flatMap(\.positions).filter { only == nil || $0.id == only?.id }
        return PreviewContent(
            verb: verb, botIDs: targets.map(\.bot.id), positionIDs: positions.map(\.id),
            orderIDs: only == nil ? targets.flatMap(\.resting) : [],
            notional: positions.reduce(.zero) { $0 + $1.notional(at: mark($1)) })
    }

    private func mark(_ position: Position) -> Price {
        lastCommit?.price(of: position.symbol)
            ?? world.symbol(position.symbol).flatMap { world.markets[$0].lastPrice }
            ?? position.entryPrice
    }

    func confirm(
        _ confirmation: Confirmation?, _ content: PreviewContent, labels: [String],
        by person: Operator
    ) throws {
        var stored: Preview?
        if case .token(let token) = confirmation {
            guard world.isOn(.previewIsFresh) else { return }
            stored = try database.read { db throws(StoreError) in try db.preview(token) }
        }
        try PreviewRules.confirm(
            confirmation, of: content, labels: labels, preview: stored, by: person, at: wall)
    }

    /// A token confirms once.
    static func consume(_ confirmation: Confirmation?, _ db: Writing) throws(StoreError) {
        guard case .token(let token) = confirmation else { return }
        try db.deletePreview(token)
    }

    private func position(named name: String) throws(Refusal) -> (BotMachine, Position) {
        let all = world.bots.flatMap { bot in bot.positions.map { (bot, $0) } }
        let place = try Self.place(ofPosition: name, among: all.map { ($0.0.record.label, $0.1) })
        return all[place]
    }

    /// `position-7`, or a unique prefix of it, or a unique `bot/symbol`.
    static func place(
        ofPosition name: String, among all: [(label: String, position: Position)]
    ) throws(Refusal) -> Int {
        if let exact = all.firstIndex(where: { $0.position.id.description == name }) {
            return exact
        }
        let candidates = all.indices.filter { place in
            all[place].position.id.description.hasPrefix(name)
                || "\(all[place].label)/\(all[place].position.symbol)" == name
        }
        guard candidates.count < 2 else {
            throw .ambiguous(
                .position, name, candidates: candidates.map { all[$0].position.id.description })
        }
        guard let found = candidates.first else { throw .noSuch(.position, name) }
        return found
    }
}

/// What a close of one bot would touch, wherever that is read.
struct CloseTarget {
    var bot: Bot
    var positions: [Position]
    /// Client order ids of what rests at the exchange under its key.
    var resting: [String]
}
