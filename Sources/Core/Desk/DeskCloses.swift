/// Closing at the desk: previews, confirmations, and the halts that carry them out.
import Store

extension Desk {
    func close(
        _ name: String, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let (bot, position) = try position(named: name)
        if position.exitReason != nil { throw Refusal.closeUnderWay(position: name) }
        let content = content(verb: "close", [bot], only: position)
        try confirm(confirmation, content, labels: [bot.record.label], by: person)
        let target = "\(position.id) \(bot.record.label) \(position.symbol)"
        let deed = Deed(
            bot: bot.record, target: target,
            before: "\(position.side.rawValue) \(position.quantity)", after: "flat",
            outcome: .running, message: "closing \(position.side.rawValue) \(position.quantity)"
        ) { [world] db, row throws(StoreError) in
            try Self.consume(confirmation, db)
            world.closePosition(position.id, of: bot, command: row.id)
        }
        return Plan(deeds: [deed])
    }

    /// One command a bot, so that its history tells; all under one confirmation.
    func closeAll(
        _ scope: BotScope, _ confirmation: Confirmation?, by person: Operator
    ) throws -> Plan {
        let bots = try machines(in: scope)
        let content = content(verb: "close-all", bots, only: nil)
        try confirm(
            confirmation, content, labels: bots.map(\.record.label), by: person)
        let deeds = bots.enumerated().map { index, bot in
            var deed = Deed(
                bot: bot.record, before: "\(bot.record.state.rawValue), \(bot.held.count) open",
                after: "paused, flat", outcome: .running,
                message: "closing \(counted(bot.held.count, "position"))"
            ) { [world] db, row throws(StoreError) in
                if index == 0 { try Self.consume(confirmation, db) }
                world.closeAll([bot], command: row.id, by: person.name)
            }
            deed.changes = !isAtRest(bot)
            return deed
        }
        return Plan(deeds: deeds)
    }

    /// Paused for good and flat, with nothing resting at the exchange.
    private func isAtRest(_ bot: BotMachine) -> Bool {
        guard PauseRules.isPausedForGood(bot.record), bot.held.isEmpty, bot.orders.isEmpty else {
            return false
        }
        guard let key = bot.record.keyID else { return true }
        return world.venue.openOrders(key).isEmpty && world.venue.positions(key).isEmpty
    }

    func preview(position name: String, by person: Operator) throws -> Plan {
        let (bot, position) = try position(named: name)
        return try preview(content(verb: "close", [bot], only: position), [bot], by: person)
    }

    func preview(_ scope: BotScope, by person: Operator) throws -> Plan {
        let bots = try machines(in: scope)
        return try preview(content(verb: "close-all", bots, only: nil), bots, by: person)
    }

    /// A preview is written down by the engine, so that its token means the same after a restart.
    private func preview(
        _ content: PreviewContent, _ bots: [BotMachine], by person: Operator
    ) throws -> Plan {
        let preview = PreviewRules.make(
            content, for: person, dice: dice.next(), at: wall)
        try database.write { db throws(StoreError) in try db.insert(preview) }
        return Plan(deeds: [], result: json(of: preview, bots))
    }

    private func json(of preview: Preview, _ bots: [BotMachine]) -> JSON {
        let positions = bots.flatMap { bot in
            bot.positions.filter { preview.positionIDs.contains($0.id) }.map { json(of: $0, bot) }
        }
        return [
            "preview_token": .string(preview.token),
            "expires_at": .string(preview.expiresAt.description),
            "bots": .array(
                bots.map { ["id": .string($0.id.description), "label": .string($0.record.label)] }),
            "positions": .array(positions),
            "notional": .string(preview.notional.description),
            "expected_cost": .string(expectedCost(preview.notional).description),
            "orders_to_cancel": .int(preview.orderIDs.count),
        ]
    }

    private func json(of position: Position, _ bot: BotMachine) -> JSON {
        let mark = mark(position)
        return [
            "id": .string(position.id.description), "bot": .string(bot.record.label),
            "symbol": .string(position.symbol), "side": .string(position.side.rawValue),
            "size": .string(position.quantity.description),
            "notional": .string(position.notional(at: mark).description),
            "unrealised_pnl": .string(position.unrealised(at: mark).description),
        ]
    }

    private func expectedCost(_ notional: Money) -> Money {
        let fee = world.markets.first?.instrument.takerFee ?? .basisPoints(5)
        let spread = world.markets.first?.spread ?? .zero
        return PreviewRules.expectedCost(
            of: notional, takerFee: fee, halfSpread: Rate(raw: spread.raw / 2))
    }

    func content(verb: String, _ bots: [BotMachine], only: Position?) -> PreviewContent {
        let positions = bots.flatMap(\.positions).filter { only == nil || $0.id == only?.id }
        let resting =
            only == nil
            ? bots.flatMap { bot in
                bot.record.keyID.map { world.venue.openOrders($0).map(\.clientOrderID) } ?? []
            } : []
        return PreviewContent(
            verb: verb, botIDs: bots.map(\.id), positionIDs: positions.map(\.id),
            orderIDs: resting,
            notional: positions.reduce(.zero) { $0 + $1.notional(at: mark($1)) })
    }

    private func mark(_ position: Position) -> Price {
        world.symbol(position.symbol).flatMap { world.markets[$0].lastPrice }
            ?? position.entryPrice
    }

    private func confirm(
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
    private static func consume(_ confirmation: Confirmation?, _ db: Writing) throws(StoreError) {
        guard case .token(let token) = confirmation else { return }
        try db.deletePreview(token)
    }

    /// `position-7`, or a unique prefix of it, or a unique `bot symbol`.
    private func position(named name: String) throws(Refusal) -> (BotMachine, Position) {
        let all = world.bots.flatMap { bot in bot.positions.map { (bot, $0) } }
        if let exact = all.first(where: { $0.1.id.description == name }) { return exact }
        let candidates = all.filter { bot, position in
            position.id.description.hasPrefix(name)
                || "\(bot.record.label)/\(position.symbol)" == name
        }
        guard candidates.count < 2 else {
            throw .ambiguous(.position, name, candidates: candidates.map { $0.1.id.description })
        }
        guard let found = candidates.first else { throw .noSuch(.position, name) }
        return found
    }
}
