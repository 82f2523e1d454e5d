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
        /// What both are counted in.
        public var currency: Currency

        public init(
            id: ID<Position>, bot: String, symbol: String, side: Side, size: Quantity,
            notional: Money, unrealised: Money, currency: Currency = .usdt
        ) {
            self.id = id
            self.bot = bot
            self.symbol = symbol
            self.side = side
            self.size = size
            self.notional = notional
            self.unrealised = unrealised
            self.currency = currency
        }
    }

    /// Of the command that would close.
    public var verb: String
    public var token: String
    public var expiresAt: Instant
    public var bots: [NamedBot]
    public var positions: [Line]
    public var notional: CurrencySums
    /// Taker fees and half the spread.
    public var cost: CurrencySums
    public var ordersToCancel: Int

    public init(
        verb: String, token: String, expiresAt: Instant, bots: [NamedBot], positions: [Line],
        notional: CurrencySums, cost: CurrencySums, ordersToCancel: Int
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

    public var unrealised: CurrencySums {
        positions.reduce(into: CurrencySums()) { $0.add($1.unrealised, in: $1.currency) }
    }

    /// Whether its figures need their currencies beside them.
    fileprivate var namesCurrencies: Bool { notional.usual == nil }
}

extension ClosePreview {
    public var json: JSON {
        [
            "verb": .string(verb), "preview_token": .string(token),
            "expires_at": .string(expiresAt.description),
            "bots": .array(bots.map(\.json)),
            "positions": .array(positions.map { $0.json(withCurrency: namesCurrencies) }),
            "notional": notional.json, "expected_cost": cost.json,
            "orders_to_cancel": .int(ordersToCancel),
        ]
    }

    public init?(_ json: JSON) {
        guard let verb = json["verb"]?.text, let token = json["preview_token"]?.text,
            let expiresAt = json["expires_at"]?.text.flatMap(Instant.init(anyYear:)),
            let bots = json["bots"]?.values(NamedBot.init),
            let positions = json["positions"]?.values(Line.init),
            let notional = json["notional"].flatMap(CurrencySums.init),
            let cost = json["expected_cost"].flatMap(CurrencySums.init),
            let orders = json["orders_to_cancel"]?.integer.flatMap(Int.init(exactly:))
        else { return nil }
        self.init(
            verb: verb, token: token, expiresAt: expiresAt, bots: bots, positions: positions,
            notional: notional, cost: cost, ordersToCancel: orders)
    }
}

extension ClosePreview.Line {
    fileprivate func json(withCurrency: Bool) -> JSON {
        guard withCurrency, case .object(let members) = json else { return json }
        return .object(members + [JSON.Member("currency", .string(currency.code))])
    }

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
            unrealised: unrealised,
            currency: json["currency"]?.text.flatMap { Currency($0) } ?? .usdt)
    }
}

extension CurrencySums {
    /// The number alone where no currency has to be named, else one member a currency.
    var json: JSON {
        if let usual { return .string(usual.description) }
        return .object(
            parts.map { JSON.Member($0.currency.code, .string($0.amount.description)) })
    }

    init?(_ json: JSON) {
        guard case .object(let members) = json else {
            guard let amount: Money = json.decimal() else { return nil }
            self.init(amount, in: .usdt)
            return
        }
        self.init()
        for member in members {
            guard let currency = Currency(member.key), let amount: Money = member.value.decimal()
            else { return nil }
            add(amount, in: currency)
        }
    }
}
