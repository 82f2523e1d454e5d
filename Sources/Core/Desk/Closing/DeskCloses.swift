/// What closes have in common at the desk: what they would touch, previews, confirmations.
import Store

/// What a close of one bot would touch, wherever that is read.
struct CloseTarget {
    var bot: Bot
    var positions: [Position]
    /// Client order ids of what rests at the exchange under its key.
    var resting: [String]
}

extension Desk {
    /// A preview is written down by the engine, so that its token means the same after a restart.
    func preview(
        _ verb: String, _ targets: [CloseTarget], only: Position?, by person: Operator
    ) throws -> ClosePreview {
        let stored = try store(content(verb: verb, targets, only: only), for: person)
        return ClosePreview(
            verb: stored.verb, token: stored.token, expiresAt: stored.expiresAt,
            bots: targets.map { NamedBot(id: $0.bot.id, label: $0.bot.label) },
            positions: targets.flatMap { target in
                target.positions.filter { stored.positionIDs.contains($0.id) }
                    .map { line($0, target.bot) }
            },
            notional: stored.notional, cost: expectedCost(stored.notional),
            ordersToCancel: stored.orderIDs.count)
    }

    func store(_ content: PreviewContent, for person: Operator) throws(StoreError) -> Preview {
        let preview = PreviewRules.make(content, for: person, dice: dice.next(), at: wall)
        try database.write { db throws(StoreError) in try db.insert(preview) }
        previewsEnd = preview.expiresAt
        return preview
    }

    private func line(_ position: Position, _ bot: Bot) -> ClosePreview.Line {
        let (mark, instrument) = (mark(position), instrument(position))
        let contract = instrument?.contract ?? .plain
        return ClosePreview.Line(
            id: position.id, bot: bot.label, symbol: position.symbol, side: position.side,
            size: position.quantity, notional: position.notional(at: mark, on: contract),
            unrealised: position.unrealised(at: mark, on: contract),
            currency: instrument?.settlement ?? .usdt)
    }

    private func expectedCost(_ notional: CurrencySums) -> CurrencySums {
        let fee = lastCommit?.takerFee ?? world.markets.first?.instrument.takerFee
        let spread = lastCommit?.spread ?? world.markets.first?.spread ?? .zero
        return PreviewRules.expectedCost(
            of: notional, takerFee: fee ?? .basisPoints(5),
            halfSpread: Rate(raw: spread.raw / 2))
    }

    func target(_ bot: BotMachine) -> CloseTarget {
        CloseTarget(
            bot: bot.record, positions: bot.positions,
            resting: bot.record.keyID.map {
                world.trading.venue.paper.openOrders($0).map(\.clientOrderID)
            }
                ?? [])
    }

    func content(verb: String, _ targets: [CloseTarget], only: Position?) -> PreviewContent {
        let positions = targets.flatMap(\.positions).filter { only == nil || $0.id == only?.id }
        var notional = CurrencySums()
        for position in positions {
            let instrument = instrument(position)
            let value = position.notional(
                at: mark(position), on: instrument?.contract ?? .plain)
            notional.add(value, in: instrument?.settlement ?? .usdt)
        }
        return PreviewContent(
            verb: verb, botIDs: targets.map(\.bot.id), positionIDs: positions.map(\.id),
            orderIDs: only == nil ? targets.flatMap(\.resting) : [],
            notional: notional)
    }

    /// Nil where its market is gone: there is no mark then either.
    private func instrument(_ position: Position) -> Instrument? {
        lastCommit?.instrument(of: position) ?? market(position)?.instrument
    }

    private func market(_ position: Position) -> Market? {
        guard let bot = world.machine(position.botID) else { return nil }
        return world.symbol(position.symbol, of: bot).map { world.markets[$0] }
    }

    private func mark(_ position: Position) -> Price {
        lastCommit?.price(of: position)
            ?? market(position)?.lastPrice
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

    /// A label that is given is the bot's own, also where none is asked for: whoever types
    /// another one means another bot. What has waited was confirmed when it was asked for.
    func checkLabel(_ given: Confirmation?, of bot: Bot) throws(Refusal) {
        guard case .label(let typed) = given, typed != bot.label, checksGiven else { return }
        throw .labelMismatch(label: bot.label, typed: typed)
    }

    /// A token that is given shows just this, also where none is asked for.
    func checkToken(
        _ given: Confirmation?, _ content: @autoclosure () -> PreviewContent, of bot: Bot,
        by person: Operator
    ) throws {
        guard case .token = given, checksGiven else { return }
        try confirm(given, content(), labels: [bot.label], by: person)
    }

    private var checksGiven: Bool {
        !isHandingOver && world.isOn(.givenConfirmationHolds)
    }

    /// A token confirms once.
    static func consume(_ confirmation: Confirmation?, _ db: Writing) throws(StoreError) {
        guard case .token(let token) = confirmation else { return }
        try db.deletePreview(token)
    }

    func position(named name: String) throws(Refusal) -> (BotMachine, Position) {
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
                || Label.areSame("\(all[place].label)/\(all[place].position.symbol)", name)
        }
        guard candidates.count < 2 else {
            throw .ambiguous(
                .position, name, candidates: candidates.map { all[$0].position.id.description })
        }
        guard let found = candidates.first else { throw .noSuch(.position, name) }
        return found
    }
}
