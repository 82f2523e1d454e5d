/// What the world does with prices: the exchange first, then every bot that trades the symbol.
import Store

/// A close that a price asked for; carried out once the bot has looked at all that it holds.
struct ExitRequest {
    let bot: BotMachine
    let position: ID<Position>
    let reason: String
    let purpose: OrderPurpose
    /// Where a recorded candle touched the level.
    let touch: Price?
    /// What slippage is measured against.
    let decision: Price
}

/// A bot beside its strategy on one symbol: what each price of the symbol goes to. The world owns
/// both; a price that counted references to them would pay more for that than for its work.
struct Watcher {
    private let unownedBot: Unmanaged<BotMachine>
    private let unownedTraded: Unmanaged<TradedSymbol>

    init(bot: BotMachine, traded: TradedSymbol) {
        unownedBot = .passUnretained(bot)
        unownedTraded = .passUnretained(traded)
    }

    var bot: BotMachine { unownedBot.takeUnretainedValue() }

    @inline(__always) func call<Result>(_ body: (BotMachine, TradedSymbol) -> Result) -> Result {
        unownedBot._withUnsafeGuaranteedRef { bot in
            unownedTraded._withUnsafeGuaranteedRef { body(bot, $0) }
        }
    }
}

extension Trading {
    /// - Parameter book: the offers around the print; nil for recorded markets.
    func tradePrinted(_ symbol: Int, _ price: Price, _ book: Book?, _ watchers: [Watcher]) {
        if journal.scope.contains(.state) { journal.marks.insert(symbol) }
        venue.trade(symbol: symbol, price: price, book: book, at: now)
        drainVenue()
        guard !isCatchingUp else { return forEachHolder(watchers) { $0.see(equity($0)) } }
        forEachHolder(watchers) { bot in
            let equity = equity(bot)
            look(bot, symbol, at: price, equity)
            // Before the fee of a close.
            if !exitRequests.isEmpty, equity.isCountable { bot.see(equity) }
            carryOutExits()
            checkLossLimits(bot, equity)
        }
    }

    /// A recorded candle's inside: each bot walks through it; accounts whose bots do not look are
    /// liquidated all the same.
    func rangeTraded(_ symbol: Int, _ candle: Candle, _ watchers: [Watcher]) {
        if journal.scope.contains(.state) { journal.marks.insert(symbol) }
        if !isCatchingUp {
            let open = venue.paper.mark(symbol) ?? candle.open
            forEachHolder(watchers) { walk($0, symbol, candle, from: open) }
        }
        venue.range(
            symbol: symbol, high: candle.high, low: candle.low, close: candle.close, at: now)
        drainVenue()
        guard !isCatchingUp else { return }
        forEachHolder(watchers) { checkLossLimits($0) }
    }

    @inline(__always)
    private func forEachHolder(_ watchers: [Watcher], _ body: (BotMachine) -> Void) {
        for place in watchers.indices {
            watchers[place].call { bot, _ in
                if bot.isHolding { working(on: bot) { body(bot) } }
            }
        }
    }

    func candleClosed(_ symbol: Int, _ candle: Candle, _ watchers: [Watcher]) {
        if journal.scope.contains(.candles), candle.openTime >= state.candlesFrom,
            markets[symbol].recorded == nil
        {
            journal.candles.append((symbol, candle))
        }
        for place in watchers.indices {
            watchers[place].call { bot, traded in
                working(on: bot) {
                    passCooldown(bot)
                    if traded.aggregator.joinsCandles {
                        join(candle, bot, traded)
                    } else {
                        evaluate(bot, traded, candle)
                    }
                }
            }
        }
        carryOutExits()
    }

    private func join(_ candle: Candle, _ bot: BotMachine, _ traded: TradedSymbol) {
        let closed = traded.aggregator.add(candle)
        if let late = closed.late { evaluate(bot, traded, late, isLate: true) }
        if let whole = closed.complete { evaluate(bot, traded, whole) }
    }

    func marketEnded(_ symbol: Int) {
        let name = markets[symbol].instrument.symbol
        // What the last close decided would fill at the next open, and there is none.
        for watcher in watchers[symbol] { cancelEntries(watcher.bot, of: name) }
        venue.endOfData(symbol: symbol, at: now)
        drainVenue()
        journal.add(
            Activity(
                at: now, kind: .life, what: "market end",
                detail: "\(name): the recorded market data ends here; prices stand still"))
    }

    /// One print: price levels that it reaches close at the print itself.
    private func look(
        _ bot: BotMachine, _ symbol: Int, at price: Price, _ equity: Money
    ) {
        guard bot.runsExitRules else { return }
        bot.forEachHeld(in: symbol) { held in
            held.position.see(price)
            journal.touch(position: held.position.id)
            let side = held.position.side
            if let hit = held.levels.hit(by: price, side) {
                request(bot, held, hit, touch: nil, decision: hit.price)
            } else if lossIsReached(bot, held, at: price, equity) {
                request(bot, held, LevelHit(price: price, rule: nil), touch: nil, decision: price)
            }
        }
    }

    func request(
        _ bot: BotMachine, _ held: BookedPosition, _ hit: LevelHit, touch: Price?, decision: Price
    ) {
        guard held.position.exitReason == nil else { return }
        let rule = hit.rule.flatMap { bot.traded(held.symbol)?.strategy.exitName($0) }
        exitRequests.append(
            ExitRequest(
                bot: bot, position: held.position.id, reason: rule ?? Self.lossPerTrade,
                purpose: hit.rule == nil ? .limitClose : .exit, touch: touch, decision: decision))
    }

    @inline(__always)
    func carryOutExits() {
        if !exitRequests.isEmpty { carryOut() }
    }

    private func carryOut() {
        var requests: [ExitRequest] = []
        swap(&requests, &exitRequests)
        for item in requests where disarmed.isEmpty || carriesOut(item) {
            close(
                item.position, of: item.bot, purpose: item.purpose, reason: item.reason,
                touch: item.touch, decision: item.decision)
        }
        guard exitRequests.isEmpty else { return }
        requests.removeAll(keepingCapacity: true)
        exitRequests = requests
    }

    /// Whether no safeguard is off by which this exit would come.
    private func carriesOut(_ exit: ExitRequest) -> Bool {
        if exit.purpose == .limitClose { return isOn(.lossPerTrade) }
        return !exit.bot.record.isPaused || isOn(.exitsWhilePaused)
    }
}
