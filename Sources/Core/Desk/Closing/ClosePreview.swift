/// What a close would do, as the engine says it and a console reads it.
import Store

/// Bound to a token that confirms just this. **Source** <doc:ProductRules#Previews>.
public struct ClosePreview: PreviewDocument {
    public struct Line: Sendable, Equatable {
        public var id: ID<Position>
        /// Its label.
        public var bot: String
        public var symbol: String
        public var side: Side
        public var size: Quantity
        public var notional: Money
        public var unrealised: Money

        public init(
            id: ID<Position>, bot: String, symbol: String, side: Side, size: Quantity,
            notional: Money, unrealised: Money
        ) {
            self.id = id
            self.bot = bot
            self.symbol = symbol
            self.side = side
            self.size = size
            self.notional = notional
            self.unrealised = unrealised
        }
    }

    /// Of the command that would close.
    public var verb: String
    public var token: String
    public var expiresAt: Instant
    public var bots: [NamedBot]
    public var positions: [Line]
    public var notional: Money
    /// Taker fees and half the spread.
    public var cost: Money
    public var ordersToCancel: Int

    public init(
        verb: String, token: String, expiresAt: Instant, bots: [NamedBot], positions: [Line],
        notional: Money, cost: Money, ordersToCancel: Int
    ) {
        self.verb = verb
        self.token = token
        self.expiresAt = expiresAt
        self.bots = bots
        self.positions = positions
        self.notional = notional
        self.cost = cost
        self.ordersToCancel = ordersToCancel
    }

    /// It is closed first, by a stop.
    public var isOfStop: Bool { verb == StopCommand.verb }

    /// A stop closes nothing where nothing is open.
    public var need: ConfirmationNeed {
        if verb == ClosePositionCommand.verb { return .yes }
        return isOfStop && positions.isEmpty ? .none : typedNeed
    }

    public var unrealised: Money { positions.reduce(.zero) { $0 + $1.unrealised } }
}

extension ClosePreview {
    public var json: JSON {
        [
            "verb": .string(verb), "preview_token": .string(token),
            "expires_at": .string(expiresAt.description),
            "bots": .array(bots.map(\.json)), "positions": .array(positions.map(\.json)),
            "notional": .string(notional.description),
            "expected_cost": .string(cost.description),
            "orders_to_cancel": .int(ordersToCancel),
        ]
    }

    public init?(_ json: JSON) {
        guard let verb = json["verb"]?.text, let token = json["preview_token"]?.text,
            let expiresAt = json["expires_at"]?.text.flatMap(Instant.init(anyYear:)),
            let bots = json["bots"]?.values(NamedBot.init),
            let positions = json["positions"]?.values(Line.init),
            let notional: Money = json["notional"]?.decimal(),
            let cost: Money = json["expected_cost"]?.decimal(),
            let orders = json["orders_to_cancel"]?.integer.flatMap(Int.init(exactly:))
        else { return nil }
        self.init(
            verb: verb, token: token, expiresAt: expiresAt, bots: bots, positions: positions,
            notional: notional, cost: cost, ordersToCancel: orders)
    }
}

extension ClosePreview.Line {
    var json: JSON {
        [
            "id": .string(id.description), "bot": .string(bot), "symbol": .string(symbol),
            "side": .string(side.rawValue), "size": .string(size.description),
            "notional": .string(notional.description),
            "unrealised_pnl": .string(unrealised.description),
        ]
    }

    init?(_ json: JSON) {
        guard let id = json["id"]?.text.flatMap(ID<Position>.init(text:)),
            let bot = json["bot"]?.text, let symbol = json["symbol"]?.text,
            let side = json["side"]?.text.flatMap(Side.init(rawValue:)),
            let size: Quantity = json["size"]?.decimal(),
            let notional: Money = json["notional"]?.decimal(),
            let unrealised: Money = json["unrealised_pnl"]?.decimal()
        else { return nil }
        self.init(
            id: id, bot: bot, symbol: symbol, side: side, size: size, notional: notional,
            unrealised: unrealised)
    }
}
