/// A small simulated exchange for tests, with sentences to trade in.
import Store

@testable import Core

/// One account with 10,000 on a venue that lists one contract, tick 0.5 and lot 0.001.
struct VenueBench {
    static let key = ID<APIKey>(1)
    static let start = Instant(year: 2026, month: 3, day: 2)
    var venue: PaperVenue
    var events: [VenueEvent] = []
    var now = VenueBench.start
    private var count = 0

    init(
        keys: [Int64] = [1], deposit: Money = .units(10_000), contract: Contract = .plain,
        minimumNotional: Money = .zero
    ) {
        venue = PaperVenue(
            instruments: ["X-PERP", "Y-PERP"].map { symbol in
                var instrument = Self.instrument(symbol)
                (instrument.contract, instrument.minimumNotional) = (contract, minimumNotional)
                return instrument
            })
        for key in keys { venue.deposit(deposit, to: ID(key)) }
    }

    static func instrument(_ symbol: String) -> Instrument {
        Instrument(
            symbol: symbol, tick: Price(raw: 5_000_000_000), lot: Quantity(raw: 100_000),
            minimumQuantity: Quantity(raw: 500_000), maxLeverage: 20)
    }

    static func price(_ units: Double) -> Price { Price(nearest: units) }
    static func quantity(_ units: Double) -> Quantity { Quantity(nearest: units) }

    /// Ten levels of 1 around a price, one apart.
    static func book(_ middle: Double, depth: Double = 1) -> Book {
        Book(
            bid: price(middle - 0.5), ask: price(middle + 0.5), levelStep: price(1),
            bidDepth: quantity(depth), askDepth: quantity(depth))
    }

    mutating func trade(_ units: Double, book: Book? = nil, symbol: Int = 0) {
        events = []
        now = now + .seconds(5)
        venue.trade(
            symbol: symbol, price: Self.price(units), book: book, at: now, into: &events)
    }

    mutating func range(high: Double, low: Double, close: Double) {
        events = []
        now = now + .minutes(1)
        venue.range(
            symbol: 0, high: Self.price(high), low: Self.price(low), close: Self.price(close),
            at: now, into: &events)
    }

    @discardableResult
    mutating func place(
        _ side: OrderSide, _ units: Double, limit: Double? = nil, reduceOnly: Bool = false,
        leverage: Int = 5, key: Int64 = 1, id: String? = nil, decision: Double = 100,
        slippage: Rate? = nil, touch: Double? = nil, symbol: Int = 0
    ) -> String {
        count += 1
        let id = id ?? "order-\(count)"
        let order = Order(
            id: ID(Int64(count)), botID: ID(1), keyID: ID(key), clientOrderID: id,
            symbol: symbol == 0 ? "X-PERP" : "Y-PERP", side: side,
            kind: limit == nil ? .market : .limit, quantity: Self.quantity(units),
            limitPrice: limit.map(Self.price), reduceOnly: reduceOnly,
            purpose: reduceOnly ? .exit : .entry, decisionPrice: Self.price(decision),
            touchPrice: touch.map(Self.price), leverage: leverage, createdAt: now,
            deadline: now + .minutes(1))
        events = []
        venue.place(order, symbol: symbol, maxSlippage: slippage, at: now, into: &events)
        return id
    }

    var fills: [VenueFill] {
        events.compactMap { if case .filled(let fill) = $0 { fill } else { nil } }
    }

    var rejection: VenueRejection? {
        for case .rejected(_, _, let reason) in events { return reason }
        return nil
    }

    var cancellation: VenueCancellation? {
        for case .cancelled(_, _, _, let reason) in events { return reason }
        return nil
    }

    var liquidation: VenueFill? {
        for case .liquidated(let fill) in events { return fill }
        return nil
    }

    var net: Double { venue.netQuantity(Self.key, 0).double }
    var account: VenueAccount? { venue.account(Self.key) }
}

extension PaperVenue {
    /// Positive long, negative short, zero flat.
    func netQuantity(_ key: ID<APIKey>, _ symbol: Int) -> Quantity {
        guard let index = accountIndex[key], let held = accounts[index].held(symbol) else {
            return .zero
        }
        return held.side == .long ? held.quantity : -held.quantity
    }

    func availableMargin(_ key: ID<APIKey>) -> Money {
        accountIndex[key].map { available($0) } ?? .zero
    }
}
