/// A close that finishes: entries stopped, orders cancelled, positions closed, then polled to flat.
import Store

/// One close or close-all under way. **Source** PRODUCT 17.1.
struct Halt {
    let command: ID<CommandRecord>
    let bots: [ID<Bot>]
    /// Only these positions; nil for everything that the bots hold.
    let positions: [ID<Position>]?
    /// The bot is stopped once it is flat.
    var thenStops = false
    /// Polls that found something open; they grow apart, not to flood a refusing exchange.
    var attempts = 0

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
}

extension World {
    func beginHalt(_ halt: Halt) {
        halts.append(halt)
        if halt.positions == nil { cancelResting(halt) }
        pushHalt(halt)
        timeline.schedule(.haltPoll(halt.command), at: now + .milliseconds(200))
    }

    private func cancelResting(_ halt: Halt) {
        for bot in halt.bots.compactMap({ machine($0) }) {
            guard let key = bot.record.keyID else { continue }
            venue.cancelAll(key: key, symbol: nil, at: now, into: &venueEvents)
            drainVenue()
        }
    }

    /// Sends a close for everything in scope that has none under way.
    private func pushHalt(_ halt: Halt) {
        for bot in halt.bots.compactMap({ machine($0) }) {
            for position in bot.positions where halt.covers(position) {
                close(
                    position.id, of: bot, purpose: .personClose,
                    reason: halt.positions == nil ? "close_all" : "close", touch: nil,
                    decision: nil, command: halt.command)
            }
        }
    }

    /// Flat only when the exchange says so. **Source** PRODUCT 17.1.
    func isFlat(_ halt: Halt) -> Bool {
        halt.bots.compactMap({ machine($0) }).allSatisfy { bot in
            guard !bot.positions.contains(where: halt.covers) else { return false }
            guard halt.positions == nil, let key = bot.record.keyID else { return true }
            return bot.traded.allSatisfy { venue.position(key, $0.symbol) == nil }
                && venue.openOrders(key).isEmpty
        }
    }

    func pollHalt(_ command: ID<CommandRecord>) {
        guard let index = halts.firstIndex(where: { $0.command == command }) else { return }
        let halt = halts[index]
        guard isFlat(halt) else {
            pushHalt(halt)
            halts[index].attempts += 1
            return timeline.schedule(.haltPoll(command), at: now + halt.patience)
        }
        halts.remove(at: index)
        if halt.thenStops, let bot = halt.bots.first.flatMap({ machine($0) }) {
            guard windDown(bot, command: command, words: "flat", by: nil) else { return }
        }
        finishedHalts.append(HaltResult(command: command, isFlat: true))
    }
}

extension Halt {
    func covers(_ position: Position) -> Bool { positions?.contains(position.id) ?? true }
}
