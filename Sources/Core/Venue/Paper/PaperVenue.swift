/// The simulated exchange for perpetuals: accounts, net positions and orders.
import Store

/// No clock, no dice, no input or output: the same calls give the same events.
///
/// Order of calls for one market event: ``trade(symbol:price:book:at:into:)`` (or
/// ``range(symbol:high:low:close:at:into:)`` after the bots have walked through the candle), then
/// the bots, whose orders go to ``place(_:symbol:maxSlippage:at:into:)``.
/// Every call appends to `events` what happened, in order.
/// **Source** <doc:ProductRules#Recorded-candles>, <doc:ProductRules#Slippage>,
/// <doc:ProductRules#Positions>.
public struct PaperVenue: Sendable {
    var markets: [VenueMarket]
    var accounts: [PaperAccount] = []
    var accountIndex = SortedMap<ID<APIKey>, Int>()
    var nextSequence: Int64 = 1
    var nextFill: Int64 = 1
    /// Whether orders that are over stay known by their ids. A replay makes each id once and asks
    /// for none again.
    var remembersEnded = true
    #if DEBUG
        /// Off in a test of the tests alone.
        var refusesUncountable = true
        /// The same.
        var looksAtMarginAgain = true
        /// The same.
        var reservesClosingFees = true
    #else
        var refusesUncountable: Bool { true }
        var looksAtMarginAgain: Bool { true }
        var reservesClosingFees: Bool { true }
    #endif

    /// What an account opens with where nothing else is said.
    public static let standardDeposit = Money.units(10_000)

    /// A venue that lists these; a symbol's index here is its name in the hot calls.
    public init(instruments: [Instrument]) {
        markets = instruments.map { VenueMarket(instrument: $0) }
    }

    /// Lists one more symbol and gives its index.
    @discardableResult
    public mutating func list(_ instrument: Instrument) -> Int {
        markets.append(VenueMarket(instrument: instrument))
        return markets.count - 1
    }

    /// Opens an account in a currency, or adds to the deposits of one that is open.
    public mutating func deposit(
        _ amount: Money, to key: ID<APIKey>, in currency: Currency = .usdt
    ) {
        guard let index = accountIndex[key] else {
            add(VenueAccount(keyID: key, currency: currency, deposits: amount, wallet: amount))
            return
        }
        accounts[index].money.deposits += amount
        accounts[index].money.wallet += amount
    }

    func instrument(_ symbol: Int) -> Instrument { markets[symbol].instrument }

    /// Without the names that go with it.
    @inline(__always)
    func contract(_ symbol: Int) -> Contract { markets[symbol].instrument.contract }

    private mutating func add(_ account: VenueAccount) {
        accountIndex[account.keyID] = accounts.count
        accounts.append(PaperAccount(money: account))
    }
}

// MARK: - Queries

extension PaperVenue {
    public var instruments: [Instrument] { markets.map(\.instrument) }

    /// The number that the next fill gets; saved with the rest.
    public var nextFillNumber: Int64 { nextFill }

    /// The last price of a symbol; nil before its first print.
    public func mark(_ symbol: Int) -> Price? { markets[symbol].mark }

    public func account(_ key: ID<APIKey>) -> VenueAccount? {
        accountIndex[key].map { accounts[$0].money }
    }

    /// All accounts, ascending by key.
    public var allAccounts: [VenueAccount] {
        accounts.map(\.money).sorted { $0.keyID < $1.keyID }
    }

    /// The net position of an account in a symbol; nil when flat.
    public func position(_ key: ID<APIKey>, _ symbol: Int) -> VenuePosition? {
        guard let index = accountIndex[key], let held = accounts[index].held(symbol) else {
            return nil
        }
        return shown(held, key)
    }

    /// The net positions of an account, ascending by symbol index.
    public func positions(_ key: ID<APIKey>) -> [VenuePosition] {
        guard let index = accountIndex[key] else { return [] }
        return accounts[index].positions.sorted { $0.symbol < $1.symbol }.map { shown($0, key) }
    }

    private func shown(_ held: HeldPosition, _ key: ID<APIKey>) -> VenuePosition {
        VenuePosition(
            keyID: key, symbol: markets[held.symbol].instrument.symbol, side: held.side,
            quantity: held.quantity, entryPrice: held.entryPrice, leverage: held.leverage,
            liquidationPrice: held.liquidationPrice, cost: held.cost)
    }

    /// Wallet plus unrealised profit at the last marks; zero for an unknown account.
    public func equity(_ key: ID<APIKey>) -> Money {
        accountIndex[key].map { equity(at: $0) } ?? .zero
    }

    /// Where an account stands; it never moves. Nil for an unknown one.
    func index(of key: ID<APIKey>) -> Int? { accountIndex[key] }

    /// ``equity(_:)`` of the account at a place.
    @inline(__always)
    func equity(at place: Int) -> Money { wallet(at: place) + unrealised(place) }

    /// The wallet of the account at a place.
    @inline(__always) func wallet(at place: Int) -> Money { accounts[place].money.wallet }

    /// What the account at a place is counted in.
    func currency(at place: Int) -> Currency { accounts[place].money.currency }

    /// The side of an account's position in a symbol; nil when flat.
    func side(at place: Int, _ symbol: Int) -> Side? { accounts[place].held(symbol)?.side }

