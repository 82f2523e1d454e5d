/// Random inputs through the ordinary ways: a replay of candles, and a seeded world with a fleet.
import Glibc
import Store

/// Whatever comes of an input, a refusal or trades, it comes without a trap: one would end the
/// process, which is why another one watches it.
public struct FuzzRun {
    /// What became of the inputs so far.
    public struct Tally: Sendable, Equatable {
        public var inputs = 0
        /// Refused with a message: a file, a template or a limit that makes no sense.
        public var refused = 0
        public var trades = 0
        /// Inputs on which something was traded.
        public var traded = 0
        /// Runs that a bot did not end because its numbers went beyond counting.
        public var failures = 0
    }

    public private(set) var tally = Tally()
    private let path: String

    /// - Parameter path: of the candle file that each input writes anew.
    public init(path: String) { self.path = path }

    #if DEBUG
        /// A profit target beyond the range of prices traps from here on.
        public static func letsTargetsTrap() { TakeProfit.isBounded = false }
    #endif

    public mutating func play(_ input: FuzzInput) {
        tally.inputs += 1
        guard write(input.candles) else { return }
        do {
            let template = try TemplateFile.parseNew(input.template, file: "fuzz.template")
            let request = try request(input, template)
            replay(try World.replaying(request))
            if input.seed % 8 == 0 { try seeded(input, template, request.limits) }
        } catch { tally.refused += 1 }
    }

    private func request(
        _ input: FuzzInput, _ template: Template
    ) throws(Refusal) -> ReplayRequest {
        ReplayRequest(
            file: path, template: template, limits: try RiskLimits().setting(input.limits),
            fees: input.fees, equity: input.equity, tick: input.tick, lot: input.lot)
    }

    private mutating func replay(_ world: World) {
        let result = world.replay()
        tally.trades += result.trades.count
        if world.bots.contains(where: { !$0.held.isEmpty }) || !result.trades.isEmpty {
            tally.traded += 1
        }
        if result.failure != nil { tally.failures += 1 }
        tell(result.trades, result.equity)
        for bot in world.bots { tell(bot, in: world) }
    }

    /// What boards and reports make of it.
    private func tell(_ trades: [Trade], _ equity: [EquityPoint]) {
        let performance = Performance(trades)
        _ = (performance.winRate, performance.profitFactor, performance.expectancy)
        _ = ExecutionQuality(trades, orders: [])
        _ = EquityCurve(sum: [equity, equity], every: .hours(1))
        _ = TradeHeatmap(trades)
    }

    private func tell(_ bot: BotMachine, in world: World) {
        _ = world.trading.outlooks(of: bot, under: RiskLimits())
        for traded in bot.traded {
            _ = traded.lastDecision(bot: bot)
            for held in bot.held { _ = traded.strategy.readingsJSON(for: held.position.track) }
        }
    }

    // MARK: - A seeded world

    private mutating func seeded(
        _ input: FuzzInput, _ template: Template, _ limits: RiskLimits
    ) throws {
        var values = FuzzValues(seed: input.seed ^ 0xF0F0)
        let start = Instant(milliseconds: Int64(values.whole(0...2_000_000)) * 60_000)
        var market = MarketModel(
            listing(input, &values), dice: Randomness(seed: input.seed), start: start,
            step: .seconds(30))
        if values.chance(1, in: 2),
            let restored = MarketModel(
                instrument: market.listing.instrument, state: market.state)
        {
            market = restored
        }
        let world = World(
            settings: WorldSettings(generation: "fuzz"), markets: [Market(market)], at: start)
        for number in 1...2 { try add(Int64(number), input, template, limits, to: world) }
        for _ in 0..<values.whole(1...4) { world.advance(to: world.now + .minutes(10)) }
        for bot in world.bots { tell(bot, in: world) }
        tally.trades += world.journal.trades.count
    }

    private func listing(_ input: FuzzInput, _ values: inout FuzzValues) -> MarketListing {
        let instrument = Instrument(
            symbol: "FUZZ-PERP", tick: input.tick ?? Price(raw: 1_000_000_000),
            lot: input.lot ?? Quantity(raw: 100_000), minimumQuantity: input.lot ?? .zero,
            makerFee: input.fees ?? .basisPoints(2), takerFee: input.fees ?? .basisPoints(5),
            maxLeverage: 100)
        let price = Price(nearest: min(values.spread(-8...8), 9e8))
        return MarketListing(
            instrument: instrument, startPrice: max(price, Price(raw: 1)),
            volatility: values.one(of: [0.1, 0.6, 30, 3000]),
            spreadBasisPoints: values.one(of: [0, 2, 5000]),
            levelValue: values.spread(-3...12), dailyValue: values.spread(0...14))
    }

    private func add(
        _ number: Int64, _ input: FuzzInput, _ template: Template, _ limits: RiskLimits,
        to world: World
    ) throws {
        let key = ID<APIKey>(number)
        world.trading.openAccount(key, deposit: input.equity)
        let bot = Bot(
            id: ID(number), label: "fuzz-\(number)", keyID: key, templateName: template.name,
            templateVersion: 1, createdAt: world.now)
        try world.fleet.add(bot, limits: limits, template: template, symbols: ["FUZZ-PERP"])
    }

    // MARK: - The file

    private func write(_ text: String) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    }
}
