/// What a bot does when a candle of its timeframe closes: exits first, then perhaps an entry.
import Store

extension Trading {
    /// A late candle is one that a gap in the data held open: too old to enter on.
    func evaluate(
        _ bot: BotMachine, _ traded: TradedSymbol, _ candle: Candle, isLate: Bool = false
    ) {
        let open = traded.isOpen(at: now)
        let strategy = traded.strategy
        let decision =
            strategy.asksMarket
            ? strategy.close(candle, context(of: traded), sessionOpen: open)
            : strategy.close(candle, sessionOpen: open)
        traded.candleClosed()
        if bot.isHolding { age(bot, traded.symbol) }
        guard !isCatchingUp, bot.runsExitRules else { return }
        if bot.record.evaluatedAt != now {
            bot.record.evaluatedAt = now
            journal.touch(bot: bot.id)
        }
        if bot.isHolding { askExits(bot, traded, decision, candle.close) }
        let verdict = isLate ? .late : considerEntry(bot, traded, decision, candle)
        remember(bot, traded, decision, candle, verdict)
        record(bot, traded, decision, candle, verdict)
    }

    /// What surrounds the candle, for a template that looks beyond it.
    private func context(of traded: TradedSymbol) -> MarketContext {
        var context = MarketContext()
        context.candlesSinceExit = traded.candlesSinceExit
        let market = markets[traded.symbol]
        context.spread = market.spread
        context.fundingRate = market.fundingRate
        context.openInterest = market.openInterest
        context.bookImbalance = market.book?.imbalance
        context.roundTripCost = traded.instrument.takerFee * 2 + (context.spread ?? .zero)
        return context
    }

    /// Candles count whether or not the bot may act on them: time passes for a position.
    private func age(_ bot: BotMachine, _ symbol: Int) {
        bot.forEachHeld(in: symbol) { held in
            held.position.candlesHeld += 1
            journal.touch(position: held.position.id)
        }
    }

    /// Asks the exits that act at closes, and sets the levels for the next candle.
    private func askExits(
        _ bot: BotMachine, _ traded: TradedSymbol, _ decision: Decision, _ close: Price
    ) {
        bot.forEachHeld(in: traded.symbol) { held in
            let track = held.position.track
            if traded.strategy.parts.levelsMove {
                held.levels = traded.strategy.levels(for: track)
            }
            guard held.position.exitReason == nil, let rule = traded.strategy.closeRule(for: track)
            else { return }
            exitRequests.append(
                ExitRequest(
                    bot: bot, position: held.position.id,
                    reason: traded.strategy.exitName(rule), purpose: .exit, touch: nil,
                    decision: close))
        }
    }

    /// Enters when nothing stands against it; tells what stood against it otherwise.
    private func considerEntry(
        _ bot: BotMachine, _ traded: TradedSymbol, _ decision: Decision, _ candle: Candle
    ) -> EntryVerdict {
        guard let side = decision.side else { return .undecided(decision.firstBlocker) }
        if let blocker = entryBlocker(bot) {
            return traded.blocked(by: blocker)
        }
        let track = PositionTrack(
            side: side, entryPrice: candle.close, entryATR: traded.strategy.entryATR,
            decisionClose: candle.close)
        let levels = traded.strategy.levels(for: track)
        if let hit = levels.hit(by: candle.close, side), let rule = hit.rule {
            return .pointless(rule)
        }
        let intent = EntryIntent(
            side: side, symbol: traded.symbol, price: candle.close,
            leverage: bot.template?.leverage ?? 1, stop: levels.stop?.price)
        switch RiskGate.judge(
            intent, bot, traded.instrument, equity(bot), markets[intent.symbol],
            without: disarmed)
        {
        case .approved(let order):
            enter(bot, traded, order, decision, candle)
            return .entered
        case .denied(let denial):
            report(denial, bot, traded)
            return traded.denied(by: denial.limit)
        }
    }

    private func enter(
        _ bot: BotMachine, _ traded: TradedSymbol, _ order: ApprovedOrder, _ decision: Decision,
        _ candle: Candle
    ) {
        let id = submit(
            OrderDraft(
                symbol: traded.symbol, side: order.side.opening, quantity: order.quantity,
                reduceOnly: false, purpose: .entry, decisionPrice: candle.close,
                leverage: order.leverage, reason: "entry"), for: bot)
        let keepsText = journal.scope.contains(.trades)
        let context = EntryContext(
            score: decision.score,
            signals: keepsText ? traded.strategy.snapshotText() : "",
            atr: traded.strategy.entryATR, templateName: bot.template?.name ?? "",
            templateVersion: bot.template?.version ?? 1, limitsVersion: bot.record.limitsVersion)
        bot.entryContexts.append((id, context))
        guard journal.scope.contains(.activity) else { return }
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .signal, what: "entry",
                detail: "\(traded.instrument.symbol) \(order.side.rawValue) at score "
                    + "\(signed(decision.score)) (\(traded.strategy.signalWords()))"))
    }

    /// A limit that denied an entry is told once until something else happens on that symbol.
    private func report(_ denial: RiskDenial, _ bot: BotMachine, _ traded: TradedSymbol) {
        guard traded.lastDenial != denial.limit else { return }
        traded.lastDenial = denial.limit
        journal.add(
            Activity(
                botID: bot.id, at: now, kind: .risk, what: denial.limit,
                detail: "\(traded.instrument.symbol): \(denial.words)",
                severity: denial.isOrdinary ? .info : .warning))
    }

    private func remember(
        _ bot: BotMachine, _ traded: TradedSymbol, _ decision: Decision, _ candle: Candle,
        _ verdict: EntryVerdict
    ) {
        guard journal.scope.contains(.state) else { return }
        traded.last = DecisionSummary(
            at: now, close: candle.close, score: decision.score, lean: decision.lean,
            verdict: verdict)
        journal.decisions.insert(DecisionKey(bot: bot.id, symbol: traded.symbol))
    }
}

/// `+0.62`.
func signed(_ value: Double) -> String {
    let text = Rate(nearest: value).text(decimals: 2)
    return value >= 0 ? "+\(text)" : text
}
