/// What must hold at the simulated exchange whatever is done to it.
import Core
import Store
import Testing

/// A crowd that trades at random over three accounts and two symbols, and what it did.
private struct Crowd {
    var bench: VenueBench
    var dice: Randomness
    /// Signed sum of fills by key and symbol.
    var sums: [[Quantity]] = Array(repeating: [.zero, .zero], count: 4)
    var identifiers: [[String]] = [[], [], [], []]
    var prices = [100.0, 100.0]
    var broken: [String] = []
    var fills = 0

    init(seed: UInt64, contract: Contract = .plain) {
        bench = VenueBench(keys: [1, 2, 3], contract: contract)
        dice = Randomness(seed: seed)
        bench.trade(100, book: VenueBench.book(100))
        bench.trade(100, symbol: 1)
    }

    mutating func act() {
        let before = (1...3).map { key in
            (0...1).map { bench.venue.netQuantity(ID(Int64(key)), $0) }
        }
        var reducing: (key: Int, symbol: Int)?
        switch dice.integer(in: 0...11) {
        case 0...3: print()
        case 4: settle()
        case 5: cancel()
        case 6: again()
        default: reducing = order()
        }
        for event in bench.events { note(event) }
        if let reducing {
            let old = before[reducing.key - 1][reducing.symbol]
            let new = bench.venue.netQuantity(ID(Int64(reducing.key)), reducing.symbol)
            let flipped = old.raw.signum() * new.raw.signum() < 0
            if flipped || new.magnitude > old.magnitude { broken.append("reduce-only grew") }
        }
        check()
    }

    private mutating func print() {
        let symbol = dice.integer(in: 0...1)
        let move = Double(dice.integer(in: -8...8)) / 2
        prices[symbol] = min(max(prices[symbol] + move, 40), 250)
        let price = prices[symbol]
        switch dice.integer(in: 0...2) {
        case 0: bench.trade(price, book: VenueBench.book(price), symbol: symbol)
        case 1: bench.trade(price, symbol: symbol)
        default:
            prices[0] = min(max(prices[0] + move, 40), 250)
            bench.range(
                high: prices[0] + 5, low: prices[0] - 5, close: prices[0])
        }
    }

    private mutating func settle() {
        bench.events = []
        bench.venue.settleFunding(
            symbol: dice.integer(in: 0...1), rate: Rate(raw: Int64(dice.integer(in: -9999...9999))),
            at: bench.now, into: &bench.events)
    }

    private mutating func cancel() {
        bench.events = []
        bench.venue.cancelAll(
            key: ID(Int64(dice.integer(in: 1...3))), symbol: dice.integer(in: 0...1),
            at: bench.now, into: &bench.events)
    }

    /// An id that was used before, for another order.
    private mutating func again() {
        let key = dice.integer(in: 1...3)
        guard let id = identifiers[key].last else {
            bench.events = []
            return
        }
        bench.place(.buy, 1, key: Int64(key), id: id)
        if !bench.fills.isEmpty { broken.append("\(id) filled twice") }
    }

    private mutating func order() -> (key: Int, symbol: Int)? {
        let key = dice.integer(in: 1...3)
        let symbol = dice.integer(in: 0...1)
        let reduceOnly = dice.chance(1, in: 3)
        let offset = Double(dice.integer(in: -20...20)) / 2
        let limit = dice.chance(1, in: 3) ? prices[symbol] + offset : nil
        let id = bench.place(
            dice.chance(1, in: 2) ? .buy : .sell, Double(dice.integer(in: 5...60_000)) / 1000,
            limit: limit, reduceOnly: reduceOnly, leverage: dice.integer(in: 1...20),
            key: Int64(key), decision: prices[symbol],
            slippage: dice.chance(1, in: 4) ? .percent(1) : nil, symbol: symbol)
        identifiers[key].append(id)
        return reduceOnly ? (key, symbol) : nil
    }

    private mutating func note(_ event: VenueEvent) {
        switch event {
        case .filled(let fill), .liquidated(let fill):
            let signed = fill.side == .buy ? fill.quantity : -fill.quantity
            fills += 1
            sums[Int(fill.keyID.number)][fill.symbol] += signed
            if !fill.quantity.isPositive { broken.append("an empty fill") }
            if fill.price.raw % 5_000_000_000 != 0 { broken.append("\(fill.price) off the tick") }
        default: break
        }
    }

    private mutating func check() {
        for key in 1...3 {
            guard let account = bench.venue.account(ID(Int64(key))) else { continue }
            let owed = account.deposits + account.realised - account.fees - account.funding
            if account.wallet != owed { broken.append("wallet of key \(key) is off") }
            for symbol in 0...1
            where bench.venue.netQuantity(ID(Int64(key)), symbol) != sums[key][symbol] {
                broken.append("position \(key)/\(symbol) is not the sum of its fills")
            }
            let open = bench.venue.openOrders(ID(Int64(key)))
            if !open.allSatisfy({ $0.status == .open && $0.remaining.isPositive }) {
                broken.append("an open order that is over")
            }
        }
    }
}

@Suite struct PaperVenueLawsTests {
    /// Plain, linear of a hundredth, inverse of a hundred.
    private static let contracts = [
        .plain, Contract(.linear, multiplier: Quantity(raw: 1_000_000)),
        Contract(.inverse, multiplier: Quantity.one * 100),
    ].compactMap { $0 }

    @Test(arguments: UInt64(1)...40, contracts)
    func nothingIsLostWhateverHappens(_ seed: UInt64, _ contract: Contract) {
        var crowd = Crowd(seed: seed, contract: contract)
        for step in 0..<600 {
            crowd.act()
            if let first = crowd.broken.first {
                Issue.record("seed \(seed), step \(step): \(first); \(crowd.bench.events)")
                return
            }
        }
        #expect(crowd.fills > 50)
        #expect(crowd.bench.venue.allAccounts.contains { !$0.funding.isZero && !$0.fees.isZero })
    }

    @Test func theSameCrowdGetsTheSameEvents() {
        var first = Crowd(seed: 77)
        var second = Crowd(seed: 77)
        for _ in 0..<500 {
            first.act()
            second.act()
            #expect(first.bench.events == second.bench.events)
        }
    }

    @Test(arguments: contracts)
    func closingAllAtOnePriceRealisesWhatWasUnrealised(_ contract: Contract) {
        for seed in UInt64(1)...20 {
            var dice = Randomness(seed: seed)
            var bench = VenueBench(contract: contract)
            for _ in 0..<30 {
                bench.trade(Double(dice.integer(in: 190...210)) / 2)
                bench.place(
                    dice.chance(1, in: 2) ? .buy : .sell,
                    Double(dice.integer(in: 5...9_999)) / 1000, leverage: 2)
            }
            let unrealised = bench.venue.unrealised(VenueBench.key)
            let realised = bench.account?.realised ?? .zero
            let side: OrderSide = bench.net > 0 ? .sell : .buy
            bench.place(side, 5000, reduceOnly: true)
            #expect(bench.net == 0)
            #expect(bench.account?.realised == realised + unrealised)
        }
    }
}
