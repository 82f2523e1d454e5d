/// What a close has closed, and how its commands ended.
import Store

public struct ClosedPositions: OutcomeDocument {
    /// An order that closed a position, or part of it.
    public struct Close: Sendable, Equatable {
        public var position: ID<Position>?
        public var bot: ID<Bot>
        public var symbol: String
        public var side: OrderSide
        public var size: Quantity
        public var price: Price?

        public init(
            position: ID<Position>?, bot: ID<Bot>, symbol: String, side: OrderSide, size: Quantity,
            price: Price?
        ) {
            self.position = position
            self.bot = bot
            self.symbol = symbol
            self.side = side
            self.size = size
            self.price = price
        }
    }

    public var closed: [Close]
    public var commands: [OutcomeRow]

    public init(closed: [Close], commands: [OutcomeRow]) {
        self.closed = closed
        self.commands = commands
    }

    public var failed: [OutcomeRow] { commands.filter { $0.outcome != .done } }
    public var isFlat: Bool { commands.allSatisfy { $0.outcome == .done } }
}

extension ClosedPositions {
    public init(_ commands: [CommandRecord], _ db: Reading) throws(StoreError) {
        closed = []
        self.commands = commands.map(OutcomeRow.init)
        for command in commands {
            closed += try db.orders(of: command.id).filter { $0.status == .filled }.map(Close.init)
        }
    }

    public var json: JSON {
        [
            "closed": .array(closed.map(\.json)), "failed": .array(failed.map(\.json)),
            "flat": .bool(isFlat), "commands": .array(commands.map(\.json)),
        ]
    }

    public init?(_ json: JSON) {
        guard let closed = json["closed"]?.values(Close.init),
            let commands = json["commands"]?.values(OutcomeRow.init)
        else { return nil }
        self.init(closed: closed, commands: commands)
    }
}

extension ClosedPositions.Close {
    init(_ order: Order) {
        self.init(
            position: order.positionID, bot: order.botID, symbol: order.symbol, side: order.side,
            size: order.filled, price: order.averagePrice)
    }

    var json: JSON {
        [
            "position": .optional(position?.description), "bot": .string(bot.description),
            "symbol": .string(symbol), "side": .string(side.rawValue),
            "size": .string(size.description), "price": .optional(price?.description),
        ]
    }

    init?(_ json: JSON) {
        guard let bot = json["bot"]?.text.flatMap(ID<Bot>.init(text:)),
            let symbol = json["symbol"]?.text,
            let side = json["side"]?.text.flatMap(OrderSide.init(rawValue:)),
            let size: Quantity = json["size"]?.decimal()
        else { return nil }
        self.init(
            position: json["position"]?.text.flatMap(ID<Position>.init(text:)), bot: bot,
            symbol: symbol, side: side, size: size, price: json["price"]?.decimal())
    }
}
