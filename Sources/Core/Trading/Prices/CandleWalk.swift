/// A recorded candle from the inside: open, adverse extreme, favourable extreme, close.
import Store

/// What a position, or the account behind it, meets on the way to the adverse extreme.
private enum Obstruction {
    /// An exit rule's stop, or the limit on the loss of one trade.
    case stop(BookedPosition, LevelHit)
    case dailyLoss
    case liquidation
}

/// The way of one bot's positions in one symbol, all on one side, through one candle.
private struct CandleWalk {
    let bot: BotMachine
    let symbol: Int
    let side: Side
    let adverse: Price
    let favourable: Price
    /// Where the price is.
    var price: Price
    /// Each stands in the way once, whatever came of it.
    var passed: [ID<Position>] = []
    var dailyIsPassed = false

    init(
        _ bot: BotMachine, _ symbol: Int, _ side: Side, _ candle: Candle, from open: Price
    ) {
        self.bot = bot
        self.symbol = symbol
        self.side = side
        adverse = side == .long ? candle.low : candle.high
        favourable = side == .long ? candle.high : candle.low
        price = open
    }

    /// Whether the way to the adverse extreme leads to a price.
    func reaches(_ level: Price) -> Bool { side == .long ? adverse <= level : adverse >= level }

    /// Whether one level is met before another on that way.
    func meets(_ level: Price, before other: Price) -> Bool {
        side == .long ? level > other : level < other
    }

    /// A level that was passed before the walk began is met at once.
    func met(at level: Price) -> Price { meets(level, before: price) ? price : level }
}

extension Trading {
    /// Lets the price move through a candle, for the positions of one bot. The nearest level comes
    /// first, whether stop, loss limit, daily limit or liquidation; so a stop comes before a
    /// target, and no loss exceeds the margin. Where two lie on one price, in that order.
    func walk(_ bot: BotMachine, _ symbol: Int, _ candle: Candle, from open: Price) {
        guard let side = bot.held.first(where: { $0.symbol == symbol })?.position.side else {
            return
        }
        venue.paper.move(symbol, to: open)
        var walk = CandleWalk(bot, symbol, side, candle, from: open)
        while let (price, obstruction) = nextObstruction(walk) {
            walk.price = price
            venue.paper.move(symbol, to: price)
            meet(obstruction, &walk)
        }
        arrive(walk, at: walk.adverse)
        walk.passed = []
        while let (held, target) = nextTarget(walk) {
            walk.passed.append(held.position.id)
            venue.paper.move(symbol, to: target.price)
            // Before the fee of the close.
            if isOn(.extremesAreSeen) { bot.see(equity(bot)) }
            request(bot, held, target, touch: target.price, decision: target.price)
            carryOutExits()
        }
        arrive(walk, at: walk.favourable)
    }

    /// What is left at an extreme has seen it, and so has the account.
    private func arrive(_ walk: CandleWalk, at price: Price) {
        venue.paper.move(walk.symbol, to: price)
        if walk.bot.runsExitRules {
            walk.bot.forEachHeld(in: walk.symbol) { $0.position.see(price) }
        }
        if isOn(.extremesAreSeen) { walk.bot.see(equity(walk.bot)) }
    }

    private func meet(_ obstruction: Obstruction, _ walk: inout CandleWalk) {
        switch obstruction {
        case .stop(let held, let hit):
            walk.passed.append(held.position.id)
            request(walk.bot, held, hit, touch: walk.price, decision: walk.price)
            carryOutExits()
        case .dailyLoss:
            walk.dailyIsPassed = true
            checkLossLimits(walk.bot)
        case .liquidation:
            guard let place = account(of: walk.bot) else { return }
            venue.liquidate(at: place, walk.symbol, now)
            drainVenue()
        }
    }

    private func nextObstruction(_ walk: CandleWalk) -> (price: Price, what: Obstruction)? {
        var nearest: (price: Price, what: Obstruction)?
        func offer(_ level: Price?, _ what: Obstruction) {
            guard let level else { return }
            let price = walk.met(at: level)
            if nearest.map({ walk.meets(price, before: $0.price) }) ?? true {
                nearest = (price, what)
            }
        }
        if walk.bot.runsExitRules {
            walk.bot.forEachHeld(in: walk.symbol) { held in
                guard !walk.passed.contains(held.position.id), held.position.exitReason == nil,
                    let hit = stop(of: held, walk)
                else { return }
                offer(hit.price, .stop(held, hit))
            }
        }
        if isOn(.extremesAreSeen) { offer(dailyLossPrice(walk), .dailyLoss) }
        if isOn(.nearestFirst) || nearest == nil { offer(liquidationPrice(walk), .liquidation) }
        return nearest
    }

    /// The nearer of a position's stop and its loss limit, where the walk meets one.
    private func stop(of held: BookedPosition, _ walk: CandleWalk) -> LevelHit? {
        var hit: LevelHit?
        if let stop = held.levels.stop, walk.reaches(stop.price) {
            hit = LevelHit(price: stop.price, rule: stop.rule)
        }
        guard let point = lossPoint(walk.bot, held, walk.bot.limits.maxLossPerTrade),
            walk.reaches(point)
        else { return hit }
        let price = against(walk.side, point, markets[walk.symbol].instrument.tick)
        if let hit, !walk.meets(price, before: hit.price) { return hit }
        return LevelHit(price: price, rule: nil)
    }

    /// The first price at which the daily loss limit is reached, on the tick: found by halving,
    /// since the equity only falls on the way.
    private func dailyLossPrice(_ walk: CandleWalk) -> Price? {
        guard !walk.dailyIsPassed, walk.bot.record.killLatchedAt == nil,
            let place = account(of: walk.bot)
        else { return nil }
        func isReached(_ price: Price) -> Bool {
            dailyLossIsReached(walk.bot, venue.paper.equity(at: place, walk.symbol, mark: price))
        }
        guard isReached(walk.adverse) else { return nil }
        var (short, far) = (walk.price.raw, walk.adverse.raw)
        if isReached(walk.price) { return walk.price }
        while (far - short).magnitude > 1 {
            let middle = short + (far - short) / 2
            if isReached(Price(raw: middle)) { far = middle } else { short = middle }
        }
        return against(walk.side, Price(raw: far), markets[walk.symbol].instrument.tick)
    }

    private func liquidationPrice(_ walk: CandleWalk) -> Price? {
        guard let place = account(of: walk.bot),
            venue.paper.side(at: place, walk.symbol) == walk.side,
            let level = venue.paper.liquidationPrice(at: place, walk.symbol), level.isPositive,
            walk.reaches(level)
        else { return nil }
        return level
    }

    /// The nearest target on the way to the favourable extreme.
    private func nextTarget(_ walk: CandleWalk) -> (held: BookedPosition, hit: LevelHit)? {
        guard walk.bot.runsExitRules else { return nil }
        var nearest: (held: BookedPosition, hit: LevelHit)?
        walk.bot.forEachHeld(in: walk.symbol) { held in
            guard !walk.passed.contains(held.position.id), held.position.exitReason == nil,
                let target = held.levels.target
            else { return }
            let isLong = walk.side == .long
            guard isLong ? walk.favourable >= target.price : walk.favourable <= target.price else {
                return
            }
            if let other = nearest?.hit.price,
                isLong ? target.price >= other : target.price <= other
            {
                return
            }
            nearest = (held, LevelHit(price: target.price, rule: target.rule))
        }
        return nearest
    }
}
