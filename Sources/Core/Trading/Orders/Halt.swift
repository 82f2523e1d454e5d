/// A close that finishes: entries stopped, orders cancelled, positions closed, then polled to flat.
import Store

/// One close or close-all under way. **Source** <doc:ProductRules#Closing-until-flat>.
struct Halt {
    let command: ID<CommandRecord>
    let bots: [ID<Bot>]
    /// Only these positions; nil for everything that the bots hold.
    let positions: [ID<Position>]?
    /// The bot is stopped once it is flat.
    var thenStops = false
    /// Polls that found something open; they grow apart, not to flood a refusing exchange.
    var attempts = 0
    /// Client order ids of closes that no bot's book has: of what only the exchange knew.
    var strays: Set<String> = []

    init(command: ID<CommandRecord>, bots: [ID<Bot>], positions: [ID<Position>]?) {
        self.command = command
        self.bots = bots
        self.positions = positions
    }

    /// Half a second at first, half a minute at most; it never gives up.
    var patience: Span { .milliseconds(500 << Int64(min(attempts, 6))) }
}

/// How a close ended.
public struct HaltResult: Sendable {
    public let command: ID<CommandRecord>
    public let isFlat: Bool
    /// Positions that a book still shows and the exchange does not have.
    public var ghosts = 0
}

extension Trading {
    func beginHalt(_ halt: Halt) {
        halts.append(halt)
        if halt.positions == nil {
            forEachBot(of: halt) { cancelEverything($0) }
        }
        pushHalt(halt)
        schedule(.haltPoll(halt.command), at: now + .milliseconds(200))
    }

    /// Whatever ends the engine here is charged to the bot: a close is no way past that count.
    private func forEachBot(of halt: Halt, _ body: (BotMachine) -> Void) {
        for bot in halt.bots.compactMap({ machine($0) }) { working(on: bot) { body(bot) } }
    }

    /// What rests at the exchange now, known to the bot or not, but for closes under way.
    private func cancelResting(_ halt: Halt) {
        forEachBot(of: halt) { bot in
            guard let key = bot.record.keyID else { return }
            let closes = Set(
                bot.orders.lazy.filter { $0.purpose != .entry }.map(\.clientOrderID))
            for open in venue.paper.openOrders(key)
            where !closes.contains(open.clientOrderID)
                && !halt.strays.contains(open.clientOrderID)
            {
                venue.cancel(open.clientOrderID, key: key, at: now)
            }
            drainVenue()
        }
    }

    /// Sends a close for everything in scope that has none under way.
    private func pushHalt(_ halt: Halt) {
        forEachBot(of: halt) { bot in
            for position in bot.positions where halt.covers(position) {
                close(
                    position.id, of: bot, purpose: .personClose,
                    reason: halt.positions == nil ? "close_all" : "close", touch: nil,
                    decision: nil, command: halt.command)
            }
        }
    }

    /// Closes what the exchange reports and no book has, once the books themselves are done.
    private func closeStrays(_ index: Int) {
        forEachBot(of: halts[index]) { bot in
            guard let key = bot.record.keyID, bot.orders.isEmpty, !bot.isHolding,
                venue.paper.openOrders(key).isEmpty
            else { return }
            for position in venue.paper.positions(key) {
                halts[index].strays.insert(closeStray(position, of: bot, key))
            }
        }
    }

    private func closeStray(
        _ position: VenuePosition, of bot: BotMachine, _ key: ID<APIKey>
    ) -> String {
        bot.record.orderSequence += 1
        let id = settings.generation + "stray" + String(bot.id.number, radix: 32) + "-"
            + String(bot.record.orderSequence, radix: 32)
        let order = Order(
            id: ID(0), botID: bot.id, keyID: key, clientOrderID: id, symbol: position.symbol,
            side: position.side.closing, quantity: position.quantity, reduceOnly: true,
            purpose: .personClose, decisionPrice: position.entryPrice,
            leverage: position.leverage, reason: "close_all", createdAt: now, deadline: now,
            epoch: settings.epoch)
        journal.touch(bot: bot.id)
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .order, what: "stray",
                detail: "closing \(position.side.rawValue) \(position.quantity) "
                    + "\(position.symbol), which only the exchange knows", severity: .warning))
        if let symbol = symbol(position.symbol, of: bot) {
            venue.place(order, symbol: symbol, maxSlippage: nil, at: now)
            drainVenue()
        }
        return id
    }

    /// Flat only when the exchange says so.
    func isFlat(_ halt: Halt) -> Bool {
        guard isOn(.haltUntilFlat) else { return true }
        return halt.bots.compactMap({ machine($0) }).allSatisfy { bot in
            guard let key = bot.record.keyID else {
                return !bot.positions.contains(where: halt.covers)
            }
            guard halt.positions == nil else { return isDone(halt, bot, key) }
            // A book that shows what the exchange does not have is no reason to go on for ever,
            // once each close of it was rejected.
            let isBooked = halt.attempts < 6 && bot.held.contains { $0.rejections == 0 }
            return !isBooked && venue.paper.positions(key).isEmpty
                && venue.paper.openOrders(key).isEmpty
        }
    }

    /// Each of some positions is closed, or the exchange has rejected its close and holds nothing
    /// in its symbol.
    private func isDone(_ halt: Halt, _ bot: BotMachine, _ key: ID<APIKey>) -> Bool {
        let open = bot.held.filter { halt.covers($0.position) }
        if open.isEmpty { return true }
        let there = Set(venue.paper.positions(key).map(\.symbol))
        return open.allSatisfy { $0.rejections > 0 && !there.contains($0.position.symbol) }
    }

    func pollHalt(_ command: ID<CommandRecord>) {
        guard let index = halts.firstIndex(where: { $0.command == command }) else { return }
        forEachBot(of: halts[index]) { hearMissed($0) }
        guard isFlat(halts[index]) else {
            if halts[index].positions == nil {
                cancelResting(halts[index])
                closeStrays(index)
            }
            pushHalt(halts[index])
            halts[index].attempts += 1
            return schedule(.haltPoll(command), at: now + halts[index].patience)
        }
        let halt = halts.remove(at: index)
        if halt.thenStops { news.append(.flat(halt)) } else { end(halt) }
    }

    /// The desk hears that a close has ended.
    func end(_ halt: Halt) {
        let ghosts = halt.bots.compactMap { machine($0) }.reduce(0) {
            $0 + $1.positions.count(where: halt.covers)
        }
        finishedHalts.append(HaltResult(command: halt.command, isFlat: true, ghosts: ghosts))
    }
}

extension Halt {
    func covers(_ position: Position) -> Bool { positions?.contains(position.id) ?? true }
}