    /// How much an account holds in a symbol on a side; zero when flat or on the other one.
    func quantity(at place: Int, _ symbol: Int, _ side: Side) -> Quantity {
        accounts[place].held(symbol).flatMap { $0.side == side ? $0.quantity : nil } ?? .zero
    }

    /// Where an account's position in a symbol is liquidated; nil when flat.
    @inline(__always) func liquidationPrice(at place: Int, _ symbol: Int) -> Price? {
        accounts[place].held(symbol)?.liquidationPrice
    }

    /// The wallet of an account that holds exactly one position; nil for any other.
    @inline(__always) func walletOfOnePosition(at place: Int) -> Money? {
        accounts[place].positions.count == 1 ? accounts[place].money.wallet : nil
    }

    /// ``equity(at:)`` of such an account, were its position's mark another. In line, since a call
    /// would hold all of the exchange.
    @inline(__always)
    func equityOfOnePosition(at place: Int, mark: Price) -> Money {
        accounts[place].money.wallet + accounts[place].positions[0].unrealised(at: mark)
    }

    /// ``equity(at:)``, were the mark of one symbol another.
    func equity(at place: Int, _ symbol: Int, mark: Price) -> Money {
        guard let held = accounts[place].held(symbol) else { return equity(at: place) }
        return equity(at: place) - present(held) + held.unrealised(at: mark)
    }

    /// ``equity(at:)``, were what it holds in one symbol worth nothing.
    func equityWithoutWorth(at place: Int, _ symbol: Int) -> Money {
        guard let held = accounts[place].held(symbol) else { return equity(at: place) }
        return equity(at: place) - present(held) + held.unrealisedWorthless
    }

    private func present(_ held: HeldPosition) -> Money {
        markets[held.symbol].mark.map(held.unrealised) ?? .zero
    }

    /// Profit of the open positions at the last marks, before fees.
    public func unrealised(_ key: ID<APIKey>) -> Money {
        accountIndex[key].map { unrealised($0) } ?? .zero
    }

    @inline(__always) func unrealised(_ index: Int) -> Money {
        var sum = Money.zero
        for slot in accounts[index].positions.indices {
            let held = accounts[index].positions[slot]
            if let mark = markets[held.symbol].mark { sum += held.unrealised(at: mark) }
        }
        return sum
    }

    /// Orders of an account that are not over, in order of arrival.
    public func openOrders(_ key: ID<APIKey>) -> [VenueOrder] {
        guard let index = accountIndex[key], accounts[index].openOrders > 0 else { return [] }
        return markets.flatMap { ($0.resting + $0.waiting).filter { $0.keyID == key } }
            .sorted { $0.sequence < $1.sequence }
    }

    /// An order by its client order id, open or over; nil when the id was never used.
    public func order(_ clientOrderID: String, key: ID<APIKey>) -> VenueOrder? {
        guard let index = accountIndex[key] else { return nil }
        if remembersEnded, let order = accounts[index].finished[clientOrderID] { return order }
        guard accounts[index].openOrders > 0 else { return nil }
        for index in markets.indices {
            if let order = markets[index].order(clientOrderID, of: key) { return order }
        }
        return nil
    }
}

// MARK: - Restore

extension PaperVenue {
    /// Puts back what was saved, on a fresh venue. `orders`, in order of arrival: those that are
    /// open rest (market orders wait for the next print), those that are over are known ids.
    /// Intents that never reached the venue must be left out.
    /// - Parameter venues: where a key trades, if not on the simulated exchange.
    public mutating func restore(
        accounts: [VenueAccount], positions: [VenuePosition], orders: [VenueOrder],
        venues: [ID<APIKey>: VenueName] = [:], nextFillNumber: Int64
    ) {
        for account in accounts { add(account) }
        nextFill = nextFillNumber
        for position in positions {
            let venue = venues[position.keyID] ?? .simulated
            restore(position, InstrumentID(position.symbol, on: venue))
        }
        for order in orders { restore(order) }
    }

    /// Puts a market back where it stood, without matching anything. Call after
    /// ``restore(accounts:positions:orders:nextFillNumber:)`` with what the ``Market`` says.
    public mutating func resume(symbol: Int, mark: Price, book: Book?, phase: VenuePhase) {
        markets[symbol].mark = mark
        markets[symbol].book = book
        markets[symbol].phase = phase
    }

    private mutating func restore(_ position: VenuePosition, _ id: InstrumentID) {
        guard let index = accountIndex[position.keyID],
            let symbol = markets.firstIndex(where: { $0.instrument.id == id })
        else { return }
        accounts[index].positions.append(
            HeldPosition(
                symbol: symbol, contract: contract(symbol), side: position.side,
                quantity: position.quantity, entryPrice: position.entryPrice,
                leverage: position.leverage, liquidationPrice: position.liquidationPrice,
                cost: position.cost))
        noteHolding(index, symbol)
    }

    private mutating func restore(_ saved: VenueOrder) {
        guard let index = accountIndex[saved.keyID] else { return }
        var order = saved
        order.sequence = nextSequence
        nextSequence += 1
        guard order.status.isOpen else {
            accounts[index].finished[order.clientOrderID] = order
            return
        }
        order.status = .open
        accounts[index].openOrders += 1
        if order.kind == .limit {
            markets[order.symbol].resting.append(order)
        } else {
            markets[order.symbol].waiting.append(order)
        }
    }
}
